"""Stepping through a game: who may, from which side, and what it shows."""

from __future__ import annotations

import pytest
from django.urls import reverse

from apps.accounts.models import Person
from apps.games import services
from apps.replay.access import entry_for
from apps.replay.chapters import build, chapters_for, session_of
from apps.replay.models import Chapter, Opening
from apps.replay.moment import moment_of
from tests.replay.conftest import INTENT, SECRET

pytestmark = pytest.mark.django_db


def address(played, **query):
    path = reverse("replay:recording", args=[played.game.pk])
    return f"{path}?{'&'.join(f'{key}={value}' for key, value in query.items())}"


def test_every_closed_turn_opens_and_the_open_one_does_not(client, played):
    client.force_login(played.facilitator)
    for turn in (0, 1, 2, 3):
        page = client.get(address(played, turn=turn))
        assert page.status_code == 200
        assert f'data-moment-turn="{turn}"' in page.content.decode()
    assert client.get(address(played, turn=4)).status_code == 404
    assert client.get(address(played, turn="nonsense")).status_code == 404


def test_the_moment_shows_orders_votes_effects_and_their_claims(client, played):
    client.force_login(played.facilitator)
    first = client.get(address(played, turn=1, **{"as": "facilitator"})).content.decode()
    assert "Send a note of protest" in first
    assert INTENT in first
    assert "¶" in first
    third = client.get(address(played, turn=3, **{"as": "public"})).content.decode()
    assert "in favor" in third
    assert "Why they voted so" in third


def test_htmx_gets_the_moment_alone(client, played):
    client.force_login(played.facilitator)
    part = client.get(address(played, turn=1), headers={"HX-Request": "true"}).content.decode()
    assert part.lstrip().startswith('<div id="moment"')
    assert "<html" not in part


def test_a_player_of_a_running_game_sees_their_own_seat_alone(client, played):
    client.force_login(played.players["COR"].person)
    own = client.get(address(played, turn=1))
    assert own.status_code == 200
    assert 'data-moment-viewer="seat:COR"' in own.content.decode()
    for other in ("seat:MAR", "seat:OST", "facilitator", "public", "seat:NOBODY"):
        assert client.get(address(played, turn=1, **{"as": other})).status_code == 404


def test_no_perspective_shows_what_it_could_not_know(played):
    chapters = chapters_for(played.source)
    moments = {
        viewer: moment_of(played.source, chapters, chapters[1], viewer)
        for viewer in ("public", "seat:COR", "seat:MAR", "seat:OST", "facilitator")
    }
    told = {viewer: str(moment) for viewer, moment in moments.items()}
    assert [viewer for viewer in told if SECRET in told[viewer]] == [
        "seat:COR",
        "seat:MAR",
        "facilitator",
    ]
    patrols = [
        viewer
        for viewer in told
        for order in moments[viewer].orders
        if order.title == "Send a patrol into the narrows"
    ]
    assert patrols == ["seat:MAR", "facilitator"]


def test_after_the_end_players_see_the_public_view_and_all_once_the_debrief_is_open(played):
    services.archive_game(by=played.facilitator, game_id=played.game.pk)
    person = played.players["COR"].person
    assert entry_for(person, played.source).viewers == ("public", "seat:COR")
    Opening.objects.create(stream=played.game.pk, by=played.facilitator)
    assert entry_for(person, played.source).viewers[-1] == "facilitator"


def test_a_stranger_does_not_learn_that_the_game_exists(client, played):
    other = Person.objects.create_user(username="other", password="pw")
    client.force_login(other)
    assert client.get(address(played)).status_code == 404
    assert played.game.title not in client.get(reverse("replay:gallery")).content.decode()
    client.logout()
    assert client.get(address(played)).status_code == 302


def test_chapters_are_a_cache_that_may_be_thrown_away(played):
    first = [(c.turn, c.session, c.summary) for c in _whole(played)]
    Chapter.objects.all().delete()
    assert [(c.turn, c.session, c.summary) for c in _whole(played)] == first


def test_chapters_built_turn_by_turn_equal_those_built_at_once(played):
    chapters_for(played.source)
    played.order("MAR", "trade_visit", partner="OST", barrels=10)
    played.close()
    grown = [(c.turn, c.session, c.summary) for c in _whole(played)]
    Chapter.objects.all().delete()
    assert [(c.turn, c.session, c.summary) for c in _whole(played)] == grown
    assert [turn for turn, *_ in grown] == [0, 1, 2, 3, 4]


def test_a_chapters_state_is_the_state_of_play(played):
    from apps.games.sessions import session_for

    played.game.refresh_from_db()
    last = _whole(played)[-1]
    assert session_of(played.source, last).state == session_for(played.game).state


def test_a_reopened_turn_keeps_both_takes_and_shows_the_one_that_stands(client, played):
    chapters_for(played.source)
    services.reopen_turn(
        by=played.facilitator, game_id=played.game.pk, turn=2, reason="The vote was miscounted"
    )
    played.close()
    rows = _whole(played)
    assert [(c.turn, c.take, c.superseded) for c in rows] == [
        (0, 1, False),
        (1, 1, False),
        (2, 1, True),
        (3, 1, True),
        (2, 2, False),
    ]
    client.force_login(played.facilitator)
    page = client.get(address(played, turn=2)).content.decode()
    assert "The vote was miscounted" in page
    at_once = [(c.turn, c.take, c.superseded, c.session) for c in rows]
    Chapter.objects.all().delete()
    build(played.source)
    assert [(c.turn, c.take, c.superseded, c.session) for c in _whole(played)] == at_once


def _whole(played):
    chapters_for(played.source)
    return list(Chapter.objects.filter(stream=played.game.pk).order_by("first_sequence"))
