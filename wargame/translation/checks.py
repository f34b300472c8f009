"""What is wrong with a catalog: texts that are missing, placeholders that do not agree."""

from __future__ import annotations

import re
from collections.abc import Iterator

from babel.messages import Catalog, Message

PLACEHOLDER = re.compile(r"%%|%\((\w+)\)([a-z])|%([sd])|\{\w+\}")
HANGUL_PARTICLE = re.compile(r"(%\(\w+\)[sd]|%[sd])(을|를|이|가|은|는|와|과|로|으로)(?![가-힣])")
"""A particle whose form depends on the sound before it, right after a text that is filled in."""


def problems(catalog: Catalog, marked: Catalog) -> Iterator[str]:
    """Say what is wrong with a catalog, a line for each; `marked` is what the sources hold."""
    for wanted in marked:
        if wanted.id:
            found = catalog.get(wanted.id, wanted.context)
            if found is None or not _complete(found):
                yield f"missing: {_first(wanted.id)!r} ({wanted.locations[0][0]})"
    for message in catalog:
        if message.id:
            yield from _problems_of(message, catalog)


def _problems_of(message: Message, catalog: Catalog) -> Iterator[str]:
    name = repr(_first(message.id))
    if message.fuzzy:
        yield f"fuzzy: {name}"
    if not _complete(message):
        return
    if isinstance(message.id, tuple) and len(_texts(message.string)) != catalog.num_plurals:
        yield f"{name} needs {catalog.num_plurals} forms"
    given = _placeholders(message.id)
    for text in _texts(message.string):
        if not set(placeholders(text)) <= given:
            yield f"{name} has no {', '.join(sorted(set(placeholders(text)) - given))}: {text!r}"
        if not isinstance(message.id, tuple) and set(placeholders(text)) != given:
            yield f"{name} loses {', '.join(sorted(given - set(placeholders(text))))}: {text!r}"
        if message.id != "" and text[:1].isspace() != _first(message.id)[:1].isspace():
            yield f"{name} begins with another space: {text!r}"
        if text.count('"') > _first(message.id).count('"'):
            yield f"{name} has a straight quotation mark, which ends an attribute: {text!r}"
        if catalog.locale and catalog.locale.language == "ko" and HANGUL_PARTICLE.search(text):
            yield f"{name} has a particle that depends on what is filled in: {text!r}"
    if isinstance(message.id, tuple) and "%" in message.id[1]:
        last = _texts(message.string)[-1]
        if set(placeholders(last)) != set(placeholders(message.id[1])):
            yield f"{name} loses a placeholder in its last form: {last!r}"


def placeholders(text: str) -> list[str]:
    """The placeholders of a text: %(name)s and %d, in the order of their places."""
    return [match[0] for match in PLACEHOLDER.finditer(text) if match[0] != "%%"]


def _placeholders(text: str | tuple[str, ...] | list[str]) -> set[str]:
    return {name for one in _texts(text) for name in placeholders(one)}


def _texts(text: str | tuple[str, ...] | list[str] | None) -> list[str]:
    return [text] if isinstance(text, str) else list(text or ())


def _first(text: str | tuple[str, ...] | list[str]) -> str:
    return _texts(text)[0]


def _complete(message: Message) -> bool:
    return bool(message.string) and all(_texts(message.string))
