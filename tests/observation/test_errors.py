"""The latest errors: kept without what people typed, and never in anybody's way."""

from __future__ import annotations

import logging

import pytest
import redis as redis_client
import structlog

from wargame.embedded.ports import wait_until
from wargame.observation import errors

CANARY = "what somebody typed"


def _record(
    error: BaseException | None = None, message: object = "task failed"
) -> logging.LogRecord:
    info = (type(error), error, error.__traceback__) if error else None
    return logging.LogRecord("apps.games", logging.ERROR, __file__, 1, message, (CANARY,), info)


def test_an_error_is_kept_without_its_text_or_arguments():
    try:
        raise ValueError(CANARY)
    except ValueError as error:
        kept = errors.described(_record(error))
    assert kept["exception"] == "ValueError"
    assert kept["place"].startswith("observation/test_errors.py:")
    assert CANARY not in str(kept)


def test_of_a_structured_line_only_the_event_and_ids_are_kept():
    line = {"event": "turn failed", "game": "g-1", "intent": CANARY}
    kept = errors.described(_record(message=line))
    assert kept["event"] == "turn failed"
    assert kept["game"] == "g-1"
    assert CANARY not in str(kept)


@pytest.fixture
def connection(redis_url):
    with redis_client.Redis.from_url(redis_url, decode_responses=True) as client:
        client.delete(errors.KEY)
        yield client


def test_errors_are_kept_newest_first_and_only_so_many(connection):
    for number in range(errors.KEPT + 5):
        errors.keep({"event": str(number)})
    kept = errors.latest(connection, count=500)
    assert len(kept) == errors.KEPT
    assert kept[0]["event"] == str(errors.KEPT + 4)


def test_a_logged_error_reaches_the_list(connection):
    structlog.get_logger("wargame.test").error("something broke", game="g-2")
    wait_until(
        lambda: any(line["event"] == "something broke" for line in errors.latest(connection)),
        alive=lambda: True,
        seconds=10,
        what="the error",
    )


def test_an_unreachable_redis_costs_the_caller_nothing(settings):
    settings.REDIS_URL = "redis://127.0.0.1:1/0"
    recorder = errors.ErrorRecorder()
    for _ in range(errors.KEPT * 3):
        recorder.emit(_record())
    assert recorder._waiting.qsize() <= errors.KEPT
