"""What the room's page asks of the database, however long the game and however many its people."""

from __future__ import annotations

import pytest
from django.core.cache import cache
from django.test import Client

from apps.games import services
from apps.games.models import Membership
from apps.games.room import opening
from apps.games.room.opening import open_room
from apps.games.selectors import events
from tests.games.cast import table

pytestmark = pytest.mark.django_db
WARM = 5
"""Session, person, membership with its game, the people of the delegation, read marks."""


def client_of(member: Membership) -> Client:
    client = Client()
    client.force_login(member.person)
    return client


def test_a_page_that_was_rendered_before_takes_five_queries(django_assert_num_queries):
    played = table()
    client = client_of(played.anna)
    path = f"/games/{played.game.pk}/"
    assert client.get(path).status_code == 200
    with django_assert_num_queries(WARM):
        client.get(path)


def test_it_takes_no_more_after_three_turns_and_with_twenty_more_people(django_assert_num_queries):
    played = table()
    for turn in (1, 2, 3):
        services.close_turn(game_id=played.game.pk, turn=turn, reason="facilitator")
    for number in range(20):
        member = services.join_game(code=played.game.join_code, display_name=f"Delegate {number}")
        Membership.objects.filter(pk=member.pk).update(government=played.anna.government)
    client = client_of(played.anna)
    path = f"/games/{played.game.pk}/"
    client.get(path)
    with django_assert_num_queries(WARM):
        page = client.get(path).content.decode()
    assert "Delegate 19" in page


def test_a_process_that_has_just_started_reads_no_turn_of_long_ago(django_assert_max_num_queries):
    played = table()
    for turn in range(1, 6):
        services.close_turn(game_id=played.game.pk, turn=turn, reason="facilitator")
    game = played.again()
    before = open_room(game, "seat:COR").history
    opening._kept.clear()
    events._closed.clear()
    with django_assert_max_num_queries(8):
        assert open_room(game, "seat:COR").history == before
    cache.clear()
    assert open_room(game, "seat:COR").history == before
    assert all(len(values) == 6 for values in before.values())


def test_a_page_is_put_together_once_for_all_of_a_delegation_but_for_what_is_personal():
    played = table()
    other = services.join_game(code=played.game.join_code, display_name="Another")
    Membership.objects.filter(pk=other.pk).update(
        government=played.anna.government, seat_role=played.anna.seat_role
    )
    path = f"/games/{played.game.pk}/"
    pages = [client_of(member).get(path).content.decode() for member in (played.anna, other)]
    panels = [
        page.partition('<div class="room__panels">')[2].partition("<aside")[0] for page in pages
    ]
    assert panels[0] == panels[1] != ""
    assert f'data-me="{played.anna.pk}"' in pages[0]
    assert f'data-me="{other.pk}"' in pages[1]
    assert str(played.anna.pk) not in panels[0]


def test_a_stranger_gets_403_and_an_unknown_game_404():
    played = table()
    stranger = services.join_game(code=played.game.join_code, display_name="Gone")
    Membership.objects.filter(pk=stranger.pk).delete()
    client = client_of(stranger)
    assert client.get(f"/games/{played.game.pk}/").status_code == 403
    assert client.get("/games/00000000-0000-4000-8000-000000000000/").status_code == 404
