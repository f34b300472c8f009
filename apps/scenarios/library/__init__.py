"""The scenarios that come with the product: one folder each.

Scenarios are loaded once a process. A saved game holds its own resolved document and needs only
`ruleset_for`.
"""

from __future__ import annotations

import functools
from pathlib import Path as FilePath

from apps.scenarios.loading import LoadedScenario, load_path, ruleset_for
from apps.scenarios.problem import Problem, ScenarioError, did_you_mean

__all__ = ["LIBRARY", "load_scenario", "ruleset_for", "scenario_folder", "scenario_ids"]

LIBRARY = FilePath(__file__).resolve().parent


@functools.cache
def scenario_ids() -> tuple[str, ...]:
    """The ids of the library's scenarios, sorted."""
    return tuple(sorted(path.parent.name for path in LIBRARY.glob("*/scenario.yaml")))


def scenario_folder(scenario_id: str) -> FilePath:
    """The folder of a scenario of the library.

    Raises ScenarioError when the library has no such scenario.
    """
    if scenario_id not in scenario_ids():
        known = scenario_ids()
        raise ScenarioError(
            [
                Problem(
                    "no-scenario",
                    f"the library has no scenario {scenario_id[:80]}",
                    suggestion=did_you_mean(scenario_id, known) or f"known: {', '.join(known)}",
                )
            ]
        )
    return LIBRARY / scenario_id


@functools.cache
def load_scenario(scenario_id: str) -> LoadedScenario:
    """A scenario of the library, loaded once a process.

    Raises ScenarioError when there is none of that id, or when it cannot be played.
    """
    return load_path(scenario_folder(scenario_id))
