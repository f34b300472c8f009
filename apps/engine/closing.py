"""The end of a turn: obligations, injects, what is revealed, objectives, endings."""

from __future__ import annotations

from collections.abc import Iterable

from .applying import FOLDS, happen, remember_order
from .board import Board
from .events import Event
from .pacts import expire_agreements, judge_obligations
from .ruleset import Ending, Ruleset
from .secrecy import reveal
from .stages import put, put_quickly
from .state import State
from .turnwork import TurnWork, audience_of_measure


def close_turn(work: TurnWork, called: set[str]) -> State:
    """Do what follows the last stage, and open the next turn. Gives the new state."""
    judge_obligations(work)
    _injects(work, called)
    reveal(work)
    _remember_orders(work)
    _expire_measures(work)
    expire_agreements(work)
    return _conclude(work)


def concluded_again(ruleset: Ruleset, state: State, events: Iterable[Event]) -> list[Event]:
    """The end of a turn anew (objectives, ending, the turn's closing) after amended effects.

    `events` are all that happened in the turn that began at `state`, without its conclusion.
    """
    work = TurnWork(ruleset, Board(ruleset, state), True)
    for event in events:
        if event.kind == "OrderAccepted":
            order = event.payload["order"]
            seat = ruleset.layout.index[order["seat"]]
            work.board.ordered[ruleset.moves[order["move"]].index] |= 1 << seat
        change = FOLDS.get(event.kind)
        if change is not None:
            change(ruleset, work.board, event.payload)
    _conclude(work)
    return work.events


def _conclude(work: TurnWork) -> State:
    _measure_objectives(work)
    ending = _ending(work)
    if ending is not None:
        work.happened(
            "GameEnded", {"ending": ending.id, "title": ending.title, "text": ending.text}
        )
    turn = work.board.turn
    FOLDS["TurnAdjudicated"](work.ruleset, work.board, {})
    state = work.board.freeze()
    if work.record:
        date = work.ruleset.calendar.date_of(turn).isoformat()
        work.noted("TurnAdjudicated", {"turn": turn, "date": date, "digest": state.digest()})
    return state


def _injects(work: TurnWork, called: set[str]) -> None:
    """Let the injects happen that are due, whose conditions hold, or that were called."""
    ruleset, board = work.ruleset, work.board
    if not ruleset.injects:
        return
    if not work.record:
        happening, *left = ruleset.inject_stage.quick(board, called)
        for name in happening:
            happen(ruleset, board, {"inject": name})
        put_quickly(work, *left)
        return
    due: list[str] = []
    notes: list[Event] = []
    effects = ruleset.inject_stage.recorded(board, notes.append, called, due.append)
    if due:
        _tell_of(work, due)
        work.events += notes
        put(work, ruleset.inject_stage.id, *effects)


def _tell_of(work: TurnWork, due: list[str]) -> None:
    """Record which injects happen, before what they do."""
    for inject in sorted(work.ruleset.injects, key=lambda inject: inject.id):
        if inject.id in due:
            work.happened(
                "InjectHappened",
                {
                    "inject": inject.id,
                    "title": inject.title,
                    "text": inject.text,
                    "from": inject.sender,
                    "claims": list(inject.rule.claims),
                },
                inject.audience,
            )


def _remember_orders(work: TurnWork) -> None:
    """Remember who ordered what; until here `ever` and `since` spoke of earlier turns."""
    board, stride = work.board, work.ruleset.layout.stride
    last, turn = board.last, board.turn
    for placed in work.accepted:
        move, order = placed.move, placed.order
        if move.reveal_after is None and move.reveal_when is None:
            last[move.index * stride + placed.seat] = turn
        else:
            remember_order(
                work.ruleset, board, placed.ref, order.seat, order.move, order.parameters
            )


def _expire_measures(work: TurnWork) -> None:
    board = work.board
    if min(filter(None, board.until), default=board.turn + 1) > board.turn:
        return
    for measure in work.ruleset.measures.values():
        holders: tuple[str | None, ...] = measure.holders or (None,)
        for by in holders:
            place = measure.first + (board.layout.index[by] if by else 0)
            if board.measures[place] and 0 < board.until[place] <= board.turn:
                work.happened(
                    "MeasureLifted",
                    {
                        "measure": measure.id,
                        "title": measure.title,
                        "by": by,
                        "reason": "expired",
                        "draft": None,
                        "rules": [],
                    },
                    audience_of_measure(measure, by),
                )


def _measure_objectives(work: TurnWork) -> None:
    board = work.board
    if work.record:
        board.objectives = work.ruleset.objectives_noted(board, work.events.append)
    else:
        board.objectives = work.ruleset.objectives_measured(board)


def _ending(work: TurnWork) -> Ending | None:
    """The ending of smallest priority whose condition holds; None while the game goes on."""
    board = work.board
    last = board.turn >= board.turns
    for ending in work.ruleset.endings:
        if (last or not ending.last_turn) and ending.condition.run(board):
            return ending
    return None
