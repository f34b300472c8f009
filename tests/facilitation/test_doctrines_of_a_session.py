"""The doctrine of each seat is chosen when a session is made."""

from __future__ import annotations

import pytest
from django.urls import reverse

from apps.games.models import Game
from apps.games.sessions import session_for
from tests.games.cast import facilitator

pytestmark = pytest.mark.django_db
GOVERNMENTS = ("US", "RUS", "CHN", "DPRK", "ROK", "JPN")


def make(client, **fields):
    client.force_login(facilitator())
    told = {f"seat_{government}": "doctrine" for government in GOVERNMENTS}
    told |= {"scenario": "korean_knot", "title": "Seminar", "turns": "4", "seconds_per_turn": "0"}
    told |= {"reading": "none", "talks": "none", "seat_US": "people"} | fields
    return client.post(reverse("facilitation:new"), told)


def test_each_government_follows_the_doctrine_that_was_chosen(client):
    answer = make(client, doctrine_RUS="obstruction", doctrine_CHN="random", doctrine_US="patience")
    assert answer.status_code == 302, answer.content.decode()
    led = dict(Game.objects.get().seats.values_list("government", "doctrine"))
    assert (led["RUS"], led["CHN"], led["US"]) == ("obstruction", "random", "patience")
    assert led["JPN"] == "firmness"


def test_a_doctrine_of_another_government_is_refused(client):
    answer = make(client, doctrine_RUS="pressure")
    assert answer.status_code == 422
    assert not Game.objects.exists()


def test_a_doctrine_is_allowed_what_cannot_be_undone_on_the_page_of_seats(client):
    make(client)
    game = Game.objects.get()
    address = reverse("facilitation:people", args=[game.pk])
    told = {"act": "lead", "government": "DPRK", "lead": "doctrine:race", "irreversible": "yes"}
    asked = client.post(address, told).content.decode()
    assert "It may do what cannot be undone" in asked
    client.post(address, told | {"sure": "yes"})
    assert session_for(Game.objects.get()).seats["DPRK"].irreversible
    assert 'name="irreversible" value="yes" checked' in client.get(address).content.decode()
