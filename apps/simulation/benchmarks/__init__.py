"""Benchmarks of the engine; `manage.py benchmark` finds them by `BENCHMARKS`."""

from __future__ import annotations

BENCHMARKS = {
    "adjudication": "apps.simulation.benchmarks.adjudication",
    "simulation": "apps.simulation.benchmarks.whole_games",
    "studies": "apps.simulation.benchmarks.studies",
}
