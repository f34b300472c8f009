"""Checks a merged document against the schema, and says what is wrong in the author's words."""

from __future__ import annotations

import functools
from typing import Any

from pydantic import BaseModel, ValidationError

from apps.scenarios.problem import Path, Problem, did_you_mean, in_order
from apps.scenarios.schema import ScenarioDocument
from apps.scenarios.schema.part import Part
from apps.scenarios.schema.variant import TAG_PREFIX
from apps.scenarios.yaml_source import SourceMap


def checked_structure(
    document: dict[str, Any], places: SourceMap
) -> tuple[ScenarioDocument | None, list[Problem]]:
    """The document as parts, or None and what is wrong with its structure."""
    try:
        return ScenarioDocument.model_validate(document), []
    except ValidationError as error:
        problems = [
            problem_of(document, places, dict(one), ScenarioDocument) for one in error.errors()
        ]
        return None, in_order(problems)


def problem_of(
    document: Any, places: SourceMap, error: dict[str, Any], part: type[Part]
) -> Problem:
    """One error of validating `document` as a `part`, in the author's words and with its place."""
    path = _path_of(document, error["loc"])
    kind = error["type"]
    if kind == "missing":
        name = error["loc"][-1]
        where = f"{_name(path)} needs the key {name}" if path else f"the section {name} is missing"
        return Problem("missing", where, places.key(path or ("format",)), (*path, name))
    if kind == "extra_forbidden":
        key = path[-1]
        where = _name(path[:-1]) if len(path) > 1 else "the document"
        return Problem(
            "unknown-key",
            f"unknown key {key} in {where}",
            places.key(path),
            path,
            did_you_mean(key, known_keys(path, part)),
        )
    message = f"{_name(path)}: {_sentence(error)}"
    return Problem(kind, message, places.value(path), path, _advice(error))


def _path_of(document: Any, location: tuple[str | int, ...]) -> Path:
    """The document's path for an error's location: without tags and what is not there."""
    node: Any = document
    path: list[str | int] = []
    for item in location:
        if isinstance(item, str) and item.startswith(TAG_PREFIX):
            continue
        if _holds(node, item):
            node = node[item]
            path.append(item)
    return tuple(path)


def _holds(node: Any, item: str | int) -> bool:
    if isinstance(node, dict):
        return item in node
    return isinstance(node, list) and isinstance(item, int) and item < len(node)


def _sentence(error: dict[str, Any]) -> str:
    kind, message, context = error["type"], error["msg"], error.get("ctx", {})
    if kind == "value_error":
        return str(context.get("error", message))
    if kind == "literal_error":
        return f"must be {context['expected'].replace(chr(39), '')}"
    if kind.endswith("_type"):
        wanted = {
            "string_type": "a text (in quotes if it looks like a number)",
            "int_type": "a whole number",
            "bool_type": "true or false",
            "dict_type": "a mapping (key: value)",
            "model_type": "a mapping (key: value)",
            "model_attributes_type": "a mapping (key: value)",
            "list_type": "a list ([a, b], or lines that begin with -)",
        }.get(kind)
        return f"must be {wanted}" if wanted else message
    limits = {
        "greater_than_equal": "must be at least {ge}",
        "less_than_equal": "must be at most {le}",
        "string_too_long": "must have at most {max_length} characters",
        "string_too_short": "must not be empty",
        "too_short": "must hold at least {min_length}",
        "too_long": "must hold at most {max_length}",
    }
    if kind in limits:
        return limits[kind].format(**context)
    return message[:1].lower() + message[1:]


def _advice(error: dict[str, Any]) -> str:
    given = error.get("input")
    if error["type"] == "literal_error" and isinstance(given, str):
        expected = error["ctx"]["expected"].replace("'", "").replace(" or ", ", ")
        return did_you_mean(given, expected.split(", "))
    if given is None and error["type"] != "missing":
        return "nothing is written here: give a value, or delete the key"
    if isinstance(given, str | int | float | bool) and error["type"] not in ("string_too_long",):
        return f"it says {str(given)[:60]!r}" if str(given) else ""
    return ""


def _name(path: Path) -> str:
    return ".".join(str(item) for item in path) or "the document"


def known_keys(path: Path, part: type[Part]) -> frozenset[str]:
    """The keys that may stand where `path` ends, for suggestions."""
    if len(path) == 1:
        return frozenset(part.model_fields)
    return _keys_below(part, str(path[0]))


@functools.cache
def _keys_below(part: type[Part], section: str) -> frozenset[str]:
    """All keys of the parts that can occur in a section."""
    field = part.model_fields.get(section)
    keys: set[str] = set()
    todo: list[Any] = [field.annotation] if field else []
    seen: set[Any] = set()
    while todo:
        kind = todo.pop()
        if isinstance(kind, type) and issubclass(kind, BaseModel):
            if kind in seen:
                continue
            seen.add(kind)
            for name, described in kind.model_fields.items():
                keys.add(described.alias or name)
                todo.append(described.annotation)
        todo.extend(getattr(kind, "__args__", ()))
    return frozenset(keys)
