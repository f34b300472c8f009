"""The reference of the format, written from the schema: one table for each part.

`docs/scenario-format.md` holds it between two marks; the rest of that page is written by hand.
"""

from __future__ import annotations

import inspect
import typing
from collections.abc import Iterator
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, get_args, get_origin

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from apps.scenarios.plays.game_file import GameFile
from apps.scenarios.schema import ScenarioDocument
from apps.scenarios.schema import part as scalars
from apps.scenarios.schema.inject import Audience
from apps.scenarios.schema.parameter import ParameterValue
from apps.scenarios.schema.track import Start, Visibility

REFERENCE_FILE = "docs/scenario-format.md"
BEGIN = "<!-- reference: written by manage.py scenario_schema --docs; do not edit below -->"
END = "<!-- end of reference -->"

_NAMES: tuple[tuple[Any, str], ...] = (
    (scalars.Id, "id"),
    (scalars.Date, "date"),
    (scalars.Version, "version"),
    (scalars.Line, "line"),
    (scalars.Text, "text"),
    (scalars.Number, "number"),
    (scalars.Expression, "expression"),
    (scalars.Target, "target"),
    (scalars.Scalar, "value"),
    (scalars.Range, "[low, high]"),
    (Visibility, "visibility"),
    (Audience, "audience"),
    (Start, "number, or numbers by id"),
    (ParameterValue, "value, or list of ids"),
    (int, "whole number"),
    (bool, "true or false"),
    (str, "text"),
    (Any, "anything"),
)


def reference() -> str:
    """The reference as Markdown."""
    lines: list[str] = []
    done: set[type[BaseModel]] = set()
    for root in (ScenarioDocument, GameFile):
        for part in _parts_below(root, done):
            lines += [f"### {part.__name__}", "", *_described(part), ""]
            lines += ["| key | value | if not given | meaning |", "|---|---|---|---|"]
            lines += [_row(part, name, field) for name, field in part.model_fields.items()]
            lines.append("")
    return "\n".join(lines).rstrip() + "\n"


def with_reference(page: str) -> str:
    """The page with its reference written anew. Raises ValueError when it has no marks."""
    head, begin, rest = page.partition(BEGIN)
    _, end, tail = rest.partition(END)
    if not begin or not end:
        raise ValueError(f"the page holds no {BEGIN} and {END}")
    return f"{head}{BEGIN}\n\n{reference()}\n{END}{tail}"


def _parts_below(root: type[BaseModel], done: set[type[BaseModel]]) -> Iterator[type[BaseModel]]:
    """The part and those that its fields hold, each once, in the order of the fields."""
    if root in done:
        return
    done.add(root)
    yield root
    for field in root.model_fields.values():
        for part in _parts_in(field.annotation):
            yield from _parts_below(part, done)


def _parts_in(annotation: Any) -> Iterator[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for argument in get_args(annotation):
        yield from _parts_in(argument)


def _described(part: type[BaseModel]) -> list[str]:
    return (inspect.getdoc(part) or "").splitlines()


def _row(part: type[BaseModel], name: str, field: FieldInfo) -> str:
    meaning = " ".join((field.description or "").split()).replace("|", "\\|")
    kind = _kind(part, name).replace("|", "\\|")
    return f"| `{field.alias or name}` | {kind} | {_default(field)} | {meaning} |"


def _kind(part: type[BaseModel], name: str) -> str:
    hints = typing.get_type_hints(part, include_extras=True)
    return _named(hints[name])


def _named(annotation: Any) -> str:
    for known, name in _NAMES:
        if annotation is known or annotation == known:
            return name
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return f"[{annotation.__name__}](#{annotation.__name__.lower()})"
    origin, arguments = get_origin(annotation), get_args(annotation)
    if origin is Annotated:
        return _named(arguments[0])
    if origin is Literal:
        return " or ".join(str(one) for one in arguments)
    if origin is dict:
        return f"mapping of {_named(arguments[0])} to {_named(arguments[1])}"
    if origin is list:
        return f"list of {_named(arguments[0])}"
    if origin in (typing.Union, UnionType):
        return " or ".join(_named(one) for one in arguments if one is not NoneType)
    return str(annotation)


def _default(field: FieldInfo) -> str:
    if field.is_required():
        return "**needed**"
    value = field.get_default(call_default_factory=True)
    if value is None or isinstance(value, BaseModel):
        return ""
    if value in ({}, [], ""):
        return "empty"
    return f"`{str(value).lower() if isinstance(value, bool) else value}`"
