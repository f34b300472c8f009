"""The engine's benchmarks run and report ratios; what they report is not judged here."""

from __future__ import annotations

import sys

import pytest

from apps.simulation.benchmarks import adjudication


def test_adjudication_is_measured_against_the_rules_alone_where_diplomacy_is_missing(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(sys.modules, "diplomacy", None)
    figures = adjudication.run({"scenario": "strait_of_veld", "repeat": 3})
    assert figures["floor"] == "rules alone"
    rows = {row["what"]: row for row in figures["rows"]}
    assert set(rows) == {
        "rules alone",
        "state only",
        "with events",
        "with JSON values",
        "one condition",
    }
    assert rows["rules alone"]["ratio"] == "1.00"
    assert all(float(row["median"]) > 0 for row in rows.values())
