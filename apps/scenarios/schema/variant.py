"""Parts that come in several shapes, told apart by a key or by the value of `type`."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from pydantic import BaseModel, Discriminator

TAG_PREFIX = "variant:"
"""Set before each tag, so that a tag in an error's location is never mistaken for a key."""
WORD = TAG_PREFIX + "word"
MAPPING = TAG_PREFIX + "mapping"


def by_key(keys: Iterable[str], message: str) -> Discriminator:
    """Tells the shapes apart by which one of `keys` is there; `message` says what was expected."""
    known = tuple(keys)

    def tag(value: Any) -> str | None:
        present = [key for key in known if _holds(value, key)]
        return f"{TAG_PREFIX}{present[0]}" if len(present) == 1 else None

    return Discriminator(tag, custom_error_type="variant", custom_error_message=message)


def by_type(types: Iterable[str], message: str) -> Discriminator:
    """Tells the shapes apart by the value of the key `type`."""
    known = frozenset(types)

    def tag(value: Any) -> str | None:
        kind = value.get("type") if isinstance(value, dict) else getattr(value, "type", None)
        return f"{TAG_PREFIX}{kind}" if isinstance(kind, str) and kind in known else None

    return Discriminator(tag, custom_error_type="variant", custom_error_message=message)


def word_or_mapping(words: Iterable[str], message: str) -> Discriminator:
    """Tells one of `words` (tag `WORD`) from a mapping (tag `MAPPING`)."""
    known = frozenset(words)

    def tag(value: Any) -> str | None:
        if isinstance(value, str):
            return WORD if value in known else None
        return MAPPING if isinstance(value, dict | BaseModel) else None

    return Discriminator(tag, custom_error_type="variant", custom_error_message=message)


def _holds(value: Any, key: str) -> bool:
    if isinstance(value, dict):
        return key in value
    return getattr(value, key, None) is not None
