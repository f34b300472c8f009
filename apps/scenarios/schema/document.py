"""The whole document: the sections of a scenario."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from apps.scenarios.schema.agreement import Agreement
from apps.scenarios.schema.body import Body, Clause
from apps.scenarios.schema.claim import Claim, Source
from apps.scenarios.schema.doctrine import Doctrine
from apps.scenarios.schema.fact import Fact, Measure
from apps.scenarios.schema.government import Government
from apps.scenarios.schema.inject import Dispatch, Inject
from apps.scenarios.schema.move import Move
from apps.scenarios.schema.objective import Ending, Objective
from apps.scenarios.schema.outline import Outline
from apps.scenarios.schema.part import Id, Part
from apps.scenarios.schema.rule import Rule
from apps.scenarios.schema.track import Track


class ScenarioDocument(Part):
    """A scenario. Its files hold these sections in any division; the loader merges them."""

    format: Literal[1]
    """The version of the format: 1."""
    scenario: Outline
    """What the scenario says of itself."""
    sources: dict[Id, Source] = Field(default_factory=dict)
    """The texts on which it rests."""
    claims: dict[Id, Claim] = Field(default_factory=dict)
    """The statements that rules make true."""
    governments: dict[Id, Government] = Field(min_length=2, max_length=20)
    """The sides that teams play."""
    tracks: dict[Id, Track] = Field(min_length=1, max_length=200)
    """The numbers of the situation."""
    facts: dict[Id, Fact] = Field(default_factory=dict, max_length=300)
    """What is so, or chosen."""
    measures: dict[Id, Measure] = Field(default_factory=dict, max_length=300)
    """Standing measures."""
    moves: dict[Id, Move] = Field(min_length=1, max_length=300)
    """What governments can order."""
    bodies: dict[Id, Body] = Field(default_factory=dict, max_length=20)
    """Bodies that vote."""
    clauses: dict[Id, Clause] = Field(default_factory=dict, max_length=300)
    """The building blocks of draft resolutions."""
    agreements: dict[Id, Agreement] = Field(default_factory=dict, max_length=100)
    """The deals that can be made."""
    rules: dict[Id, Rule] = Field(min_length=1, max_length=1000)
    """How the situation changes."""
    objectives: dict[Id, dict[Id, Objective]] = Field(default_factory=dict)
    """By government: what it wants."""
    endings: dict[Id, Ending] = Field(min_length=1, max_length=40)
    """How a game can end."""
    injects: dict[Id, Inject] = Field(default_factory=dict, max_length=200)
    """What happens from outside."""
    dispatches: dict[Id, Dispatch] = Field(default_factory=dict, max_length=500)
    """The news of the time."""
    doctrines: dict[Id, dict[Id, Doctrine]] = Field(default_factory=dict)
    """By government: how it behaves when nobody plays it."""


SECTIONS_BY_GOVERNMENT = ("objectives", "doctrines")
"""Sections with one more level: a government, then ids."""
