"""What a check works on: the document, where its values stood, and what it uses."""

from __future__ import annotations

import functools
from dataclasses import dataclass

from apps.engine import Ruleset
from apps.scenarios.checking.usage import Usage
from apps.scenarios.problem import Path, Problem, Severity
from apps.scenarios.schema import ScenarioDocument
from apps.scenarios.yaml_source import SourceMap


@dataclass(frozen=True)
class Concern:
    """Handed to each check; builds its problems."""

    document: ScenarioDocument
    places: SourceMap
    ruleset: Ruleset

    @functools.cached_property
    def usage(self) -> Usage:
        """What the document uses of what it declares."""
        return Usage(self.document)

    def error(self, code: str, path: Path, message: str, suggestion: str = "") -> Problem:
        """A defect, at the key or value of `path`."""
        return self._problem("error", code, path, message, suggestion)

    def warning(self, code: str, path: Path, message: str, suggestion: str = "") -> Problem:
        """Something that looks wrong but can be meant."""
        return self._problem("warning", code, path, message, suggestion)

    def _problem(
        self, severity: Severity, code: str, path: Path, message: str, suggestion: str
    ) -> Problem:
        return Problem(code, message, self.places.key(path), path, suggestion, severity)
