"""Tracks: the numbers of the situation."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, WithJsonSchema
from pydantic_core import PydanticCustomError

from apps.scenarios.schema.part import Id, Line, Number, Part, Range, Text

Scope = Literal["global", "government", "pair"]
VISIBILITY_WORDS = ("public", "own", "hidden")


def _visibility(value: Any) -> Any:
    """Accepts one of the words, or a list of governments."""
    if value in VISIBILITY_WORDS:
        return value
    if isinstance(value, list) and value and all(isinstance(item, str) for item in value):
        return value
    raise PydanticCustomError(
        "visibility", "must be public, own, hidden, or a list of governments such as [US, ROK]"
    )


Visibility = Annotated[
    str | list[str],
    BeforeValidator(_visibility),
    WithJsonSchema(
        {
            "anyOf": [
                {"enum": list(VISIBILITY_WORDS)},
                {"type": "array", "items": {"type": "string"}, "minItems": 1},
            ]
        }
    ),
]
"""Who sees: public | own (the side or sides it is about) | hidden (the facilitator) | [US, ROK]."""


def _start(value: Any) -> Any:
    """Accepts a number, or numbers by government or pair with `default`."""
    if isinstance(value, dict):
        return value
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise PydanticCustomError(
            "start", "must be a number, or numbers such as {default: 50, US: 45} or {US-JPN: 70}"
        )
    return value


Start = Annotated[int | float | dict[str, Number], BeforeValidator(_start)]
"""A number for all, or a default and exceptions: {default: 50, US: 45}, {US-JPN: 70}."""


class Track(Part):
    """A number that rules change: of the whole situation, of each government, or of each pair."""

    title: Line
    """What people read beside the number."""
    text: Text | None = None
    """What it measures, for people."""
    scope: Scope = "global"
    """global: one number; government: one each; pair: one for each two governments."""
    unit: Line | None = None
    """What it is counted in: points, %, billion dollars."""
    range: Range
    """Its lowest and highest value; what goes beyond is clamped, and the clamp is recorded."""
    start: Start
    """Its value when the game begins."""
    better: Literal["higher", "lower", "neutral"] = "neutral"
    """Which way is good, for the colors of a change."""
    visible: Visibility = "public"
    """Who sees it."""
    decimals: int = Field(0, ge=0, le=4)
    """Decimals shown to people; the value itself keeps six."""
    group: Id | None = None
    """Tracks of one group are shown together."""
