"""The Strait of Veld with a few words changed: a scenario for tests of what can be wrong."""

from __future__ import annotations

import shutil
from pathlib import Path

from apps.scenarios.checking.report import Report, report_on
from apps.scenarios.library import scenario_folder


def veld_with(folder: Path, changes: dict[str, list[tuple[str, str]]]) -> Path:
    """A copy of the scenario in which each (old, new) of a file has been replaced once."""
    copy = folder / "strait_of_veld"
    shutil.copytree(scenario_folder("strait_of_veld"), copy)
    for name, replacements in changes.items():
        path = copy / name
        text = path.read_text(encoding="utf-8")
        for old, new in replacements:
            assert text.count(old) >= 1, f"{name} does not hold {old!r}"
            text = text.replace(old, new, 1)
        path.write_text(text, encoding="utf-8")
    return copy


def report_with(folder: Path, changes: dict[str, list[tuple[str, str]]]) -> Report:
    """What the checker says of the changed copy."""
    return report_on(veld_with(folder, changes))
