"""Workers, beats and journals of the fault tests."""

from __future__ import annotations

import time
import uuid
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import redis
from django.conf import settings
from django.db import connection
from django_celery_beat.models import PeriodicTask

from apps.games.models import Game
from apps.games.verifying import verify_game
from apps.journal import store
from tests.settings import RUN_FOLDER
from tests.stack.processes import Process, python, start


def until(condition: Callable[[], bool], *, seconds: float = 120, what: str = "it") -> None:
    """Poll `condition` until it holds; a test that waits longer fails."""
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, f"{what} did not happen within {seconds:g} s"
        time.sleep(0.05)


def kinds(game_id: uuid.UUID) -> list[str]:
    """The kinds of a game's events in order."""
    return [record.kind for record in store.read(game_id)]


def assert_sound(game_id: uuid.UUID, *, closed: list[int]) -> None:
    """Exactly these turns were closed, each once, and the journal proves itself."""
    records = store.read(game_id)
    turns = [record.payload["turn"] for record in records if record.kind == "TurnClosed"]
    assert turns == closed
    adjudicated = [r.payload["turn"] for r in records if r.kind == "TurnAdjudicated"]
    assert adjudicated == closed
    assert store.verify_chain(game_id) is None
    assert verify_game(Game.objects.get(pk=game_id)) == []


StartWorker = Callable[..., Process]


@pytest.fixture
def start_worker(
    transactional_db: None, redis_url: str, stack_environment: dict[str, str]
) -> Iterator[StartWorker]:
    """Start a worker, of the product or of a module that arms it; ended with the test."""
    redis.Redis.from_url(redis_url).flushall()
    started: list[Process] = []

    def begin(module: str = "wargame", *, concurrency: int = 1, **extra: str) -> Process:
        command = python("-m", "celery", "-A", module, "worker", "--pool=prefork")
        command += [f"--concurrency={concurrency}", "--loglevel=info", "--without-mingle"]
        command += ["--without-gossip", "--queues=celery,turns,simulations"]
        environment = {**stack_environment, "WARGAME_VISIBILITY_TIMEOUT": "2", **extra}
        name = f"fault-worker-{uuid.uuid4().hex[:8]}"
        worker = start(name, command, RUN_FOLDER, **environment)
        started.append(worker)
        return worker

    yield begin
    for worker in started:
        worker.kill()


def wait_ready(worker: Process) -> None:
    worker.wait_until(lambda: " ready." in worker.output(), seconds=60)


def has_schedule() -> bool:
    """Whether a beat has written all of its entries to the database."""
    names = set(settings.CELERY_BEAT_SCHEDULE)
    return PeriodicTask.objects.filter(name__in=names).count() == len(names)


@pytest.fixture
def start_beat(
    transactional_db: None, stack_environment: dict[str, str], tmp_path: Path
) -> Iterator[Callable[[], Process]]:
    """Start a beat whose sweep runs twice a second; ended with the test."""
    started: list[Process] = []

    def begin() -> Process:
        command = python("-m", "celery", "-A", "wargame", "beat", "--loglevel=info")
        command += ["--schedule", str(tmp_path / "beat"), "--pidfile="]
        beat = start(f"fault-beat-{uuid.uuid4().hex[:8]}", command, RUN_FOLDER, **stack_environment)
        started.append(beat)
        # It has its schedule from the database; without one it would end at once.
        beat.wait_until(has_schedule, seconds=120)
        return beat

    yield begin
    for beat in started:
        beat.kill()


@pytest.fixture
def sqlite_only() -> None:
    if connection.vendor != "sqlite":
        pytest.skip("this fault is SQLite's own")


@pytest.fixture
def postgresql_only() -> None:
    if connection.vendor != "postgresql":
        pytest.skip("needs WARGAME_TEST_DATABASE=postgresql")
