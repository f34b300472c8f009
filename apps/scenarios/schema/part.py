"""What every part of a scenario document shares: strictness, and the scalar types."""

from __future__ import annotations

import math
import re
from collections.abc import Callable
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, StringConstraints, WithJsonSchema
from pydantic_core import PydanticCustomError

FORMAT_VERSION = 1
LONGEST_ID = 60
LONGEST_LINE = 300
LONGEST_TEXT = 8_000
LONGEST_EXPRESSION = 600


class Part(BaseModel):
    """A mapping of the document: unknown keys are refused, and nothing is coerced."""

    model_config = ConfigDict(
        extra="forbid",
        strict=True,
        frozen=True,
        populate_by_name=False,
        use_attribute_docstrings=True,
        allow_inf_nan=False,
    )


def _matching(pattern: str, what: str, longest: int) -> Callable[[Any], Any]:
    """A check that a value is a string of a shape, with a message that shows the shape."""
    shape = re.compile(pattern)

    def check(value: Any) -> Any:
        if not isinstance(value, str) or len(value) > longest or not shape.fullmatch(value):
            raise PydanticCustomError("shape", "must be {what}", {"what": what})
        return value

    return check


ID_PATTERN = r"[A-Za-z][A-Za-z0-9_]*"
Id = Annotated[
    str,
    BeforeValidator(
        _matching(ID_PATTERN, "an id: a letter, then letters, digits or _ (no spaces)", LONGEST_ID)
    ),
    WithJsonSchema({"type": "string", "pattern": f"^{ID_PATTERN}$", "maxLength": LONGEST_ID}),
]
"""The name by which the document refers to a thing: `sanctions_bite`, `US`."""

DATE_PATTERN = r"\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])"
Date = Annotated[
    str,
    BeforeValidator(_matching(DATE_PATTERN, "a date such as 2016-09-12", 10)),
    WithJsonSchema({"type": "string", "format": "date"}),
]
"""A calendar date, year-month-day."""

VERSION_PATTERN = r"\d+\.\d+\.\d+"
Version = Annotated[
    str,
    BeforeValidator(_matching(VERSION_PATTERN, "a version such as 1.0.0", 20)),
    WithJsonSchema({"type": "string", "pattern": f"^{VERSION_PATTERN}$"}),
]

Line = Annotated[str, StringConstraints(min_length=1, max_length=LONGEST_LINE)]
"""One line of text for people, of at most 300 characters."""

Text = Annotated[str, StringConstraints(min_length=1, max_length=LONGEST_TEXT)]
"""Text for people, of at most 8,000 characters; Markdown paragraphs, emphasis and lists."""


def _number(value: Any) -> Any:
    """Refuses what only looks like a number: true, "3", infinity."""
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
        raise PydanticCustomError("number", "must be a number")
    if abs(value) > 1e12:
        raise PydanticCustomError("number", "must lie between -1e12 and 1e12")
    return value


Number = Annotated[
    int | float,
    BeforeValidator(_number),
    WithJsonSchema({"type": "number", "minimum": -1e12, "maximum": 1e12}),
]


def _expression(value: Any) -> Any:
    """Accepts an expression's text, or the number or flag that it would be."""
    if isinstance(value, bool):
        return value
    if isinstance(value, int | float):
        return _number(value)
    if not isinstance(value, str) or not value.strip():
        raise PydanticCustomError(
            "expression", 'must be a number, true or false, or an expression such as "tension > 40"'
        )
    if len(value) > LONGEST_EXPRESSION:
        raise PydanticCustomError(
            "expression",
            "must be an expression of at most {most} characters: split it over two rules",
            {"most": LONGEST_EXPRESSION},
        )
    return value


class ExpressionText:
    """Marks a type as text of the expression language, so that checks find every expression."""


Expression = Annotated[
    str | int | float | bool,
    ExpressionText(),
    BeforeValidator(_expression),
    WithJsonSchema(
        {"type": ["string", "number", "boolean"], "description": "an expression, or a constant"}
    ),
]
"""A number, a flag, or an expression of the scenario's expression language."""

Target = Annotated[str, ExpressionText(), StringConstraints(min_length=1, max_length=LONGEST_LINE)]
"""A track or fact, with what it is about: `tension`, `support[actor]`, `relation[a, b]`."""


def _scalar(value: Any) -> Any:
    """Accepts what a fact or a parameter may hold."""
    if isinstance(value, bool):
        return value
    if isinstance(value, int | float):
        return _number(value)
    if not isinstance(value, str) or len(value) > LONGEST_TEXT:
        raise PydanticCustomError("scalar", "must be a number, true or false, or a word")
    return value


Scalar = Annotated[
    str | int | float | bool,
    BeforeValidator(_scalar),
    WithJsonSchema({"type": ["string", "number", "boolean"]}),
]
"""The value of a fact, or of a parameter that holds one value."""


def _range(value: Any) -> Any:
    """Accepts [low, high] with low < high."""
    if not isinstance(value, list | tuple) or len(value) != 2:
        raise PydanticCustomError("range", "must be a range such as [0, 100]")
    low, high = (_number(end) for end in value)
    if low >= high:
        raise PydanticCustomError("range", "must be [low, high] with low below high")
    return [low, high]


Range = Annotated[
    list[int | float],
    BeforeValidator(_range),
    WithJsonSchema(
        {"type": "array", "items": {"type": "number"}, "minItems": 2, "maxItems": 2},
    ),
]
"""The lowest and the highest value, both reachable: [0, 100]."""
