"""Why a doctrine acted as it did can be read in the replay, by those who may see its seat."""

from __future__ import annotations

import pytest
from django.urls import reverse

from apps.games import services
from apps.games.models import Game
from apps.journal import store
from apps.scenarios.library import load_scenario

pytestmark = pytest.mark.django_db


@pytest.fixture
def member():
    """Russia played alone for two turns; Washington was led by maximum pressure."""
    made = services.create_solo_game(
        scenario=load_scenario("korean_knot").document, government="RUS", turns=2, seed="fixed"
    )
    for turn in (1, 2):
        services.set_ready(membership=made, ready=True)
        services.close_turn(game_id=made.game_id, turn=turn, reason="all_ready")
    return made


def fragment(client, member, viewer, seat):
    client.force_login(member.person)
    address = reverse("replay:why", args=[member.game_id])
    asked = {"turn": 1, "as": viewer, "what": f"doctrine:{seat}"}
    return client.get(address, asked).content.decode()


def test_orders_bear_the_doctrine_that_gave_them_and_its_reason(client, member):
    client.force_login(member.person)
    address = reverse("replay:recording", args=[member.game_id])
    page = client.get(address, {"turn": 1, "as": "facilitator"}).content.decode()
    assert "doctrine: Maximum pressure" in page
    assert "A test must be answered in the Council." in page
    assert page.count('id="moment-doctrine-') == 5
    assert 'id="moment-doctrine-RUS"' not in page


def test_the_trace_tells_what_was_weighed_done_and_not_done(client, member):
    told = fragment(client, member, "facilitator", "US")
    assert "led by the doctrine “Maximum pressure”" in told
    assert "¶" in told, "its claims are cited"
    assert "Ordered: " in told
    assert "Weighed, not ordered: " in told
    assert "Others weighed more" in told


def test_a_seat_sees_its_own_doctrine_and_no_others(client, member):
    assert "Maximum pressure" in fragment(client, member, "seat:US", "US")
    assert "Maximum pressure" not in fragment(client, member, "seat:CHN", "US")
    assert "Maximum pressure" not in fragment(client, member, "public", "US")
    assert "Ordered" not in fragment(client, member, "facilitator", "RUS")


def test_what_is_told_as_ordered_is_what_the_journal_holds(client, member):
    told = fragment(client, member, "facilitator", "CHN")
    game = Game.objects.get(pk=member.game_id)
    moves = next(
        [order["move"] for order in record.payload["orders"]]
        for record in store.read(game.pk)
        if record.kind == "OrdersSubmitted" and record.payload["seat"] == "CHN"
    )
    titles = load_scenario("korean_knot").document["moves"]
    for move in moves:
        assert f"Ordered: {titles[move]['title']}" in told
    assert told.count("Ordered: ") == len(moves)
