"""The game file: scenario, seed, and for each turn the orders, votes and offers accepted."""

from __future__ import annotations

from pathlib import Path as FilePath
from typing import Any, Literal

from pydantic import Field

from apps.scenarios.plays.part_file import part_from, read_part
from apps.scenarios.schema.parameter import ParameterValue
from apps.scenarios.schema.part import Id, Line, Part
from apps.scenarios.yaml_source import SourceMap


class PlayedOrder(Part):
    """An order that a government gives."""

    by: Id
    """The government."""
    move: Id
    """The move."""
    parameters: dict[Id, ParameterValue] = Field(default_factory=dict)
    """What is filled in."""
    intent: str = Field("", max_length=500)
    """What the team means to bring about."""
    expects: str = Field("", max_length=500)
    """What the team expects others to do."""


class PlayedVote(Part):
    """How a member votes."""

    member: Id
    """The member."""
    choice: Literal["yes", "no", "abstain"]
    """yes | no | abstain"""
    draft: Line | None = None
    """The draft; without it, every draft that is due."""
    explanation: str = Field("", max_length=500)
    """The explanation of the vote."""


class PlayedAccord(Part):
    """An offer that all its parties accepted this turn."""

    agreement: Id
    """The agreement."""
    parties: dict[Id, Id]
    """Which government holds each side."""


class PlayedTurn(Part):
    """What happens before one turn is adjudicated."""

    orders: list[PlayedOrder] = Field(default_factory=list, max_length=200)
    """The orders of all governments."""
    votes: list[PlayedVote] = Field(default_factory=list, max_length=500)
    """Votes that people cast; other members vote by their body's doctrine."""
    accords: list[PlayedAccord] = Field(default_factory=list, max_length=100)
    """Agreements made."""
    injects: list[Id] = Field(default_factory=list, max_length=50)
    """Injects that the facilitator sends."""


class GameFile(Part):
    """A game to adjudicate. The same file with `results` is what `adjudicate` writes."""

    format: Literal[1] = 1
    """The version of the format: 1."""
    title: Line | None = None
    """What the game shows."""
    text: str | None = Field(None, max_length=8000)
    """More about it."""
    scenario: str | dict[str, Any] | None = None
    """An id of the library, a path, or a whole resolved document."""
    seed: str = Field("", max_length=200)
    """The seed of every draw."""
    turns: int | None = Field(None, ge=1, le=200)
    """The length of the game; the scenario's usual one, if nothing is said."""
    play: list[PlayedTurn] = Field(default_factory=list, max_length=200)
    """The turns, in order."""
    results: Any = None
    """What `adjudicate` wrote; ignored on the way in."""


def read_game_file(path: FilePath) -> GameFile:
    """Reads a game file, YAML or JSON.

    Raises ScenarioError with file, line and column of everything that is wrong.
    """
    return read_part(path, GameFile)


def game_from(value: Any, places: SourceMap) -> GameFile:
    """The game in a value that was read.

    Raises ScenarioError with everything that is wrong.
    """
    return part_from(value, places, GameFile)
