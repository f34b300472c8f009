"""Join codes cannot be guessed at the rate that is allowed."""

from __future__ import annotations

import pytest
import time_machine
from django.core.cache import cache
from django.urls import reverse

from apps.games.services.creating import CODE_LENGTH, CODE_LETTERS
from tests.games.cast import lobby

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def one_minute(settings):
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
    cache.clear()
    with time_machine.travel("2016-09-12T08:00:30Z", tick=False):
        yield


def by_link(client, code: str, **extra: str) -> int:
    return client.get(reverse("games:join_game", args=[code]), **extra).status_code


def test_a_session_ends_long_before_its_code_is_found():
    codes = len(CODE_LETTERS) ** CODE_LENGTH
    open_games, minutes = 50, 180
    # From one address, the chance of a single hit while they play.
    assert 30 * minutes * open_games / codes < 0.01


def test_after_thirty_misses_a_good_code_looks_like_a_bad_one(client):
    code = lobby().game.join_code
    assert by_link(client, code) == 200
    assert [by_link(client, f"XXXX{number:02}") for number in range(31)][:30] == [404] * 30
    assert by_link(client, code) == 429
    assert by_link(client, "XXXXXX") == 429
    assert client.post(reverse("games:join"), {"code": code}).status_code == 429


def test_misses_of_the_form_and_of_links_count_together(client):
    for number in range(16):
        by_link(client, f"XXXX{number:02}")
        client.post(reverse("games:join"), {"code": f"YYYY{number:02}"})
    assert by_link(client, "XXXXXX") == 429


def test_a_class_behind_one_address_joins_at_once(client):
    code = lobby().game.join_code
    assert [by_link(client, code) for _ in range(60)] == [200] * 60


def test_another_address_is_not_held_back(client):
    code = lobby().game.join_code
    for number in range(32):
        by_link(client, f"XXXX{number:02}")
    assert by_link(client, code, REMOTE_ADDR="192.0.2.7") == 200


def test_one_session_is_joined_no_faster_than_a_hall_can(client):
    game = lobby().game
    address = reverse("games:join_game", args=[game.join_code])
    answers = [
        client.post(address, {"display_name": ""}, REMOTE_ADDR=f"192.0.2.{number % 200}")
        for number in range(122)
    ]
    assert "Too many attempts" not in answers[0].content.decode()
    assert "Too many attempts" in answers[-1].content.decode()
