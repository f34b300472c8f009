"""Injects: what happens without an order; and dispatches, the news of the time."""

from __future__ import annotations

from typing import Annotated, Any, Self

from pydantic import BeforeValidator, Field, WithJsonSchema, model_validator
from pydantic_core import PydanticCustomError

from apps.scenarios.schema.effect import Effect
from apps.scenarios.schema.part import Expression, Id, Line, Part, Text


def _audience(value: Any) -> Any:
    if value in ("public", "facilitator") or (
        isinstance(value, list) and value and all(isinstance(item, str) for item in value)
    ):
        return value
    raise PydanticCustomError(
        "audience", "must be public, facilitator, or a list of governments such as [US, ROK]"
    )


Audience = Annotated[
    str | list[str],
    BeforeValidator(_audience),
    WithJsonSchema(
        {
            "anyOf": [
                {"enum": ["public", "facilitator"]},
                {"type": "array", "items": {"type": "string"}, "minItems": 1},
            ]
        }
    ),
]
"""Who reads it: public | facilitator | [US, ROK]."""


class Inject(Part):
    """An event from outside: scheduled, conditional, or left to the facilitator.

    `at` schedules it for the end of a turn; `if` and `chance` let the situation decide. With
    neither it happens only when the facilitator sends it.
    """

    title: Line
    """A headline."""
    text: Text
    """What happens, for those who read it."""
    from_: Line = Field(alias="from")
    """Who says so: UN OCHA."""
    audience: Audience = "public"
    """Who reads it."""
    at: int | None = Field(None, ge=1, le=200)
    """The turn at whose end it happens."""
    if_: Expression | None = Field(None, alias="if")
    """Happens at the end of a turn in which this holds."""
    chance: Expression | None = None
    """How likely, from 0 to 1, each time that it is due."""
    once: bool = True
    """Happens at most once in a game."""
    effects: list[Effect] = Field(default_factory=list, max_length=20)
    """What it does."""
    claims: list[Id] = Field(default_factory=list)
    """The claims that it encodes."""
    reason: Text | None = None
    """A modelling reason, where no claim asks for it."""

    @model_validator(mode="after")
    def one_schedule(self) -> Self:
        """`at` and `if` exclude each other."""
        if self.at is not None and self.if_ is not None:
            raise ValueError("give at most one of at, if")
        return self


class DispatchVariant(Part):
    """One wording; `{name}` is replaced by a binding of the rule: {actor}, {sector}."""

    headline: Line
    """The headline."""
    body: Text
    """The text."""


class Dispatch(Part):
    """News in the words of the time; one of the variants is drawn."""

    audience: Audience = "public"
    """Who reads it."""
    variants: list[DispatchVariant] = Field(min_length=1, max_length=20)
    """The wordings."""
