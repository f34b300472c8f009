"""What a scenario says of itself: title, calendar, length, stages, and how orders are paid."""

from __future__ import annotations

from typing import Literal, Self

from pydantic import Field, model_validator

from apps.scenarios.schema.part import Date, Id, Line, Part, Text, Version


class Step(Part):
    """How much time one turn stands for: exactly one of the three."""

    days: int | None = Field(None, ge=1, le=3650)
    """Days a turn."""
    weeks: int | None = Field(None, ge=1, le=520)
    """Weeks a turn."""
    months: int | None = Field(None, ge=1, le=120)
    """Months a turn."""

    @model_validator(mode="after")
    def one_unit(self) -> Self:
        """Exactly one unit is given."""
        if sum(value is not None for value in (self.days, self.weeks, self.months)) != 1:
            raise ValueError("give exactly one of days, weeks, months")
        return self


class Calendar(Part):
    """The dates that turns stand for."""

    start: Date
    """The date of turn 1."""
    step: Step
    """The time from one turn to the next."""


class Turns(Part):
    """How many turns a game may have."""

    default: int = Field(ge=1, le=200)
    """The length offered to a facilitator."""
    min: int = Field(1, ge=1, le=200)
    """The shortest length."""
    max: int = Field(40, ge=1, le=200)
    """The longest length."""

    @model_validator(mode="after")
    def in_order(self) -> Self:
        """min <= default <= max."""
        if not self.min <= self.default <= self.max:
            raise ValueError("turns must satisfy min <= default <= max")
        return self


class Capital(Part):
    """What orders are paid from."""

    track: Id
    """A track of scope government; the cost of each order is taken from the seat's value."""
    orders_per_turn: int = Field(ge=1, le=50)
    """How many orders a seat may give in one turn."""


class Outline(Part):
    """What a scenario says of itself."""

    id: Id
    """The scenario's id; the name of its folder."""
    title: Line
    """The title that people see."""
    version: Version
    """Raised with each change of a rule: a saved game tells which version it was played by."""
    summary: Text
    """One paragraph for the person who chooses a scenario."""
    language: Literal["en"] = "en"
    """The language of the texts."""
    notes: Text | None = None
    """Sources of the opening figures, and what the author wants instructors to know."""
    order: list[Id] | None = None
    """The governments in the order in which people see them; those not named follow."""
    calendar: Calendar
    """The dates that turns stand for."""
    turns: Turns
    """How many turns a game may have."""
    stages: list[Id] = Field(min_length=1, max_length=20)
    """The stages of a turn, in order. Rules of one stage all read the state at its start."""
    council_stage: Id | None = None
    """The stage in which bodies vote, before its rules; needed when there are bodies."""
    capital: Capital
    """What orders are paid from."""
