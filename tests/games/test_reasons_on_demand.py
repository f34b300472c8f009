"""The reasons of a turn come when somebody opens them, and only those that the reader may know."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from apps.games.fragments import fragments_for
from tests.games.cast import Table, draft, table

pytestmark = pytest.mark.django_db
ASKED = re.compile(r'hx-get="([^"]+/(?:parts|rules)/[^"]+)"')


def played_turn() -> Table:
    played = table()
    draft(played.anna, "levy_toll")
    played.close()
    return played


def client_of(member) -> Client:
    client = Client()
    client.force_login(member.person)
    return client


def test_every_reason_that_a_page_offers_is_there_for_its_reader():
    played = played_turn()
    for member in (played.anna, played.ben):
        shown = fragments_for(played.again(), member.audience)
        asked = ASKED.findall(shown["room-results"]) + ASKED.findall(shown["room-movers"])
        assert len(asked) >= 5
        client = client_of(member)
        for path in set(asked):
            answer = client.get(path)
            assert answer.status_code == 200, path
            assert answer.content.strip()


def test_the_parts_of_a_change_name_rule_amount_and_claim():
    played = played_turn()
    path = f"/games/{played.game.pk}/results/1/parts/tension/"
    page = client_of(played.ben).get(path).content.decode()
    assert "A toll is levied" in page
    assert "+8" in page
    assert "V1" in page


def test_a_rule_says_what_it_did():
    played = played_turn()
    path = f"/games/{played.game.pk}/results/1/rules/toll_is_levied/"
    page = client_of(played.ben).get(path).content.decode()
    assert "Tension in the strait +8" in page


@pytest.mark.parametrize(
    "ending",
    [
        "1/parts/nothing/",
        "2/parts/tension/",
        "9/parts/tension/",
        "1/rules/nothing/",
        "2/rules/toll_is_levied/",
    ],
)
def test_what_did_not_happen_is_not_found(ending):
    played = played_turn()
    assert client_of(played.ben).get(f"/games/{played.game.pk}/results/{ending}").status_code == 404


def test_a_stranger_asks_in_vain():
    played = played_turn()
    played.cora.removed_at = played.again().created_at
    played.cora.save()
    path = f"/games/{played.game.pk}/results/1/parts/tension/"
    assert client_of(played.cora).get(path).status_code == 403


def test_reasons_are_in_the_page_no_more():
    played = played_turn()
    shown = fragments_for(played.again(), "seat:MAR")
    assert "A toll is levied" in shown["room-results"]
    assert "The rule saw" not in shown["room-results"]
    assert 'class="claim"' not in shown["room-results"] + shown["room-movers"]
