"""Claims of the sources, as every "why" cites them: id, paragraphs, and the claim in our words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any


def claims_of(document: Mapping[str, Any], ids: Iterable[str]) -> list[dict[str, Any]]:
    """The claims of these ids; one that the document lacks keeps its id."""
    claims = document.get("claims") or {}
    return [
        {
            "id": key,
            "paragraphs": (claims.get(key) or {}).get("paragraphs") or [],
            "text": (claims.get(key) or {}).get("text", ""),
        }
        for key in ids
    ]
