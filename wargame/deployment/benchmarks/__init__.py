"""Measurements behind the sizing table of docs/operations.md."""

from __future__ import annotations

BENCHMARKS = {"sizing": "wargame.deployment.benchmarks.sizing"}
