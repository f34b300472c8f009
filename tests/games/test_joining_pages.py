"""The way in: front page, code, name and seat."""

from __future__ import annotations

import pytest
from django.urls import reverse

from apps.accounts.models import Person
from apps.games import services
from apps.games.views.joining import delegations_of
from tests.games.cast import facilitator, lobby, new_game, table

pytestmark = pytest.mark.django_db


def test_the_front_page_offers_to_join_and_to_sign_in(client):
    page = client.get("/").content.decode()
    assert 'name="code"' in page
    assert reverse("accounts:sign_in") in page


def test_a_code_is_taken_however_it_is_typed(client):
    game = new_game(facilitator())
    typed = f" {game.join_code[:3].lower()} {game.join_code[3:]} "
    answer = client.post(reverse("games:join"), {"code": typed})
    assert answer.url == reverse("games:join_game", args=[game.join_code])


def test_a_wrong_code_is_kept_in_its_field_with_a_sentence(client):
    answer = client.post(reverse("games:join"), {"code": "NOCODE"})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "No open session has this code" in page
    assert 'value="NOCODE"' in page


def test_a_place_must_be_chosen(client):
    game = new_game(facilitator())
    answer = client.post(
        reverse("games:join_game", args=[game.join_code]), {"display_name": "김철수"}
    )
    page = answer.content.decode()
    assert "Choose a government and a role." in page
    assert 'value="김철수"' in page
    assert not game.memberships.filter(person__display_name="김철수").exists()


def first_place(game) -> str:
    return delegations_of(game)[0]["roles"][0]["value"]


def test_joining_leads_into_the_room_and_signs_the_player_in(client):
    game = new_game(facilitator())
    answer = client.post(
        reverse("games:join_game", args=[game.join_code]),
        {"display_name": "김철수", "place": first_place(game)},
    )
    assert answer.url == reverse("games:room", args=[game.pk])
    member = game.memberships.get(person__display_name="김철수")
    assert member.government == "COR"
    assert member.person.kind == Person.Kind.PLAYER
    assert client.get(answer.url).status_code == 200


def test_a_name_that_is_taken_is_refused_and_everything_typed_stays(client):
    cast = lobby()
    answer = client.post(
        reverse("games:join_game", args=[cast.game.join_code]),
        {"display_name": "Anna", "place": first_place(cast.game)},
    )
    page = answer.content.decode()
    assert answer.status_code in (200, 422)
    assert 'value="Anna"' in page
    assert cast.game.memberships.filter(government="COR").count() == 2


def test_somebody_with_a_seat_goes_straight_to_the_room(client):
    cast = table()
    client.force_login(cast.anna.person)
    answer = client.get(reverse("games:join_game", args=[cast.game.join_code]))
    assert answer.url == reverse("games:room", args=[cast.game.pk])


def test_a_seat_led_by_doctrine_is_shown_and_cannot_be_taken(client):
    dana = facilitator()
    game = new_game(dana, seats={"OST": {"mode": "doctrine"}})
    page = client.get(reverse("games:join_game", args=[game.join_code])).content.decode()
    assert "Led by its doctrine" in page
    assert 'value="OST:' not in page


def test_another_device_gets_a_personal_link_that_works(client):
    cast = table()
    client.force_login(cast.anna.person)
    page = client.get(reverse("games:device", args=[cast.game.pk])).content.decode()
    path = page.split("/rejoin/")[1].split("/")[0]
    client.logout()
    answer = client.post(reverse("accounts:rejoin", args=[path]))
    assert answer.url == reverse("games:room", args=[cast.game.pk])
    assert client.get(answer.url).status_code == 200


def test_a_removed_player_is_told_so(client):
    cast = table()
    services.remove_person(
        by=cast.dana, game_id=cast.game.pk, membership_id=cast.cora.pk, reason="Left the class"
    )
    client.force_login(cast.cora.person)
    assert client.get(reverse("games:room", args=[cast.game.pk])).status_code == 403
