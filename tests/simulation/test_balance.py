"""Games by doctrine, and the bounds that a scenario is held to."""

from __future__ import annotations

import json
from dataclasses import replace
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from apps.scenarios.library import load_scenario
from apps.simulation.findings import Findings
from apps.simulation.whole_game import WholeGame, play

DOCUMENT = load_scenario("korean_knot").document


@pytest.fixture(scope="module")
def games() -> list[WholeGame]:
    """A handful of games of Korean Knot."""
    ruleset = load_scenario("korean_knot").ruleset
    return [play(ruleset, f"test-{number}") for number in range(12)]


def found(games: list[WholeGame]) -> Findings:
    return Findings(games, 60, DOCUMENT)


def test_shares_are_of_all_games(games: list[WholeGame]) -> None:
    findings = found(games)
    assert sum(findings.endings().values()) == pytest.approx(1)
    orders = findings.orders()
    assert sum(share for _, share in orders.values()) == pytest.approx(1)
    assert set(orders) == set(DOCUMENT["moves"])


def test_a_broken_bound_is_named(games: list[WholeGame]) -> None:
    everything = {seat: list(aims) for seat, aims in DOCUMENT["objectives"].items()}
    same = [replace(game, ending="war", reached=everything) for game in games]
    breaches = " ".join(found(same).breaches())
    assert "the ending war takes 100%" in breaches
    assert "US reaches its objectives in 100%" in breaches


def test_the_command_reports_in_json_and_refuses_nonsense() -> None:
    out = StringIO()
    with pytest.raises(CommandError, match="outside the bounds"):
        call_command("balance", "--games", "2", "--jobs", "1", "--json", stdout=out)
    assert json.loads(out.getvalue())["games"] == 2
    with pytest.raises(CommandError, match="no scenario nowhere"):
        call_command("balance", "nowhere")
    with pytest.raises(CommandError, match="must be 1 or more"):
        call_command("balance", "--games", "0")
