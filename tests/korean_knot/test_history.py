"""History as a game: the engine's path beside the historical one (docs/history.md)."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

from apps.scenarios.library import load_scenario, scenario_folder
from apps.scenarios.plays.game_file import GameFile, read_game_file
from apps.scenarios.plays.run import Played, play

RESOLUTIONS = {3: "2321", 9: "2356", 11: "2371", 13: "2375", 16: "2397"}
"""The turn in which each is voted on. 2375 was voted eight days after the test; here a month."""


def history() -> GameFile:
    return read_game_file(Path(scenario_folder("korean_knot")) / "playthroughs" / "history.yaml")


@cache
def path(*, with_votes: bool) -> tuple[Played, ...]:
    game = history()
    if not with_votes:
        for turn in game.play:
            turn.votes.clear()
    return tuple(play(load_scenario("korean_knot").ruleset, game))


@pytest.mark.parametrize("with_votes", [True, False], ids=["votes cast", "votes by the model"])
def test_every_resolution_of_history_is_adopted_unanimously(with_votes: bool) -> None:
    adopted = {
        turn.turn: event.payload["tally"]
        for turn in path(with_votes=with_votes)
        for event in turn.result.events
        if event.kind.startswith("Resolution")
    }
    assert adopted == {turn: {"yes": 15, "no": 0, "abstain": 0} for turn in RESOLUTIONS}


def test_every_order_of_history_is_allowed() -> None:
    refused = [
        (turn.turn, event.payload["order"]["seat"], event.payload["reason"])
        for turn in path(with_votes=True)
        for event in turn.result.events
        if event.kind == "OrderRejected"
    ]
    assert refused == []


def test_the_test_record_is_that_of_history() -> None:
    tests = [
        (turn.turn, order.move)
        for turn in path(with_votes=True)
        for order in turn.given.orders
        if order.move in {"nuclear_test", "icbm_test"}
    ]
    assert tests == [
        (10, "icbm_test"),
        (11, "icbm_test"),
        (12, "nuclear_test"),
        (15, "icbm_test"),
    ]


def test_trade_ends_2017_near_the_customs_figures() -> None:
    last = path(with_votes=True)[-1].result.state
    assert last.value("china_trade") == pytest.approx(312, rel=0.15)
    assert last.value("russia_trade") == pytest.approx(6.5, rel=0.15)


def test_history_ends_with_a_force_called_complete() -> None:
    assert path(with_votes=True)[-1].result.state.ended == "consolidation"
