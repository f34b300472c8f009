"""What the engine says about a scenario that it cannot adjudicate. Raised only while compiling."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches

Path = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class Issue:
    """One thing wrong with a scenario document.

    `path` leads to the value in the document (keys and list positions); `offset` is the
    position in characters inside that value, for an expression; `suggestion` says what to do.
    """

    path: Path
    message: str
    suggestion: str = ""
    offset: int = 0

    def __str__(self) -> str:
        where = ".".join(str(step) for step in self.path) or "document"
        hint = f" ({self.suggestion})" if self.suggestion else ""
        return f"{where}: {self.message}{hint}"


class RulesetError(Exception):
    """A document that does not compile; `issues` holds everything found, in document order."""

    def __init__(self, issues: Iterable[Issue]) -> None:
        self.issues = list(issues)
        super().__init__("\n".join(str(issue) for issue in self.issues))


def nearest(word: str, words: Iterable[str]) -> str:
    """A suggestion for a misspelled word, or the words that exist when they are few."""
    known = sorted(set(words))
    found = get_close_matches(word, known, n=1, cutoff=0.6)
    if found:
        return f"did you mean “{found[0]}”?"
    if 0 < len(known) <= 8:
        return "known here: " + ", ".join(known)
    return ""
