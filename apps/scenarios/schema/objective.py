"""What each government wants, and how a game ends."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from apps.scenarios.schema.part import Expression, Id, Line, Number, Part, Text


class Objective(Part):
    """One aim of a government, measured from 0 (not at all) to 1 (wholly)."""

    title: Line
    """What the team reads."""
    text: Text
    """What it means and how it is measured, in words."""
    weight: Number
    """Its share of the government's score; the weights of a government sum to 100."""
    value: Expression
    """How far it is reached, 0 to 1; values beyond are clamped."""
    target: Number
    """Reached when the value is at least this, 0 to 1."""
    claims: list[Id] = Field(default_factory=list)
    """The claims that it stands for."""


class Ending(Part):
    """How a game can end."""

    title: Line
    """A headline."""
    text: Text
    """What has come to pass."""
    if_: Expression = Field(alias="if")
    """The condition at the end of a turn."""
    when: Literal["each_turn", "last_turn"] = "last_turn"
    """each_turn: the game ends as soon as it holds; last_turn: looked at after the last turn."""
    priority: int = Field(ge=0, le=1000)
    """Of several that hold, the smallest is the ending."""
    claims: list[Id] = Field(default_factory=list)
    """The claims that it stands for."""
