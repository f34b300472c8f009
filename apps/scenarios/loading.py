"""Loads a scenario: reads it, checks its structure and its names, and compiles its rules."""

from __future__ import annotations

import functools
import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path as FilePath
from typing import Any

from apps.engine import Ruleset, RulesetError, compile_ruleset
from apps.scenarios.checking.references import unknown_references
from apps.scenarios.folder import read_scenario
from apps.scenarios.problem import Problem, ScenarioError, in_order
from apps.scenarios.schema import ScenarioDocument
from apps.scenarios.structure import checked_structure
from apps.scenarios.yaml_source import SourceMap

KEPT_RULESETS = 64


@dataclass(frozen=True, slots=True)
class LoadedScenario:
    """A scenario that can be played."""

    document: dict[str, Any]
    """The resolved document: plain JSON values, every default written out. A game saves this."""
    parts: ScenarioDocument
    """The same document as typed parts."""
    ruleset: Ruleset
    """The compiled rules."""
    digest: str
    """SHA-256 of the document's canonical JSON, in hexadecimal."""
    places: SourceMap
    """Where each value stood in the files."""

    @property
    def id(self) -> str:
        """The scenario's id."""
        return self.parts.scenario.id


def load_path(path: FilePath) -> LoadedScenario:
    """Loads a scenario's folder or single file.

    Raises ScenarioError with everything that keeps it from being played.
    """
    scenario, problems = try_to_load(path)
    if scenario is None:
        raise ScenarioError(problems)
    return scenario


def try_to_load(path: FilePath) -> tuple[LoadedScenario | None, list[Problem]]:
    """The scenario, or None and the problems that keep it from being played."""
    try:
        merged = read_scenario(path)
    except ScenarioError as refused:
        return None, list(refused.problems)
    if not merged.whole:
        return None, in_order(merged.problems)
    problems = list(merged.problems)
    parts, wrong = checked_structure(merged.document, merged.places)
    problems += wrong
    if parts is None:
        return None, in_order(problems)
    problems += unknown_references(parts, merged.places)
    parts = _in_order(parts)
    document = resolved(parts)
    try:
        ruleset = ruleset_for(document)
    except RulesetError as error:
        problems += _of_engine(error, merged.places, problems)
    if problems:
        return None, in_order(problems)
    return LoadedScenario(document, parts, ruleset, digest_of(document), merged.places), []


def resolved(parts: ScenarioDocument) -> dict[str, Any]:
    """The document as plain JSON values, with its defaults written out."""
    return parts.model_dump(mode="json", by_alias=True, exclude_none=True)


def _in_order(parts: ScenarioDocument) -> ScenarioDocument:
    """The same parts, with the governments in the order that the scenario gives."""
    governments = parts.governments
    first = [name for name in parts.scenario.order or () if name in governments]
    ordered = {name: governments[name] for name in [*first, *governments]}
    return parts.model_copy(update={"governments": ordered})


def digest_of(document: Mapping[str, Any]) -> str:
    """SHA-256 of the canonical JSON (keys sorted), so that a store may reorder keys."""
    return hashlib.sha256(_canonical(document).encode()).hexdigest()


def ruleset_for(document: Mapping[str, Any]) -> Ruleset:
    """The compiled rules of a resolved document; compiled once for each document.

    Raises RulesetError when the document's rules are wrong.
    """
    return _compiled(json.dumps(document, ensure_ascii=False, separators=(",", ":")))


@functools.lru_cache(maxsize=KEPT_RULESETS)
def _compiled(text: str) -> Ruleset:
    # Keyed by the text as it is ordered: the order of moves and governments is what people see.
    return compile_ruleset(json.loads(text))


def _canonical(document: Mapping[str, Any]) -> str:
    return json.dumps(document, sort_keys=True, ensure_ascii=False, separators=(",", ":"))


def _of_engine(error: RulesetError, places: SourceMap, known: list[Problem]) -> list[Problem]:
    """The engine's issues with their places, without those that are already reported."""
    reported = {problem.path for problem in known}
    return [
        Problem(
            "rules",
            issue.message,
            places.inside(issue.path, issue.offset),
            issue.path,
            issue.suggestion or "",
        )
        for issue in error.issues
        if issue.path not in reported
    ]
