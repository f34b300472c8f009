"""What one person, and one game, may do in a minute."""

from __future__ import annotations

import uuid

import pytest
import redis

from apps.games import limits
from apps.games.refusals import Refusal

SMALL = limits.Limit(
    "test",
    person=3,
    game=5,
    too_many="You have sent %(most)s messages within a minute.",
    too_many_here="This session has seen %(most)s messages within a minute.",
)


@pytest.fixture(autouse=True)
def plain(settings, monkeypatch):
    settings.LIMIT_FACTOR = 1
    monkeypatch.setattr("apps.games.limits.time.time", lambda: 1_000_020.0)


@pytest.fixture
def game():
    return uuid.uuid4()


def test_a_person_past_the_limit_is_refused_with_the_seconds_to_wait(game):
    anna = uuid.uuid4()
    for _ in range(3):
        limits.count(SMALL, game_id=game, person_id=anna)
    with pytest.raises(Refusal) as refused:
        limits.count(SMALL, game_id=game, person_id=anna)
    assert refused.value.code == "too_fast"
    assert refused.value.details["retry_after"] == 60
    assert "3 messages" in refused.value.sentence
    assert "kept" in refused.value.sentence


def test_others_are_not_held_back_until_the_game_is_past_its_own(game):
    anna, ben = uuid.uuid4(), uuid.uuid4()
    for person in (anna, anna, anna, ben, ben):
        limits.count(SMALL, game_id=game, person_id=person)
    with pytest.raises(Refusal, match="This session"):
        limits.count(SMALL, game_id=game, person_id=ben)
    limits.count(SMALL, game_id=uuid.uuid4(), person_id=ben)


def test_the_next_minute_starts_anew(game, monkeypatch):
    anna = uuid.uuid4()
    for _ in range(3):
        limits.count(SMALL, game_id=game, person_id=anna)
    monkeypatch.setattr("apps.games.limits.time.time", lambda: 1_000_080.0)
    limits.count(SMALL, game_id=game, person_id=anna)


def test_without_redis_nothing_is_refused(game, monkeypatch):
    def away(key):
        raise redis.ConnectionError

    monkeypatch.setattr("apps.games.limits.cache.incr", away)
    for _ in range(10):
        limits.count(SMALL, game_id=game, person_id=uuid.uuid4())
