"""Queues by kind: whatever the lab has asked for, a live turn goes first."""

from __future__ import annotations

import pytest
from celery import current_app
from django.conf import settings

from apps.games import services
from tests.games.cast import table
from tests.stack.processes import python, running
from wargame.observation import queues

pytestmark = [pytest.mark.stack, pytest.mark.slow, pytest.mark.django_db(transaction=True)]
LAB = "apps.replay.tasks.run_seed"
WAITING = 500


def queue_of(task: str) -> str:
    """The queue that a task is sent to."""
    return current_app.amqp.router.route({}, task)["queue"].name


def test_every_task_has_the_queue_of_its_kind():
    current_app.loader.import_default_modules()
    ours = [name for name in current_app.tasks if name.startswith("apps.")]
    assert ours
    for name in ours:
        expected = "turns" if name.startswith("apps.games.") else "simulations"
        assert queue_of(name) == expected, name
    assert settings.CELERY_TASK_DEFAULT_QUEUE == "turns"


def test_a_turn_closes_while_hundreds_of_simulations_wait(redis_url, stack_environment, run_folder):
    current_app.control.purge()
    played = table()
    for number in range(WAITING):
        current_app.send_task(LAB, args=[str(played.game.pk), str(number)])
    command = python("-m", "celery", "-A", "wargame", "worker", "--queues=turns")
    command += ["--concurrency=1", "--loglevel=info", "--without-mingle", "--without-gossip"]
    with running("turns-only", command, run_folder, **stack_environment) as worker:
        worker.wait_until(lambda: " ready." in worker.output(), seconds=60)
        for member in played.players.values():
            services.set_ready(membership=member, ready=True)
        worker.wait_until(lambda: played.again().turn == 2, seconds=30)
        with queues.broker() as connection:
            assert queues.queue_depths(connection)["simulations"] == WAITING
    current_app.control.purge()
