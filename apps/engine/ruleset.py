"""The compiled scenario: every definition with its expressions already functions.

A ruleset is made once by `compile_ruleset` and never changes. Texts are kept as the scenario
wrote them; nothing here decides who sees them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from .calendar import Calendar
from .definitions.bodies import Body, Clause, Member, Term
from .definitions.doctrines import Doctrine, DoctrineOffer, DoctrineOrder, DoctrineStatement
from .definitions.figures import Fact, Government, Measure, Track
from .definitions.formula import Figure, Formula
from .definitions.moves import Act, Condition, Move, Parameter
from .definitions.outcomes import Agreement, Dispatch, Ending, Inject, Objective, Obligation
from .definitions.rules import Effect, Rule, Stage
from .layout import Layout


@dataclass(slots=True)
class Ruleset:
    """A whole compiled scenario."""

    id: str
    title: str
    version: str
    summary: str
    calendar: Calendar
    turns: tuple[int, int, int]
    council_stage: str
    capital: str
    orders_per_turn: int
    layout: Layout
    measure_at: tuple[tuple[str, str | None], ...]
    governments: tuple[Government, ...]
    tracks: Mapping[str, Track]
    facts: Mapping[str, Fact]
    measures: Mapping[str, Measure]
    moves: Mapping[str, Move]
    bodies: Mapping[str, Body]
    clauses: Mapping[str, Clause]
    agreements: Mapping[str, Agreement]
    rules: Mapping[str, Rule]
    stages: tuple[Stage, ...]
    injects: tuple[Inject, ...]
    inject_stage: Stage
    dispatches: Mapping[str, Dispatch]
    objectives: tuple[Objective, ...]
    endings: tuple[Ending, ...]
    doctrines: Mapping[str, Mapping[str, Doctrine]]
    claims: Mapping[str, tuple[str, tuple[int, ...]]]
    titles: Mapping[str, str]
    voices: Mapping[str, str]
    start: tuple[Any, ...]
    lows: tuple[float, ...]
    highs: tuple[float, ...]
    resets: tuple[tuple[int, Any], ...]
    seen: tuple[tuple[str, ...], ...]
    audiences: tuple[str, ...]
    objectives_measured: Figure
    objectives_noted: Figure
    track_of: tuple[str, ...]
    measure_places: int


__all__ = [
    "Act",
    "Agreement",
    "Body",
    "Clause",
    "Condition",
    "Dispatch",
    "Doctrine",
    "DoctrineOffer",
    "DoctrineOrder",
    "DoctrineStatement",
    "Effect",
    "Ending",
    "Fact",
    "Figure",
    "Formula",
    "Government",
    "Inject",
    "Measure",
    "Member",
    "Move",
    "Objective",
    "Obligation",
    "Parameter",
    "Rule",
    "Ruleset",
    "Stage",
    "Term",
    "Track",
]
