"""Facts: what is so, or chosen, beside the numbers; and measures, which are in force or not."""

from __future__ import annotations

from typing import Literal, Self

from pydantic import Field, model_validator

from apps.scenarios.schema.part import Id, Line, Part, Range, Scalar, Text
from apps.scenarios.schema.track import Scope, Visibility


class Fact(Part):
    """Something that is so or not, a number without a range of good, or one of several words."""

    title: Line
    """What people read."""
    text: Text | None = None
    """What it means."""
    scope: Scope = "global"
    """Of the whole situation, of each government, or of each pair."""
    type: Literal["flag", "number", "choice"] = "flag"
    """flag: true or false; number; choice: one of `choices`."""
    choices: list[Id] | dict[Id, Line] | None = None
    """The words of a choice, with or without titles."""
    range: Range | None = None
    """The bounds of a number."""
    start: Scalar | dict[str, Scalar] | None = None
    """Its value when the game begins; if nothing is said: false, 0, or the first of the choices."""
    resets: Literal["never", "each_turn"] = "never"
    """each_turn: back to its start when a turn begins."""
    visible: Visibility = "public"
    """Who sees it."""

    @model_validator(mode="after")
    def choices_fit(self) -> Self:
        """A choice has choices, and nothing else has."""
        if (self.type == "choice") != (self.choices is not None):
            raise ValueError("choices belong to type: choice, and it needs them")
        return self


class Measure(Part):
    """A standing measure: in force or not, for a holder or for all."""

    title: Line
    """What people read."""
    text: Text | None = None
    """What it does, in words."""
    by: list[Id] | None = Field(None, min_length=1)
    """The governments that can hold it; without it, it is in force for all or not at all."""
    kind: Id | None = None
    """A group of measures: trade, military."""
    visible: Visibility = "public"
    """Who sees that it is in force."""
