"""Where two arms part: the first turn that differs, and the rules that make the difference."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from apps.journal.store import NewEvent
from apps.replay.indicators import number, signed
from apps.replay.names import Names

MOST = 9


def parting_of(
    changed: Sequence[NewEvent], unchanged: Sequence[NewEvent], document: Mapping[str, Any]
) -> list[dict[str, Any]]:
    """The differences of the first turn in which the arms differ, the largest first.

    Each has the turn, what differs in words, and the rules whose parts differ.
    """
    names = Names(document)
    for turn, (one, other) in enumerate(
        zip(_by_turn(changed), _by_turn(unchanged), strict=False), start=0
    ):
        found = [*_outcomes(one, other, names), *_figures(one, other, names)]
        if found:
            return [{"turn_offset": turn, **line} for line in found[:MOST]]
    return []


def _by_turn(events: Iterable[NewEvent]) -> list[list[NewEvent]]:
    turns: list[list[NewEvent]] = []
    for event in events:
        if event.kind == "TurnClosed":
            turns.append([])
        elif turns:
            turns[-1].append(event)
    return turns


def _outcomes(
    one: Iterable[NewEvent], other: Iterable[NewEvent], names: Names
) -> list[dict[str, Any]]:
    """Votes that went otherwise."""
    here, there = _resolutions(one), _resolutions(other)
    return [
        {
            "what": f"The {names.draft(draft)}",
            "changed": here.get(draft, "not voted on"),
            "unchanged": there.get(draft, "not voted on"),
            "rules": [],
        }
        for draft in sorted({*here, *there})
        if here.get(draft) != there.get(draft)
    ]


def _resolutions(events: Iterable[NewEvent]) -> dict[str, str]:
    return {
        str(event.payload["draft"]): event.kind.removeprefix("Resolution").lower()
        for event in events
        if event.kind.startswith("Resolution")
    }


def _figures(
    one: Iterable[NewEvent], other: Iterable[NewEvent], names: Names
) -> list[dict[str, Any]]:
    here, there = _changes(one), _changes(other)
    found = []
    for name in sorted({*here, *there}):
        a, b = here.get(name, {}), there.get(name, {})
        size = _moved(a) - _moved(b)
        rules = _rules(a, b, names)
        if abs(size) > 1e-6 or rules:
            line = {
                "what": names.figure(name),
                "changed": signed(_moved(a)),
                "unchanged": signed(_moved(b)),
                "rules": rules,
            }
            found.append((abs(size), line))
    found.sort(key=lambda item: -item[0])
    return [line for _size, line in found]


def _changes(events: Iterable[NewEvent]) -> dict[str, dict[str, float]]:
    """Each indicator's parts by rule and subject, summed over the stages of a turn."""
    found: dict[str, dict[str, float]] = {}
    for event in events:
        if event.kind == "TrackChanged":
            parts = found.setdefault(str(event.payload["name"]), {})
            for part in event.payload["parts"]:
                key = f"{part['rule']}|{part['about']}"
                parts[key] = parts.get(key, 0.0) + float(part["amount"])
    return found


def _moved(parts: Mapping[str, float]) -> float:
    return sum(parts.values())


def _rules(one: Mapping[str, float], other: Mapping[str, float], names: Names) -> list[str]:
    found = []
    for key in sorted({*one, *other}):
        a, b = one.get(key, 0.0), other.get(key, 0.0)
        if abs(a - b) > 1e-6:
            rule, _, about = key.partition("|")
            whom = names.about(about)
            title = names.rule(rule) + (f" ({whom})" if whom else "")
            found.append(f"{title}: {number(a, 1)} instead of {number(b, 1)}")
    return found
