"""Problems of a scenario: where, what, and what to do about it."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal

Path = tuple[str | int, ...]
"""Where in the document: ("moves", "sanction", "cost")."""

Severity = Literal["error", "warning"]


@dataclass(frozen=True, slots=True)
class Position:
    """A place in a file; line and column count from 1."""

    file: str
    line: int
    column: int

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}"


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong, or (a warning) that looks wrong."""

    code: str
    message: str
    position: Position | None = None
    path: Path = ()
    suggestion: str = ""
    severity: Severity = "error"

    def __str__(self) -> str:
        place = f"{self.position}: " if self.position else ""
        advice = f" ({self.suggestion})" if self.suggestion else ""
        return f"{place}{self.severity}: {self.message}{advice} [{self.code}]"

    def to_json(self) -> dict[str, Any]:
        """The problem as JSON: for `check_scenario --json`."""
        position = self.position
        return {
            "severity": self.severity,
            "code": self.code,
            "message": self.message,
            "suggestion": self.suggestion,
            "path": list(self.path),
            "file": position.file if position else None,
            "line": position.line if position else None,
            "column": position.column if position else None,
        }

    def at(self, position: Position | None) -> Problem:
        """The same problem with its place."""
        return replace(self, position=position)


class ScenarioError(Exception):
    """A scenario that cannot be loaded. `problems` says why, in the order of the files."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(str(problem) for problem in self.problems))


def did_you_mean(word: object, known: Iterable[str]) -> str:
    """A suggestion for a word that is not known, or "" when nothing is near."""
    near = difflib.get_close_matches(str(word)[:80], list(known), n=1, cutoff=0.6)
    return f"did you mean {near[0]}?" if near else ""


def in_order(problems: Iterable[Problem]) -> list[Problem]:
    """Errors before warnings, each by file, line and column."""

    def key(problem: Problem) -> tuple[object, ...]:
        place = problem.position or Position("", 0, 0)
        return (problem.severity != "error", place.file, place.line, place.column, problem.message)

    return sorted(set(problems), key=key)
