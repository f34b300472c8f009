"""Benchmarks of delivery; `manage.py benchmark` finds them by `BENCHMARKS`."""

from __future__ import annotations

BENCHMARKS = {
    "pages": "apps.live.benchmarks.pages",
    "push": "apps.live.benchmarks.push",
    "turn": "apps.live.benchmarks.turn",
}
