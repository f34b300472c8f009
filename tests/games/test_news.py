"""The news of a turn reaches every reader in words, whoever or whatever made it."""

from __future__ import annotations

import pytest

from apps.games import services
from apps.games.fragments import fragments_for
from apps.games.room.news import news_in
from apps.scenarios.library import load_scenario
from tests.games.cast import facilitator

pytestmark = pytest.mark.django_db


def test_what_happened_from_outside_stands_before_what_was_done():
    told = [
        {"kind": "DispatchPublished", "payload": {"headline": "Toll levied", "body": "At noon."}},
        {"kind": "TurnAdjudicated", "payload": {"turn": 1}},
        {
            "kind": "InjectHappened",
            "payload": {"title": "Flood", "text": "The river rose.", "from": "Relief office"},
        },
    ]
    assert news_in(told) == [
        {"headline": "Flood", "body": "The river rose.", "source": "Relief office"},
        {"headline": "Toll levied", "body": "At noon.", "source": ""},
    ]


def test_an_inject_of_the_scenario_is_news_in_every_room():
    dana = facilitator()
    game = services.create_game(
        by=dana, scenario=load_scenario("korean_knot").document, title="Flood", seed="a"
    )
    services.start_game(by=dana, game_id=game.pk)
    services.close_turn(game_id=game.pk, turn=1, reason="facilitator")
    game.refresh_from_db()
    for audience in ("seat:US", "seat:DPRK"):
        page = "".join(fragments_for(game, audience).values())
        assert "Flood in North Hamgyong" in page
        assert "UN OCHA" in page
        assert "No news was published" not in page
