"""Everything that `check_scenario` finds, in one report."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path as FilePath
from typing import Any

from apps.scenarios.checking.cases import problems_of_examples
from apps.scenarios.checking.concern import Concern
from apps.scenarios.checking.opening import problems_of_opening
from apps.scenarios.checking.provenance import problems_of_provenance
from apps.scenarios.checking.reach import problems_of_reach
from apps.scenarios.checking.units import problems_of_units
from apps.scenarios.checking.unused import problems_of_usage
from apps.scenarios.loading import LoadedScenario, try_to_load
from apps.scenarios.problem import Problem, in_order

CHECKS: tuple[Callable[[Concern], Iterator[Problem]], ...] = (
    problems_of_provenance,
    problems_of_usage,
    problems_of_reach,
    problems_of_units,
    problems_of_opening,
    problems_of_examples,
)


@dataclass(frozen=True, slots=True)
class Report:
    """What was found in a scenario; `scenario` is None when it cannot be loaded."""

    scenario: LoadedScenario | None
    problems: tuple[Problem, ...]

    @property
    def errors(self) -> tuple[Problem, ...]:
        """What has to be mended."""
        return tuple(problem for problem in self.problems if problem.severity == "error")

    @property
    def warnings(self) -> tuple[Problem, ...]:
        """What looks wrong but can be meant."""
        return tuple(problem for problem in self.problems if problem.severity == "warning")

    def counts(self) -> dict[str, int]:
        """How many of each thing the scenario has; empty if it cannot be loaded."""
        if self.scenario is None:
            return {}
        parts = self.scenario.parts
        sections = ("governments", "tracks", "moves", "rules", "claims", "clauses", "agreements")
        counts = {section: len(getattr(parts, section)) for section in sections}
        counts["examples"] = sum(len(rule.examples) for rule in parts.rules.values())
        return counts

    def to_json(self) -> dict[str, Any]:
        """The report as JSON."""
        scenario = self.scenario
        return {
            "scenario": scenario.id if scenario else None,
            "version": scenario.parts.scenario.version if scenario else None,
            "digest": scenario.digest if scenario else None,
            "loads": scenario is not None,
            "counts": self.counts(),
            "errors": len(self.errors),
            "warnings": len(self.warnings),
            "problems": [problem.to_json() for problem in self.problems],
        }


def report_on(path: FilePath) -> Report:
    """Loads the scenario at `path` and runs every check on it."""
    scenario, problems = try_to_load(path)
    if scenario is None:
        return Report(None, tuple(problems))
    return Report(scenario, tuple(in_order(problems_of(scenario))))


def problems_of(scenario: LoadedScenario) -> Iterator[Problem]:
    """What every check finds in a scenario that loads."""
    concern = Concern(scenario.parts, scenario.places, scenario.ruleset)
    for check in CHECKS:
        yield from check(concern)
