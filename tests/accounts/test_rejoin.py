"""Coming back by a personal link."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse

from apps.accounts.models import Person, RejoinLink
from apps.accounts.rejoin import issue_link, redeem_token, revoke_links
from apps.accounts.services import create_player, erase_person

pytestmark = pytest.mark.django_db


@pytest.fixture
def player():
    return create_player(display_name="Mina")


def test_the_link_signs_its_owner_in_and_leads_to_the_game(client, player):
    token = issue_link(person=player, next_url="/games/x/")
    answer = client.post(reverse("accounts:rejoin", args=[token]))
    assert (answer.status_code, answer.url) == (302, "/games/x/")
    assert client.session["_auth_user_id"] == str(player.pk)


def test_opening_the_link_alone_signs_nobody_in(client, player):
    token = issue_link(person=player, next_url="/games/x/")
    assert client.get(reverse("accounts:rejoin", args=[token])).status_code == 200
    assert "_auth_user_id" not in client.session


def test_the_link_works_on_a_second_device(client, player):
    token = issue_link(person=player, next_url="/")
    assert redeem_token(token) is not None
    assert redeem_token(token) is not None


def test_only_the_hash_is_stored(player):
    token = issue_link(person=player, next_url="/")
    assert token not in str(RejoinLink.objects.values().get())


def test_revoked_expired_and_wrong_links_are_refused(client, player):
    expired = issue_link(person=player, next_url="/", lifetime=timedelta(seconds=-1))
    revoked = issue_link(person=player, next_url="/")
    assert revoke_links(person=player) == 2
    for token in (expired, revoked, "wrong"):
        answer = client.post(reverse("accounts:rejoin", args=[token]))
        assert answer.status_code == 410
        assert "Ask your facilitator" in answer.content.decode()


def test_a_link_never_leads_to_another_site(client, player):
    token = issue_link(person=player, next_url="https://evil.example/")
    assert client.post(reverse("accounts:rejoin", args=[token])).url == "/"


def test_an_erased_person_leaves_no_name_and_no_way_in(player):
    token = issue_link(person=player, next_url="/")
    erase_person(person=player)
    erased = Person.objects.get(pk=player.pk)
    assert "Mina" not in str(Person.objects.filter(pk=player.pk).values().get())
    assert redeem_token(token) is None
    assert not erased.is_active
    assert not erased.has_usable_password()
