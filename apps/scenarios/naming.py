"""A scenario named on a command line: an id of the library, or a path."""

from __future__ import annotations

from pathlib import Path as FilePath

from apps.scenarios.library import scenario_folder, scenario_ids


def path_named(name: str) -> FilePath:
    """The folder or file that is meant.

    Raises ScenarioError when it is neither an id of the library nor a path that is there.
    """
    if name in scenario_ids():
        return scenario_folder(name)
    path = FilePath(name)
    return path if path.exists() else scenario_folder(name)
