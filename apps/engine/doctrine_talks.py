"""What a doctrine says: answers to offers, offers of its own, votes and statements."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from .board import Board
from .chance import draw
from .doctrine import BUILT_IN, RANDOM, View
from .orders import CHOICES, Vote
from .recall import board_of_view
from .ruleset import Doctrine, Formula, Ruleset
from .state import State


@dataclass(frozen=True, slots=True)
class Answer:
    """Whether a doctrine accepts an offer, and why."""

    accept: bool
    reason: str


@dataclass(frozen=True, slots=True)
class Proposal:
    """An agreement that a doctrine offers: government by role, and why."""

    agreement: str
    parties: Mapping[str, str]
    reason: str


def choose_answer(
    ruleset: Ruleset,
    view: View,
    seat: str,
    doctrine: str,
    agreement: str,
    parties: Mapping[str, str],
    seed: str,
) -> Answer:
    """Whether the seat accepts an offer of `agreement` between `parties` (role -> government)."""
    turn = view["turn"]
    if doctrine == RANDOM or doctrine not in ruleset.doctrines.get(seat, {}):
        return answer_on(ruleset, None, seat, doctrine, agreement, parties, seed, turn)
    board = board_of_view(ruleset, view)
    return answer_on(ruleset, board, seat, doctrine, agreement, parties, seed, turn)


def choose_answer_in(
    ruleset: Ruleset,
    state: State,
    seat: str,
    doctrine: str,
    agreement: str,
    parties: Mapping[str, str],
    seed: str,
) -> Answer:
    """As `choose_answer` with the seat's view of this state, without drawing the view."""
    board = Board(ruleset, state)
    return answer_on(ruleset, board, seat, doctrine, agreement, parties, seed, state.turn)


def answer_on(
    ruleset: Ruleset,
    board: Board | None,
    seat: str,
    doctrine: str,
    agreement: str,
    parties: Mapping[str, str],
    seed: str,
    turn: int,
) -> Answer:
    """What a doctrine answers on a board; the built-in ones need none."""
    if doctrine == RANDOM:
        about = "|".join([seat, agreement, *sorted(parties.values())])
        return Answer(draw(seed, turn, "answer", about) < 0.5, "Decided by lot.")
    held = ruleset.doctrines.get(seat, {}).get(doctrine)
    proposer = parties.get("proposer", "")
    if proposer in ("", seat):
        proposer = next((name for _, name in sorted(parties.items()) if name != seat), seat)
    layout = ruleset.layout
    bound = (layout.index[seat], layout.index.get(proposer, len(layout.governments)))
    for offer in held.offers if held else ():
        if offer.agreement == agreement:
            accept = offer.condition is None or bool(offer.condition.run(board, *bound))
            return Answer(accept, offer.reason)
    return Answer(False, "There are no instructions for it.")


def choose_offers(
    ruleset: Ruleset, view: View, seat: str, doctrine: str, seed: str
) -> list[Proposal]:
    """The agreements that the seat offers now, each to governments that may take the roles."""
    held = ruleset.doctrines.get(seat, {}).get(doctrine)
    if held is None or view["ended"] or not held.proposes:
        return []
    return offers_on(ruleset, board_of_view(ruleset, view), seat, held)


def choose_offers_in(
    ruleset: Ruleset, state: State, seat: str, doctrine: str, seed: str
) -> list[Proposal]:
    """As `choose_offers` with the seat's view of this state, without drawing the view."""
    held = ruleset.doctrines.get(seat, {}).get(doctrine)
    if held is None or state.ended is not None or not held.proposes:
        return []
    return offers_on(ruleset, Board(ruleset, state), seat, held)


def offers_on(ruleset: Ruleset, board: Board, seat: str, doctrine: Doctrine) -> list[Proposal]:
    """What a doctrine offers on a board."""
    actor = ruleset.layout.index[seat]
    found = []
    for offer in doctrine.proposes:
        if not _holds(offer.condition, board, actor):
            continue
        if offer.parties and not _stands(board, offer.agreement, offer.parties):
            found.append(Proposal(offer.agreement, offer.parties, offer.reason))
    return found


def _stands(board: Board, agreement: str, parties: Mapping[str, str]) -> bool:
    if not board.pacts:
        return False
    seats = set(parties.values())
    return any(
        pact.agreement == agreement and not pact.ended and {s for _, s in pact.parties} == seats
        for pact in board.pacts
    )


def _holds(condition: Formula | None, board: Board, actor: int) -> bool:
    return condition is None or bool(condition.run(board, actor))


def choose_votes(ruleset: Ruleset, view: View, seat: str, doctrine: str, seed: str) -> list[Vote]:
    """The votes that a doctrine instructs on the drafts due this turn.

    The doctrines of a scenario leave the vote to the body's own support terms, so they
    instruct nothing; "random" votes by lot, "passive" abstains.
    """
    if doctrine not in BUILT_IN or view["ended"]:
        return []
    votes = []
    for draft in view["docket"]:
        if draft["votes_on"] > view["turn"]:
            continue
        for member in draft["estimated"]:
            if member["seat"] != seat:
                continue
            choice = "abstain"
            if doctrine == RANDOM:
                about = f"{draft['draft']}|{member['member']}"
                choice = CHOICES[int(draw(seed, view["turn"], "vote", about) * len(CHOICES))]
            votes.append(Vote(draft["body"], draft["draft"], member["member"], choice))
    return votes


def choose_statements(ruleset: Ruleset, view: View, seat: str, doctrine: str) -> list[str]:
    """The public statements that a doctrine makes now."""
    held = ruleset.doctrines.get(seat, {}).get(doctrine)
    if held is None or view["ended"]:
        return []
    board = board_of_view(ruleset, view)
    actor = ruleset.layout.index[seat]
    return [item.text for item in held.statements if _holds(item.condition, board, actor)]
