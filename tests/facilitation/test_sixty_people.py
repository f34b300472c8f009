"""Six seats and sixty people: everybody sits, everything shows, and no page asks more for it."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from apps.games import services
from apps.games.refusals import Refusal
from apps.games.services.joining import CAPACITY
from apps.scenarios.library import load_scenario
from tests.games.cast import facilitator

pytestmark = pytest.mark.django_db

NAMES = ("Anna", "김민준", "Владимир Рождественский-Заболоцкий", "山田太郎", "Zoë d'Auvergne")
PAGES = ("board", "fragment", "project", "joined", "people")


def filled(people: int, name: str):
    """A session of Korean Knot with so many players, spread over its six delegations."""
    dana = facilitator(name)
    document = load_scenario("korean_knot").document
    game = services.create_game(by=dana, scenario=document, title="IR 301")
    governments = list(document["governments"])
    for number in range(people):
        member = services.join_game(
            code=game.join_code, display_name=f"{NAMES[number % 5]} {number}"
        )
        services.take_seat(membership=member, government=governments[number % 6])
    services.start_game(by=dana, game_id=game.pk)
    game.refresh_from_db()
    return dana, game, member


def queries_of(client, game, page: str) -> int:
    address = reverse(f"facilitation:{page}", args=[game.pk])
    client.get(address)  # what is kept in the process is kept for both alike
    with CaptureQueriesContext(
        connection,
    ) as captured:
        assert client.get(address).status_code == 200
    return len(captured)


def test_sixty_people_sit_and_show_and_cost_no_more_queries_than_six(client):
    counts = {}
    for people in (6, CAPACITY):
        dana, game, last = filled(people, f"dana{people}")
        client.force_login(dana)
        counts[people] = {page: queries_of(client, game, page) for page in PAGES}
    assert counts[6] == counts[CAPACITY]
    board = client.get(reverse("facilitation:board", args=[game.pk])).content.decode()
    for number in range(CAPACITY):
        assert f" {number}<" in board or f" {number} <" in board
    last.refresh_from_db()
    assert (last.government, last.seat_role) == ("JPN", "")
    with pytest.raises(Refusal) as refused:
        services.join_game(code=game.join_code, display_name="One more")
    assert refused.value.code == "full"


def test_a_delegation_whose_roles_are_all_taken_still_takes_people(client):
    _dana, game, _last = filled(30, "dana")
    page = client.get(reverse("games:join_game", args=[game.join_code])).content.decode()
    assert 'value="JPN:"' in page
    told = {"display_name": "Late Lee", "place": "JPN:"}
    answer = client.post(reverse("games:join_game", args=[game.join_code]), told, follow=True)
    assert answer.redirect_chain
    member = game.memberships.get(person__display_name="Late Lee")
    assert (member.government, member.seat_role) == ("JPN", "")


def test_a_class_list_of_sixty_is_admitted_at_once(client):
    dana = facilitator()
    document = load_scenario("korean_knot").document
    game = services.create_game(by=dana, scenario=document, title="IR 301")
    client.force_login(dana)
    lines = "\n".join(f"{NAMES[number % 5]} {number},US" for number in range(CAPACITY))
    told = {"list": "name,government\n" + lines}
    answer = client.post(reverse("facilitation:roster", args=[game.pk]), told)
    assert len(answer.context["links"]) == CAPACITY
    assert game.memberships.filter(government="US").count() == CAPACITY
