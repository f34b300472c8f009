"""Stamps: what one audience is shown, as a digest that a page and a push make alike.

A client says which stamp it shows; where the server would show the same, nothing is sent. So a page
that was just loaded is not pushed a second time.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from datetime import UTC, datetime


def digest(text: str) -> str:
    """A short digest (16 hexadecimal digits) of a fragment's HTML."""
    return hashlib.blake2b(text.encode(), digest_size=8).hexdigest()


def stamp_of(
    digests: Mapping[str, str], *, cursor: int, turn: int, phase: str, deadline: str | None
) -> str:
    """The digest of everything that an audience is shown.

    Args:
        digests: the element id of each fragment to its `digest`.
        deadline: as `iso` writes it.
    """
    content = hashlib.blake2b(f"{cursor}|{turn}|{phase}|{deadline}".encode(), digest_size=8)
    for name in sorted(digests):
        content.update(f"|{name}={digests[name]}".encode())
    return content.hexdigest()


def iso(moment: datetime | None) -> str | None:
    """A time as ISO 8601 in UTC, as it goes over the wire."""
    return None if moment is None else moment.astimezone(UTC).isoformat()
