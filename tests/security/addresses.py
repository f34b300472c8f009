"""Every address of the product, filled in for one game: new ones are tested when they exist."""

from __future__ import annotations

import re
import uuid
from collections.abc import Iterator
from pathlib import Path

from django.urls import URLPattern, URLResolver, get_resolver

ROOT = Path(__file__).resolve().parents[2]
ARGUMENT = re.compile(r"<(?:(\w+):)?(\w+)>")
NAMES = re.compile(r"POST\.(?:get|getlist)\(\s*\"(\w+)\"|POST\[\"(\w+)\"\]")
FIELDS = re.compile(r"^    (\w+) = (?:forms\.)?\w*Field\(", re.MULTILINE)


def patterns() -> Iterator[str]:
    """The product's own patterns; Django's admin has tests of its own."""

    def walk(resolver: URLResolver, before: str) -> Iterator[str]:
        for part in resolver.url_patterns:
            path = before + str(part.pattern)
            if path.startswith("admin/"):
                continue
            if isinstance(part, URLPattern):
                yield path.replace("^", "").replace("$", "").replace("\\Z", "")
            else:
                yield from walk(part, path)

    yield from walk(get_resolver(), "")


def filled(pattern: str, known: dict[str, object]) -> str:
    """A pattern as a path; an argument that is not `known` gets a value of its kind."""

    def value(match: re.Match[str]) -> str:
        kind, name = match.groups()
        if name in known:
            return str(known[name])
        return {"uuid": str(uuid.uuid4()), "int": "1", "slug": "x"}.get(kind or "", "x")

    return "/" + ARGUMENT.sub(value, pattern)


def addresses(known: dict[str, object]) -> dict[str, str]:
    """Each pattern with its path."""
    return {pattern: filled(pattern, known) for pattern in patterns()}


def field_names() -> list[str]:
    """Every name that a view or a form of the product reads from a post."""
    found: set[str] = set()
    for source in (ROOT / "apps").rglob("*.py"):
        if "views" in str(source) or "forms" in source.name:
            text = source.read_text()
            found |= {name for pair in NAMES.findall(text) for name in pair if name}
            found |= set(FIELDS.findall(text))
    return sorted(found)
