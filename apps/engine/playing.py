"""Whole turns by doctrine, without record: what simulations are made of.

One board serves the decisions of all seats and the adjudication, and orders that a doctrine
gave need no second check. The state is the one that the long way comes to.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from .adjudication import run_turn
from .board import Board
from .doctrine import decide
from .doctrine_talks import answer_on, offers_on
from .orders import Accord, Order
from .placed import Placed
from .review import in_order, name
from .ruleset import Ruleset
from .state import State
from .turnwork import TurnWork


@dataclass(frozen=True, slots=True)
class TurnPlayed:
    """A turn by doctrine: the next state, the orders given and the accords reached."""

    state: State
    orders: tuple[Order, ...]
    accords: tuple[Accord, ...]


def play_turn(
    ruleset: Ruleset,
    state: State,
    cast: Mapping[str, str],
    seed: str,
    *,
    irreversible: bool = False,
    tally: list[int] | None = None,
) -> TurnPlayed:
    """Play the open turn with a doctrine for each seat of `cast`; other seats stay passive.

    Orders, offers and answers are those of `choose_orders`, `choose_offers` and
    `choose_answer`; members of bodies vote by their body's own terms. No events are kept.
    `tally` has a number for each rule, by its index, and counts how often each fired.
    """
    if state.ended is not None:
        return TurnPlayed(state, (), ())
    board = Board(ruleset, state, seed)
    board.tally = tally
    ready: list[Placed] = []
    for seat, doctrine in cast.items():
        chosen = decide(ruleset, board, seat, doctrine, seed, irreversible)
        ready += [placed for placed, _, _ in chosen]
    accords = _accords(ruleset, board, cast, seed)
    in_order(ready)
    name(board, ready)
    work = TurnWork(ruleset, board, record=False)
    after = run_turn(work, ready, (), accords, set())
    return TurnPlayed(after, tuple([placed.order for placed in ready]), accords)


def _accords(
    ruleset: Ruleset, board: Board, cast: Mapping[str, str], seed: str
) -> tuple[Accord, ...]:
    """What one doctrine offers and all that are asked accept."""
    found = []
    for seat, doctrine in cast.items():
        held = ruleset.doctrines.get(seat, {}).get(doctrine)
        for offer in offers_on(ruleset, board, seat, held) if held and held.proposes else ():
            if all(
                answer_on(
                    ruleset,
                    board,
                    other,
                    cast.get(other, ""),
                    offer.agreement,
                    offer.parties,
                    seed,
                    board.turn,
                ).accept
                for other in offer.parties.values()
                if other != seat
            ):
                found.append(Accord(offer.agreement, dict(offer.parties)))
    return tuple(found)
