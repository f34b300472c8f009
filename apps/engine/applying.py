"""Folding events into state. Each kind of event has one small function; others change nothing."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache
from typing import Any

from .board import Board
from .events import Event
from .expressions.types import NUMBER
from .ledger import agree, expire, obligation_marked
from .ruleset import Ruleset
from .state import Draft, HiddenOrder, Resolution, State

Payload = Mapping[str, Any]
_AS_TEXT = json.JSONEncoder(sort_keys=True).encode
Fold = Callable[[Ruleset, Board, Payload], None]


def apply(ruleset: Ruleset, state: State, event: Event) -> State:
    """The state after one event. An event that says nothing of the state leaves it as it is."""
    return fold(ruleset, state, (event,))


def fold(ruleset: Ruleset, state: State, events: Iterable[Event]) -> State:
    """The state after all the events, in their order."""
    board: Board | None = None
    for event in events:
        change = FOLDS.get(event.kind)
        if change is not None:
            board = board or Board(ruleset, state)
            change(ruleset, board, event.payload)
    return state if board is None else board.freeze()


def phases(clauses: Iterable[Any]) -> tuple[tuple[str, float], ...]:
    """Clauses of an event as pairs of clause and phase-in."""
    return tuple((item["clause"], float(item["phase_in"])) for item in clauses)


def clause_list(clauses: Iterable[tuple[str, float]]) -> list[dict[str, Any]]:
    """Pairs of clause and phase-in as events hold them."""
    return [{"clause": clause, "phase_in": phase} for clause, phase in clauses]


def accept_order(ruleset: Ruleset, board: Board, payload: Payload) -> None:
    """Remember when the seat ordered the move, and an order that is hidden from others."""
    order = payload["order"]
    remember_order(
        ruleset, board, payload["ref"], order["seat"], order["move"], order["parameters"]
    )


def remember_order(
    ruleset: Ruleset, board: Board, ref: str, seat: str, name: str, parameters: Payload
) -> None:
    """The turn of a seat's last order of a move; the order itself while it can be revealed."""
    move = ruleset.moves[name]
    board.last[move.index * ruleset.layout.stride + ruleset.layout.index[seat]] = board.turn
    if move.reveal_after is not None or move.reveal_when is not None:
        text = _AS_TEXT(parameters) if parameters else "{}"
        board.hidden.append(HiddenOrder(ref, seat, name, board.turn, text))


def pay(ruleset: Ruleset, board: Board, payload: Payload) -> None:
    """Take the cost of an order from its seat's capital."""
    place = ruleset.layout.base[ruleset.capital] + ruleset.layout.index[payload["seat"]]
    board.values[place] = payload["after"]


def table(ruleset: Ruleset, board: Board, payload: Payload) -> None:
    """Put a draft on the docket."""
    board.docket.append(
        Draft(
            payload["draft"],
            payload["body"],
            phases(payload["clauses"]),
            tuple(payload["sponsors"]),
            payload["tabled"],
            payload["votes_on"],
        )
    )


def amend(ruleset: Ruleset, board: Board, payload: Payload) -> None:
    """Give a draft other clauses."""
    draft = board.draft(payload["draft"])
    if draft is not None:
        board.replace_draft(
            Draft(
                draft.id,
                draft.body,
                phases(payload["clauses"]),
                draft.sponsors,
                draft.tabled,
                draft.votes_on,
            )
        )


def sponsor(ruleset: Ruleset, board: Board, payload: Payload) -> None:
    """Add a sponsor to a draft."""
    draft = board.draft(payload["draft"])
    if draft is not None and payload["sponsor"] not in draft.sponsors:
        board.replace_draft(
            Draft(
                draft.id,
                draft.body,
                draft.clauses,
                tuple(sorted((*draft.sponsors, payload["sponsor"]))),
                draft.tabled,
                draft.votes_on,
            )
        )


def withdraw(ruleset: Ruleset, board: Board, payload: Payload) -> None:
    """Take a draft off the docket."""
    board.drop_draft(payload["draft"])


def _resolve(outcome: str) -> Fold:
    def resolve(ruleset: Ruleset, board: Board, payload: Payload) -> None:
        """Take the draft off the docket and keep the vote; an adopted one brings its clauses."""
        board.drop_draft(payload["draft"])
        clauses = phases(payload["clauses"])
        board.resolutions.append(
            Resolution(
                payload["draft"],
                payload["body"],
                board.turn,
                outcome,
                clauses,
                tuple(payload["sponsors"]),
                tuple((vote["member"], vote["choice"]) for vote in payload["votes"]),
            )
        )
        if outcome == "adopted":
            adopt(ruleset, board, clauses)

    return resolve


def adopt(ruleset: Ruleset, board: Board, clauses: Iterable[tuple[str, float]]) -> None:
    """Bring clauses into force; those that they exclude end."""
    for name, phase in clauses:
        clause = ruleset.clauses[name]
        board.clauses[clause.index] = board.turn
        turns = ruleset.calendar.turns_in(phase, clause.phase_unit)
        board.complete[clause.index] = board.turn + turns
        board.imposed[clause.index] = False
        for other in clause.excludes:
            place = ruleset.clauses[other].index
            board.clauses[place] = board.complete[place] = 0
            board.imposed[place] = False


def set_figure(ruleset: Ruleset, board: Board, payload: Payload) -> None:
    """Set a track or a number, flag or choice to its value after the event."""
    place = ruleset.layout.find(payload["name"])
    if place is not None:
        board.values[place] = payload["after"]


def impose(ruleset: Ruleset, board: Board, payload: Payload) -> None:
    """Bring a measure into force, or prolong it."""
    place = measure_place(ruleset, payload["measure"], payload["by"])
    board.measures[place] = payload["since"]
    board.until[place] = payload["until"] or 0
    if payload.get("clause"):
        board.imposed[ruleset.clauses[payload["clause"]].index] = True


def lift(ruleset: Ruleset, board: Board, payload: Payload) -> None:
    """End a measure."""
    place = measure_place(ruleset, payload["measure"], payload["by"])
    board.measures[place] = board.until[place] = 0


def measure_place(ruleset: Ruleset, name: str, by: str | None) -> int:
    """The place of a measure of a holder (None: of all)."""
    measure = ruleset.measures[name]
    return measure.first + (ruleset.layout.index[by] if measure.holders and by else 0)


def happen(ruleset: Ruleset, board: Board, payload: Payload) -> None:
    """Remember when an inject of the scenario happened."""
    for inject in ruleset.injects:
        if inject.id == payload["inject"]:
            board.happened[inject.index] = board.turn


def tell(ruleset: Ruleset, board: Board, payload: Payload) -> None:
    """Remember which variant of a dispatch was used."""
    dispatch = ruleset.dispatches.get(payload["id"])
    if dispatch is not None:
        board.told[dispatch.index] = used_after(
            board.told[dispatch.index], payload["variant"], len(dispatch.variants)
        )


@lru_cache(maxsize=4096)
def used_after(used: tuple[int, ...], variant: int, count: int) -> tuple[int, ...]:
    """The variants used so far; once all were, counting begins anew with the last one."""
    if len(used) >= count:
        used = ()
    return tuple(sorted({*used, variant}))


def reveal(ruleset: Ruleset, board: Board, payload: Payload) -> None:
    """An order that was hidden is known to all."""
    board.hidden = [held for held in board.hidden if held.ref != payload["ref"]]


def measure_objective(ruleset: Ruleset, board: Board, payload: Payload) -> None:
    """Keep the value of an objective."""
    for objective in ruleset.objectives:
        if (objective.seat, objective.id) == (payload["seat"], payload["objective"]):
            board.objectives[objective.index] = payload["value"]


def end(ruleset: Ruleset, board: Board, payload: Payload) -> None:
    """The game has ended."""
    board.ended = payload["ending"]


def close(ruleset: Ruleset, board: Board, payload: Payload) -> None:
    """The turn is over: facts reset, and the next one opens unless the game has ended."""
    for place, value in ruleset.resets:
        board.values[place] = value
    board.previous = board.opening
    board.opening = tuple(board.values)
    if board.ended is None:
        board.turn += 1


def amend_effect(ruleset: Ruleset, board: Board, payload: Payload) -> None:
    """A facilitator set a figure to another value than the rules did."""
    place = ruleset.layout.find(str(payload.get("name", "")))
    value = payload.get("after")
    if place is None:
        return
    fact = ruleset.facts.get(ruleset.track_of[place])
    if fact is not None and fact.type.kind != NUMBER:
        board.values[place] = value
    elif isinstance(value, int | float):
        board.values[place] = held(ruleset, place, float(value))
    board.opening = tuple(board.values)


def held(ruleset: Ruleset, place: int, value: float) -> float:
    """A value held inside the range of its place, to six decimals."""
    low, high = ruleset.lows[place], ruleset.highs[place]
    if value <= low:
        return low
    return high if value >= high else (round(value * 1e6) / 1e6) + 0.0


FOLDS: dict[str, Fold] = {
    "OrderAccepted": accept_order,
    "CostPaid": pay,
    "DraftTabled": table,
    "DraftAmended": amend,
    "DraftSponsored": sponsor,
    "DraftWithdrawn": withdraw,
    "ResolutionAdopted": _resolve("adopted"),
    "ResolutionFailed": _resolve("failed"),
    "ResolutionVetoed": _resolve("vetoed"),
    "TrackChanged": set_figure,
    "FactSet": set_figure,
    "MeasureImposed": impose,
    "MeasureLifted": lift,
    "AgreementMade": agree,
    "ObligationKept": obligation_marked("kept"),
    "ObligationBroken": obligation_marked("broken"),
    "AgreementExpired": expire,
    "InjectHappened": happen,
    "DispatchPublished": tell,
    "OrderRevealed": reveal,
    "ObjectiveMeasured": measure_objective,
    "GameEnded": end,
    "TurnAdjudicated": close,
    "EffectAmended": amend_effect,
}
