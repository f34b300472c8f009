"""Claims of the article, cited: the id, the paragraphs, the claim in our own words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Citation:
    """One claim that a rule encodes."""

    id: str
    paragraphs: tuple[int, ...]
    text: str

    @property
    def short(self) -> str:
        """For the end of a line: "C20, ¶7"."""
        marks = ", ".join(f"¶{number}" for number in self.paragraphs)
        return f"{self.id}, {marks}" if marks else self.id


def citations(document: Mapping[str, Any], claims: Iterable[str]) -> list[Citation]:
    """The claims of these ids, once each, in their order; unknown ids keep their id alone."""
    known = document.get("claims", {})
    found = []
    for claim in dict.fromkeys(claims):
        body = known.get(claim, {})
        found.append(Citation(claim, tuple(body.get("paragraphs", ())), str(body.get("text", ""))))
    return found


def short_citation(document: Mapping[str, Any], claims: Iterable[str]) -> str:
    """All of them in one line, such as "C13, ¶4; C20, ¶7"."""
    return "; ".join(citation.short for citation in citations(document, claims))
