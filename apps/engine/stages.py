"""One stage: the rules that fired, and what their effects come to on the board.

Figures are changed by the stage's own function, compiled over all its rules. What is left for
here are sets, measures and dispatches. There are two ways of one outcome: `run_stage` of a turn
with `work.record` also writes down what each rule saw.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from math import fsum
from operator import itemgetter
from typing import Any

from .applying import held
from .board import Board
from .dispatches import publish, publish_quietly
from .events import event_of
from .ruleset import Stage
from .turnwork import TurnWork, audience_of_measure

Part = dict[str, Any]
Parts = dict[int, list[Part]]
News = Sequence[tuple[str, str, Mapping[str, Any]]]


def run_stage(work: TurnWork, stage: Stage) -> None:
    """Fire the rules of a stage, and put their effects on the board together."""
    if work.record:
        put(work, stage.id, *stage.recorded(work.board, work.events.append))
    else:
        put_quickly(work, *stage.quick(work.board))


def put(work: TurnWork, stage: str, sets: Parts, imposed: Parts, lifted: Parts, news: News) -> None:
    """Put on the board, and record, what the rules of a stage did besides changing figures."""
    names = work.ruleset.layout.names
    for place in sorted(sets, key=names.__getitem__) if sets else ():
        _set(work, stage, place, sets[place])
    if imposed or lifted:
        spans = {place: [part["amount"] for part in parts] for place, parts in imposed.items()}
        _measures(work, spans, imposed, lifted)
    if news:
        for name, about, named in sorted(news, key=itemgetter(0, 1)):
            publish(work, name, about, named)


def put_quickly(
    work: TurnWork,
    left: dict[int, list[Any]],
    sets: Sequence[tuple[int, Any]],
    spans: Sequence[tuple[tuple[int, ...], Any]],
    lifts: Sequence[tuple[int, ...]],
    news: Sequence[tuple[str, str]],
) -> None:
    """Put on the board, without a record, what the rules of a stage handed back."""
    if left or sets:
        _figures(work, left, sets)
    if spans or lifts:
        lasting: dict[int, list[Any]] = {}
        for places, turns in spans:
            for place in places:
                lasting.setdefault(place, []).append(turns)
        _measures_quietly(work, lasting, {place for places in lifts for place in places})
    if news:
        publish_quietly(work, sorted(news))


def _figures(work: TurnWork, left: dict[int, list[Any]], sets: Iterable[tuple[int, Any]]) -> None:
    """Change the figures that are also set in the stage; where both happen, the set holds."""
    names, values = work.ruleset.layout.names, work.board.values
    wanted: dict[int, list[Any]] = {}
    for place, value in sets:
        wanted.setdefault(place, []).append(value)
    for place, amounts in left.items():
        if place not in wanted and names[place]:
            values[place] = held(work.ruleset, place, values[place] + fsum(amounts))
    for place, given in wanted.items():
        if names[place]:
            values[place] = _chosen(work, place, given)


def _set(work: TurnWork, stage: str, place: int, parts: list[Part]) -> None:
    """Set a fact, and record it if that is a change."""
    ruleset, board = work.ruleset, work.board
    before = board.values[place]
    after = board.values[place] = _chosen(work, place, [part["amount"] for part in parts])
    if before != after:
        payload = {
            "name": ruleset.layout.names[place],
            "track": ruleset.track_of[place],
            "about": ruleset.layout.whose[place],
            "stage": stage,
            "before": before,
            "after": after,
            "parts": parts,
        }
        work.events.append(event_of(("FactSet", payload, ruleset.audiences[place])))


def _chosen(work: TurnWork, place: int, wanted: list[Any]) -> Any:
    """Of different values for one fact true, the larger number or the later choice holds."""
    fact = work.ruleset.facts[work.ruleset.track_of[place]]
    if fact.type.options:
        return max(wanted, key=fact.type.options.index)
    if fact.type.kind == "number":
        return held(work.ruleset, place, max(wanted))
    return any(wanted)


def _measures(work: TurnWork, spans: dict[int, list[Any]], imposed: Parts, lifted: Parts) -> None:
    """Lift and impose. What is imposed in a stage holds, even if it is lifted there too."""
    at = work.ruleset.measure_at
    for place in sorted({*spans, *lifted}, key=lambda place: (at[place][0], at[place][1] or "")):
        if not _held(work, place):
            continue
        if place in spans:
            _impose(work, place, spans[place], imposed[place])
        elif work.board.measures[place]:
            name, by = at[place]
            measure = work.ruleset.measures[name]
            work.happened(
                "MeasureLifted",
                {
                    "measure": measure.id,
                    "title": measure.title,
                    "by": by,
                    "reason": "rule",
                    "draft": None,
                    "rules": [part | {"amount": None} for part in lifted[place]],
                },
                audience_of_measure(measure, by),
            )


def _measures_quietly(work: TurnWork, spans: dict[int, list[Any]], lifted: set[int]) -> None:
    """Lift and impose without a record."""
    board = work.board
    for place in lifted:
        if place not in spans and _held(work, place):
            board.measures[place] = board.until[place] = 0
    for place, wanted in spans.items():
        until = _until(board, place, wanted) if _held(work, place) else None
        if until is not None:
            board.measures[place] = board.measures[place] or board.turn
            board.until[place] = until


def _held(work: TurnWork, place: int) -> bool:
    """Whether somebody can hold the measure of a place: nobody's and others' stay out of force."""
    name, by = work.ruleset.measure_at[place]
    return by is None or by in work.ruleset.measures[name].holders


def _until(board: Board, place: int, wanted: list[Any]) -> int | None:
    """The last turn of a measure imposed for these spans; None where that changes nothing.

    The longest span holds, 0 is open-ended.
    """
    turns = [round(float(span)) for span in wanted]
    until = 0 if min(turns) <= 0 else board.turn + max(turns)
    since, lasting = board.measures[place], board.until[place]
    if since and lasting == 0:
        until = 0
    elif since and until:
        until = max(until, lasting)
    return None if since and until == lasting else until


def _impose(work: TurnWork, place: int, wanted: list[Any], parts: list[Part]) -> None:
    """Bring a measure into force, or prolong it."""
    board = work.board
    until = _until(board, place, wanted)
    if until is None:
        return
    name, by = work.ruleset.measure_at[place]
    measure = work.ruleset.measures[name]
    work.happened(
        "MeasureImposed",
        {
            "measure": measure.id,
            "title": measure.title,
            "by": by,
            "since": board.measures[place] or board.turn,
            "until": until or None,
            "clause": None,
            "rules": [part | {"amount": None} for part in parts],
        },
        audience_of_measure(measure, by),
    )
