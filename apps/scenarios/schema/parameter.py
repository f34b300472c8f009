"""What a team fills in when it gives an order."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, Tag, WithJsonSchema
from pydantic_core import PydanticCustomError

from apps.scenarios.schema.part import Id, Line, Number, Part, Range, Text
from apps.scenarios.schema.variant import TAG_PREFIX, by_type


class _Parameter(Part):
    title: Line
    """The label of the field."""
    text: Text | None = None
    """Help beside the field."""
    optional: bool = False
    """May be left empty."""


class ChoiceParameter(_Parameter):
    """One of several words."""

    type: Literal["choice"]
    """choice"""
    choices: dict[Id, Line] = Field(min_length=1, max_length=60)
    """The words and their titles."""
    default: Id | None = None
    """The word chosen at first."""


class NumberParameter(_Parameter):
    """A number within bounds."""

    type: Literal["number"]
    """number"""
    range: Range
    """The least and the most."""
    step: Number | None = None
    """The number is a whole count of steps from the least."""
    unit: Line | None = None
    """What it is counted in."""
    default: Number | None = None
    """The number at first."""


class FlagParameter(_Parameter):
    """Yes or no."""

    type: Literal["flag"]
    """flag"""
    default: bool | None = None
    """The answer at first."""


class GovernmentParameter(_Parameter):
    """Another government."""

    type: Literal["government"]
    """government"""
    choices: list[Id] | None = Field(None, min_length=1)
    """The governments offered; without it, all but the actor's."""
    default: Id | None = None
    """The government at first."""


class ClausesParameter(_Parameter):
    """Clauses of a draft resolution."""

    type: Literal["clauses"]
    """clauses"""
    body: Id
    """The body whose clauses are offered."""
    min: int = Field(1, ge=0, le=50)
    """The fewest clauses."""
    max: int = Field(20, ge=1, le=50)
    """The most clauses."""


class DraftParameter(_Parameter):
    """A draft resolution on a body's docket."""

    type: Literal["draft"]
    """draft"""
    body: Id
    """The body whose docket is offered."""


class AgreementParameter(_Parameter):
    """An agreement of the scenario."""

    type: Literal["agreement"]
    """agreement"""
    choices: list[Id] | None = Field(None, min_length=1)
    """The agreements offered; without it, all."""


class TextParameter(_Parameter):
    """Words of the team's own."""

    type: Literal["text"]
    """text"""
    max: int = Field(280, ge=1, le=2000)
    """The most characters."""


TYPES = ("choice", "number", "flag", "government", "clauses", "draft", "agreement", "text")

Parameter = Annotated[
    Annotated[ChoiceParameter, Tag(TAG_PREFIX + "choice")]
    | Annotated[NumberParameter, Tag(TAG_PREFIX + "number")]
    | Annotated[FlagParameter, Tag(TAG_PREFIX + "flag")]
    | Annotated[GovernmentParameter, Tag(TAG_PREFIX + "government")]
    | Annotated[ClausesParameter, Tag(TAG_PREFIX + "clauses")]
    | Annotated[DraftParameter, Tag(TAG_PREFIX + "draft")]
    | Annotated[AgreementParameter, Tag(TAG_PREFIX + "agreement")]
    | Annotated[TextParameter, Tag(TAG_PREFIX + "text")],
    by_type(TYPES, "a parameter needs a type: " + ", ".join(TYPES)),
]


def _value(value: Any) -> Any:
    items = value if isinstance(value, list) else [value]
    for item in items:
        inner = item.values() if isinstance(item, dict) else [item]
        if not all(isinstance(one, str | int | float | bool) for one in inner):
            raise PydanticCustomError(
                "parameter_value", "must be a word, a number, true or false, or a list of ids"
            )
    return value


ParameterValue = Annotated[
    str | int | float | bool | list[Any] | dict[str, Any],
    BeforeValidator(_value),
    WithJsonSchema({"type": ["string", "number", "boolean", "array", "object"]}),
]
"""What an order holds for a parameter: a word, number or flag; for clauses a list of ids."""
