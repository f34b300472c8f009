"""Tokens for programs, issued and taken back in the control room."""

from __future__ import annotations

import re

import pytest
from django.test import Client
from django.urls import reverse

from apps.games.models import SeatToken
from tests.games.cast import table

pytestmark = pytest.mark.django_db


@pytest.fixture
def played():
    return table()


def page(played, **fields):
    client = Client()
    client.force_login(played.dana)
    address = reverse("facilitation:programs", args=[played.game.pk])
    return client.post(address, fields) if fields else client.get(address)


def token_in(answer) -> str:
    found = re.search(r"data-token>([^<]+)<", answer.content.decode())
    assert found, "no token is shown"
    return found[1]


def status(token: str) -> int:
    return Client().get("/api/v1/status", headers={"Authorization": f"Bearer {token}"}).status_code


def issued(played) -> str:
    return token_in(page(played, act="issue", government="COR", name="Script"))


def test_a_token_is_shown_once_and_plays_its_seat(played):
    token = issued(played)
    assert status(token) == 200
    again = page(played).content.decode()
    assert token not in again
    assert "Script" in again
    assert not SeatToken.objects.filter(token_hash=token).exists()


def test_the_answer_with_a_token_is_kept_by_no_cache(played):
    answer = page(played, act="issue", government="COR", name="Script")
    assert "no-store" in answer.headers["Cache-Control"]


def test_a_token_that_is_taken_back_works_no_more(played):
    token = issued(played)
    member = SeatToken.objects.get().membership_id
    answer = page(played, act="revoke", member=str(member))
    assert "taken back" in answer.content.decode()
    assert status(token) == 401


def test_a_new_token_ends_the_old_one(played):
    old = issued(played)
    member = SeatToken.objects.get().membership_id
    new = token_in(page(played, act="renew", member=str(member)))
    assert (status(old), status(new)) == (401, 200)


def test_what_is_refused_is_said_and_what_was_typed_is_kept(played):
    taken = page(played, act="issue", government="COR", name="Anna")
    assert taken.status_code == 422
    assert "called Anna already" in taken.content.decode()
    assert 'value="Anna"' in taken.content.decode()
    assert page(played, act="issue", government="FRA", name="Script").status_code == 422
    assert page(played, act="renew", member=str(played.anna.pk)).status_code == 422
    assert page(played, act="revoke", member="nonsense").status_code == 422
    assert not SeatToken.objects.exists()
