"""Variants of a scenario: one number changed, everything else alike.

A tornado chart plays each variant under the same seeds as the scenario itself, so that a
difference in the outcome is the number's doing and not chance's.
"""

from __future__ import annotations

import copy
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal

Document = Mapping[str, Any]
Kind = Literal["start", "rule", "cost"]
KINDS: tuple[Kind, ...] = ("start", "rule", "cost")
START_STEP = 0.1
"""A start is moved by this part of its track's range."""
FACTOR_STEP = 0.5
"""A rule's changes, and a move's cost, are multiplied by 1 less or more this."""


@dataclass(frozen=True, slots=True)
class Knob:
    """A number of a scenario that can be turned down and up.

    `kind` is "start" (where a track begins), "rule" (how strong a rule's changes are) or "cost"
    (what a move costs); `id` the track, rule or move.
    """

    kind: Kind
    id: str
    title: str

    def to_json(self) -> dict[str, str]:
        """The knob as plain JSON values."""
        return {"kind": self.kind, "id": self.id, "title": self.title}


def knobs_of(document: Document, kinds: tuple[Kind, ...] = KINDS) -> Iterator[Knob]:
    """The numbers of a scenario that a tornado chart turns."""
    if "start" in kinds:
        for name, track in document["tracks"].items():
            yield Knob("start", name, f"Start of {track['title']}")
    if "rule" in kinds:
        for name, rule in document["rules"].items():
            if any("change" in effect for effect in rule["effects"]):
                yield Knob("rule", name, rule["title"])
    if "cost" in kinds:
        for name, move in document["moves"].items():
            if move.get("cost", 0) not in (0, "0"):
                yield Knob("cost", name, f"Cost of {move['title']}")


def turned(document: Document, kind: str, name: str, direction: int) -> dict[str, Any]:
    """The document with one knob turned down (-1) or up (1).

    Raises KeyError when the document has nothing of that name.
    """
    changed = copy.deepcopy(dict(document))
    if kind == "start":
        _turn_start(changed["tracks"][name], direction)
    elif kind == "rule":
        for effect in changed["rules"][name]["effects"]:
            if "change" in effect:
                effect["by"] = _scaled(effect["by"], direction)
    elif kind == "cost":
        move = changed["moves"][name]
        move["cost"] = _scaled(move["cost"], direction)
    else:
        raise KeyError(kind)
    return changed


def _turn_start(track: dict[str, Any], direction: int) -> None:
    low, high = track["range"]
    step = (high - low) * START_STEP * direction
    start = track["start"]
    if isinstance(start, dict):
        track["start"] = {key: min(max(value + step, low), high) for key, value in start.items()}
    else:
        track["start"] = min(max(start + step, low), high)


def _scaled(amount: Any, direction: int) -> Any:
    factor = 1 + FACTOR_STEP * direction
    return amount * factor if isinstance(amount, int | float) else f"({amount}) * {factor:g}"
