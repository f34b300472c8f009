"""Finds every expression of a document and reads it for the checks. Nothing is evaluated here."""

from __future__ import annotations

import ast
import functools
import typing
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from pydantic import BaseModel

from apps.scenarios.problem import Path
from apps.scenarios.schema.part import ExpressionText


@dataclass(frozen=True, slots=True)
class Written:
    """An expression where it stands."""

    path: Path
    text: str
    tree: ast.expr


def expressions_in(part: Any, path: Path = ()) -> Iterator[Written]:
    """Every expression and target in a part of the document, with its path."""
    if isinstance(part, BaseModel):
        for name, field in type(part).model_fields.items():
            value = getattr(part, name)
            here = (*path, field.alias or name)
            if value is None:
                continue
            if _is_expression(type(part), name):
                yield from _written(value, here)
            else:
                yield from expressions_in(value, here)
    elif isinstance(part, dict):
        for key, value in part.items():
            yield from expressions_in(value, (*path, key))
    elif isinstance(part, list):
        for index, value in enumerate(part):
            yield from expressions_in(value, (*path, index))


def _written(value: Any, path: Path) -> Iterator[Written]:
    values = value if isinstance(value, list) else [value]
    for index, one in enumerate(values):
        text = one if isinstance(one, str) else str(one).lower()
        tree = parsed(text)
        if tree is not None:
            yield Written((*path, index) if isinstance(value, list) else path, text, tree)


@functools.lru_cache(maxsize=20_000)
def parsed(text: str) -> ast.expr | None:
    """The expression's syntax tree, or None if it has none; the engine reports that."""
    try:
        return ast.parse(text.strip(), mode="eval").body
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None


@functools.cache
def _is_expression(part: type[BaseModel], name: str) -> bool:
    field = part.model_fields[name]
    if any(isinstance(mark, ExpressionText) for mark in field.metadata):
        return True
    return _marked(field.annotation)


def _marked(annotation: Any) -> bool:
    if typing.get_origin(annotation) is typing.Annotated:
        return any(isinstance(mark, ExpressionText) for mark in annotation.__metadata__)
    return any(
        _marked(argument)
        for argument in typing.get_args(annotation)
        if not (isinstance(argument, type) and issubclass(argument, BaseModel))
    )


def words_of(tree: ast.expr) -> set[str]:
    """Every name that the expression uses, of whatever kind."""
    return {node.id for node in ast.walk(tree) if isinstance(node, ast.Name)}


def base_of(target: str) -> str:
    """The track or fact of a target: `relation` of `relation[a, b]`."""
    return target.split("[", 1)[0].strip()
