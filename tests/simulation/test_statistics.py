"""Shares, quantiles and differences."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apps.scenarios.library import load_scenario
from apps.scenarios.loading import ruleset_for
from apps.simulation.batches import play_batch
from apps.simulation.charts import tornado_bars
from apps.simulation.report import report_of
from apps.simulation.statistics import (
    mean_with_interval,
    outcomes_of,
    paired,
    quantiles,
    share_of,
    summary_of,
    values_of,
)
from apps.simulation.tables import columns_of, csv_lines, rows_of
from apps.simulation.variants import knobs_of, turned
from apps.simulation.whole_game import WholeGame

VELD = load_scenario("strait_of_veld")
PLAYED = play_batch(VELD.ruleset, "s", range(12))
assert PLAYED is not None


@given(st.integers(0, 500), st.integers(1, 500))
def test_a_share_lies_within_its_interval(count: int, more: int) -> None:
    found = share_of(count, count + more)
    assert 0 <= found["low"] <= found["share"] <= found["high"] <= 1


def test_a_share_by_wilson() -> None:
    found = share_of(8, 10)
    assert (round(found["low"], 4), round(found["high"], 4)) == (0.4902, 0.9433)
    assert share_of(0, 0) == {"count": 0, "share": 0.0, "low": 0.0, "high": 1.0}


@given(st.lists(st.floats(-1e6, 1e6), min_size=1, max_size=60))
def test_quantiles_are_in_order_and_within_the_values(values: list[float]) -> None:
    found = quantiles(values)
    assert found == sorted(found)
    assert min(values) - 1e-3 <= found[0]
    assert found[-1] <= max(values) + 1e-3


def test_quantiles_interpolate() -> None:
    assert quantiles([0, 1, 2, 3, 4]) == [0.2, 1.0, 2.0, 3.0, 3.8]
    assert quantiles([]) == []


def test_a_mean_of_equal_values_is_certain() -> None:
    assert mean_with_interval([5.0, 5.0, 5.0]) == {"mean": 5.0, "low": 5.0, "high": 5.0}


def test_the_summary_counts_every_game_once() -> None:
    summary = summary_of(PLAYED.games, PLAYED.fired, VELD.document)
    assert sum(row["count"] for row in summary["endings"]) == 12
    assert {row["id"] for row in summary["moves"]} == set(VELD.document["moves"])
    assert {row["id"] for row in summary["rules"]} == set(VELD.document["rules"])
    assert len(summary["tracks"]["tension"]) == 7
    assert "Rules that never fired" in report_of(summary, VELD.document)


def tension_of(games: Iterable[WholeGame]) -> dict[str, float]:
    return values_of(games, "track:tension", VELD.document)


def test_equal_games_do_not_differ() -> None:
    values = tension_of(PLAYED.games)
    found = paired(values, dict(reversed(values.items())))
    assert found["games"] == 12
    assert found["difference"]["mean"] == 0
    assert not found["clear"]


def test_a_difference_of_every_game_is_clear() -> None:
    raised = [
        replace(
            game, tracks={"tension": [*game.tracks["tension"][:-1], game.tracks["tension"][-1] + 1]}
        )
        for game in PLAYED.games
    ]
    found = paired(tension_of(PLAYED.games), tension_of(raised))
    assert found["difference"]["mean"] == pytest.approx(1)
    assert found["clear"]


def test_every_outcome_can_be_looked_at() -> None:
    for outcome in outcomes_of(VELD.document):
        assert len(values_of(PLAYED.games, outcome, VELD.document)) == 12


@pytest.mark.parametrize(
    "knob", list(knobs_of(VELD.document)), ids=lambda knob: f"{knob.kind}-{knob.id}"
)
@pytest.mark.parametrize("direction", [-1, 1])
def test_a_turned_scenario_still_compiles(knob: Any, direction: int) -> None:
    changed = turned(VELD.document, knob.kind, knob.id, direction)
    assert changed != VELD.document
    ruleset_for(changed)


def test_turning_leaves_the_scenario_alone() -> None:
    before = repr(VELD.document)
    turned(VELD.document, "start", "relation", 1)
    assert repr(VELD.document) == before


def test_bars_share_one_scale() -> None:
    def side(mean: float) -> dict[str, Any]:
        return {"difference": {"mean": mean}, "clear": True}

    bars = [
        {"kind": "rule", "id": "a", "title": "A", "less": side(-2.0), "more": side(4.0)},
        {"kind": "rule", "id": "b", "title": "B", "less": side(0.0), "more": side(-1.0)},
    ]
    one, two = tornado_bars(bars)
    assert one["more"]["x"] == 160
    assert one["less"]["x"] + one["less"]["width"] == 160
    assert one["more"]["width"] == pytest.approx(4 * two["more"]["width"], abs=0.3)
    assert tornado_bars([]) == []


def test_the_table_has_a_row_a_game() -> None:
    columns = columns_of(VELD.document, PLAYED.games[0])
    text = "".join(csv_lines(columns, rows_of(VELD.document, "As it is", PLAYED.games)))
    rows = list(csv.DictReader(io.StringIO(text)))
    assert len(rows) == 12
    assert rows[3]["seed"] == "s/3"
    assert float(rows[3]["end_tension"]) == PLAYED.games[3].tracks["tension"][-1]


def test_a_cell_is_never_a_formula() -> None:
    text = "".join(csv_lines(["arm"], [{"arm": "=1+1"}]))
    assert "'=1+1" in text
