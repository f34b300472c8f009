"""Fragments are rendered once for each cursor of an audience."""

from __future__ import annotations

import pytest

from apps.games import services
from apps.games.fragments import fragments_for
from tests.games.cast import draft, table

pytestmark = pytest.mark.django_db


def test_an_unchanged_room_asks_the_database_nothing(django_assert_num_queries):
    played = table()
    game = played.again()
    first = fragments_for(game, "public")
    with django_assert_num_queries(0):
        assert fragments_for(game, "public") == first


def test_what_a_seat_can_see_is_rendered_anew_and_others_keep_theirs(django_assert_num_queries):
    played = table()
    before = {a: fragments_for(played.again(), a) for a in ("public", "seat:COR")}
    draft(played.anna, "levy_toll", intent="A purse of our own")
    game = played.again()
    with django_assert_num_queries(0):
        assert fragments_for(game, "public") == before["public"]
    after = fragments_for(game, "seat:COR")
    assert "A purse of our own" in after["room-drafts"]
    assert after["room-drafts"] != before["seat:COR"]["room-drafts"]


def test_a_caller_cannot_change_what_others_get():
    played = table()
    fragments_for(played.again(), "public").clear()
    assert fragments_for(played.again(), "public")


def test_a_new_turn_is_rendered_for_everybody():
    played = table()
    before = fragments_for(played.again(), "public")
    services.close_turn(game_id=played.game.pk, turn=1, reason="facilitator")
    assert fragments_for(played.again(), "public") != before
