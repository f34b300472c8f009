"""Parts rendered once for the same content, whoever reads it and however often it is pushed.

Most of what a turn shows is the same for every delegation, and most of what a message changes
is one list. So a part's HTML is kept under its template and a digest of *everything that its
template can read*: the context that was prepared, and those properties of the room that the
template and the templates it includes name; and the language. Content that differs in any way is
rendered anew: so nothing can reach an audience that it was not prepared for.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from functools import cache
from typing import Any

import orjson
from django.template.loader import get_template
from django.utils.functional import Promise
from django.utils.translation import get_language

from apps.games.room.doorway import Doorway
from wargame.kept import Kept

KEPT_BYTES = 32 * 2**20
"""How much HTML each process keeps, in characters; the least recently used goes first."""

_OPTIONS = orjson.OPT_NON_STR_KEYS | orjson.OPT_PASSTHROUGH_SUBCLASS | orjson.OPT_SORT_KEYS
_ROOM = re.compile(r"\broom\.([a-z_]+)")
_INCLUDE = re.compile(r"{%\s*include\s+\"([^\"]+)\"")
_ANY_INCLUDE = re.compile(r"{%\s*(?:include|extends)\s+(?!\")")

_kept: Kept[bytes, str] = Kept(KEPT_BYTES, size_of=len)


class Unkeepable(Exception):
    """The context holds something of which the content cannot be told."""


def rendered(template: str, room: Doorway | None, context: Mapping[str, Any]) -> str:
    """The HTML of `template` for this room and context; remembered by their content."""
    key = key_of(template, room, context)
    known = None if key is None else _kept.get(key)
    if known is not None:
        return known
    given = context if room is None else {"room": room, **context}
    html = get_template(template).render(dict(given)).strip()
    return html if key is None else _kept.keep(key, html)


def key_of(template: str, room: Doorway | None, context: Mapping[str, Any]) -> bytes | None:
    """A digest of everything that the template can read; None where that cannot be told."""
    named = names_of_room(template)
    if named is None:
        return None
    read = {} if room is None else {name: getattr(room, name) for name in named}
    try:
        content = orjson.dumps(
            [template, get_language(), read, context], default=_plain, option=_OPTIONS
        )
    except (TypeError, Unkeepable):
        return None
    return hashlib.blake2b(content, digest_size=20).digest()


@cache
def names_of_room(template: str) -> tuple[str, ...] | None:
    """The properties of `room` that a template names, with those that it includes.

    None if it includes a template by a name that is known only when it is rendered.
    """
    source = get_template(template).template.source  # type: ignore[attr-defined]
    if _ANY_INCLUDE.search(source):
        return None
    names = set(_ROOM.findall(source))
    for included in _INCLUDE.findall(source):
        inner = names_of_room(included)
        if inner is None:
            return None
        names |= set(inner)
    return tuple(sorted(names))


def _plain(value: Any) -> Any:
    """What orjson does not write by itself. A safe text is not the same as one to be escaped."""
    if isinstance(value, str):
        return [type(value).__name__, str.__str__(value)]
    if isinstance(value, Promise):
        return ["lazy", str(value)]
    if isinstance(value, Mapping):
        return {str(key): item for key, item in value.items()}
    if isinstance(value, (set, frozenset)):
        return ["set", *sorted(map(str, value))]
    if isinstance(value, (list, tuple)):
        return list(value)
    raise Unkeepable(type(value).__name__)
