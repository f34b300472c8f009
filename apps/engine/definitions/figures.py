"""Who plays and what is counted: governments, tracks, facts, measures."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from ..expressions.types import Type


@dataclass(frozen=True, slots=True)
class Government:
    """A government that a seat plays."""

    id: str
    name: str
    short: str
    color: str
    adjective: str
    voice: str
    brief: str
    article_view: str
    red_lines: tuple[str, ...]
    roles: Mapping[str, Mapping[str, Any]]


@dataclass(frozen=True, slots=True)
class Track:
    """A figure with a range: one for all, one for each government, or one for each pair."""

    id: str
    title: str
    text: str
    scope: str
    unit: str
    lo: float
    hi: float
    better: str
    group: str
    decimals: int
    visible: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Fact:
    """A flag, number or choice that rules remember; `resets` each turn or never."""

    id: str
    title: str
    scope: str
    type: Type
    labels: Mapping[str, str]
    resets: bool
    visible: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Measure:
    """Something in force or not, for each of its `holders`, or for all if it has none."""

    id: str
    title: str
    text: str
    kind: str
    holders: tuple[str, ...]
    visible: tuple[str, ...]
    first: int
