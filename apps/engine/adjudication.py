"""Adjudication: the orders and votes of a turn become events and the next state.

Within one stage every rule reads the same board; effects are gathered first and put on the
board together. Neither the order of submission nor the order of rules decides anything.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from .board import Board
from .closing import close_turn
from .council import act_on_dockets, sit
from .events import Event, event_of
from .orders import Accord, Order, Vote
from .pacts import make_agreements
from .placed import Placed
from .review import review
from .ruleset import Ruleset
from .stages import run_stage
from .state import State
from .turnwork import TurnWork
from .viewers import PUBLIC


@dataclass(frozen=True, slots=True)
class Adjudication:
    """What a turn came to: its events in order and the state, which is their fold."""

    state: State
    events: list[Event] = field(default_factory=list)


def adjudicate(
    ruleset: Ruleset,
    state: State,
    orders: Iterable[Order],
    votes: Iterable[Vote],
    seed: str,
    *,
    accords: Iterable[Accord] = (),
    injects: Iterable[str] = (),
    record: bool = True,
) -> Adjudication:
    """Adjudicate the open turn. Never raises on what players or documents give.

    `accords` are the offers accepted this turn, `injects` the ids of scenario injects that the
    facilitator lets happen now. With `record` false (simulations) no events are built; the
    state is the same. A game that has ended comes back as it is.
    """
    if state.ended is not None:
        return Adjudication(state)
    work = TurnWork(ruleset, Board(ruleset, state, seed), record)
    accepted, rejected = review(ruleset, work.board, orders)
    for order, rejection in rejected:
        if record:
            payload = {"order": order.to_json(), **rejection.to_json()}
            work.noted("OrderRejected", payload, f"seat:{order.seat}")
    after = run_turn(work, accepted, votes, accords, set(injects))
    return Adjudication(after, work.events)


def run_turn(
    work: TurnWork,
    accepted: list[Placed],
    votes: Iterable[Vote],
    accords: Iterable[Accord],
    injects: set[str],
) -> State:
    """The turn from its accepted orders on: acts, stages, votes, and its close."""
    _open(work, accepted)
    make_agreements(work, accords)
    act_on_dockets(work)
    council = work.ruleset.council_stage if work.ruleset.bodies else ""
    for stage in work.ruleset.stages:
        if stage.id == council:
            sit(work, votes)
        if stage.rules:
            run_stage(work, stage)
    return close_turn(work, injects)


def _open(work: TurnWork, accepted: list[Placed]) -> None:
    """Announce the orders, take what they cost, and place them for the rules."""
    board = work.board
    work.accepted = accepted
    if work.record:
        work.events += [_acceptance(placed) for placed in accepted]
    capital = work.ruleset.capital
    first = board.layout.base[capital] if capital else None
    for placed in accepted:
        seat = placed.seat
        if placed.cost and first is not None:
            before = board.values[first + seat]
            after = board.values[first + seat] = round(before - placed.cost, 6) + 0.0
            if work.record:
                work.events.append(_payment(placed, capital, before, after))
        place = placed.move.index
        board.ordered[place] |= 1 << seat
        board.placed[place] += ((placed.bindings, placed.key),)


def _acceptance(placed: Placed) -> Event:
    order, move = placed.order, placed.move
    payload: dict[str, Any] = {
        "ref": placed.ref,
        "order": order.to_json(),
        "title": move.title,
        "theme": move.theme,
        "severity": move.severity,
        "secret": move.secret,
        "claims": list(move.claims),
    }
    return event_of(("OrderAccepted", payload, f"seat:{order.seat}" if move.secret else PUBLIC))


def _payment(placed: Placed, capital: str, before: float, after: float) -> Event:
    seat = placed.order.seat
    payload = {
        "order": placed.ref,
        "seat": seat,
        "track": capital,
        "amount": placed.cost,
        "before": before,
        "after": after,
    }
    return event_of(("CostPaid", payload, f"seat:{seat}"))
