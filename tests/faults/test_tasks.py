"""Tasks repeated, lost and delayed: each turn has one close."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress

import pytest
import redis
import time_machine
from celery import current_app
from django.conf import settings
from django.db import connections
from django.utils import timezone
from django_celery_beat.schedulers import ModelEntry

from apps.games import selectors, services
from apps.games.models import OrderDraft
from apps.games.refusals import Refusal
from apps.games.services.readiness import set_ready
from apps.journal import store
from tests.faults.conftest import assert_sound, kinds, until, wait_ready
from tests.faults.going_on import assert_goes_on
from tests.games.cast import draft, table

pytestmark = [pytest.mark.stack, pytest.mark.slow]


def send_close(sitting, turn: int, reason: str = "facilitator") -> None:
    arguments = [str(sitting.game.pk), turn, reason]
    current_app.send_task("apps.games.tasks.close_turn", args=arguments)


def test_the_same_task_six_times_at_once_and_again_later_has_one_effect(start_worker, server_url):
    sitting = table(name="six")
    for _ in range(6):
        send_close(sitting, 1)
    worker = start_worker(concurrency=4)
    # At least: a task that waited too long while the worker began is given out again.
    until(lambda: worker.output().count("turn stands") >= 5, what="five quiet returns")
    assert_sound(sitting.game.pk, closed=[1])
    before = worker.output().count("turn stands")
    send_close(sitting, 1)
    until(lambda: worker.output().count("turn stands") > before, what="the late one's quiet return")
    assert_sound(sitting.game.pk, closed=[1])
    assert_goes_on(sitting, server_url, closed=[1])


@pytest.mark.django_db
@pytest.mark.parametrize("name", list(settings.CELERY_BEAT_SCHEDULE))
def test_a_periodic_task_that_nobody_ran_in_time_is_dropped(name):
    entry = settings.CELERY_BEAT_SCHEDULE[name]
    sent_with = ModelEntry.from_entry(name, app=current_app, **entry).options
    # Not so soon that a slow worker would find every one of them expired.
    assert 30 <= sent_with["expires"] <= max(entry["schedule"], 60)


def test_a_queue_that_was_flushed_in_mid_game_loses_no_turn(start_worker, redis_url, server_url):
    sitting = table(name="flushed")
    services.close_now(by=sitting.dana, game_id=sitting.game.pk)  # enqueued, nobody takes it yet
    client = redis.Redis.from_url(redis_url)
    assert client.dbsize() > 0
    client.flushall()
    wait_ready(start_worker())
    current_app.send_task("apps.games.tasks.sweep_deadlines")
    until(lambda: sitting.again().turn == 2, what="the close by the sweep")
    assert_sound(sitting.game.pk, closed=[1])
    assert_goes_on(sitting, server_url, closed=[1])


def test_a_deadline_fires_once_across_a_restart_of_beat_and_worker(
    start_worker, start_beat, server_url
):
    beat, worker = start_beat(), start_worker()
    wait_ready(worker)
    with time_machine.travel(timezone.now() - timezone.timedelta(seconds=27), tick=True):
        sitting = table(name="clock", seconds_per_turn=30, turns=3)
    beat.kill()
    worker.kill()
    until(lambda: timezone.now() > sitting.again().due_at, what="the deadline, with nobody there")
    assert kinds(sitting.game.pk).count("TurnClosed") == 0
    start_beat()
    start_worker()
    until(lambda: sitting.again().turn == 2, what="the close by the clock")
    closed = [r for r in store.read(sitting.game.pk) if r.kind == "TurnClosed"]
    assert [r.payload["reason"] for r in closed] == ["deadline"]
    assert_sound(sitting.game.pk, closed=[1])
    assert_goes_on(sitting, server_url, closed=[1])


def test_a_clock_that_jumps_back_reopens_nothing_and_forward_closes_once(start_worker):
    now = timezone.now()
    with time_machine.travel(now - timezone.timedelta(days=2), tick=True):
        sitting = table(name="jump", seconds_per_turn=60)
    # The server's clock is put forward by two days: the turn is long due, and closes once.
    for _ in range(3):
        services.close_turn(game_id=sitting.game.pk, turn=1, reason="deadline")
    assert_sound(sitting.game.pk, closed=[1])
    # And back by a day: the second turn, opened "tomorrow", stays open until it is due.
    with time_machine.travel(now - timezone.timedelta(days=1), tick=True):
        assert not services.close_turn(game_id=sitting.game.pk, turn=2, reason="deadline")
        draft(sitting.anna, "levy_toll")
    assert_sound(sitting.game.pk, closed=[1])


@pytest.mark.django_db(transaction=True)
def test_fifty_submissions_at_the_deadline_are_each_counted_or_refused(server_url):
    """Drafts race with the close; what was accepted is in the orders of the turn, whole."""
    sitting = table(name="deadline")
    game_id = sitting.game.pk
    saved: list[str] = []
    refused: list[str] = []

    def write(number: int) -> None:
        try:
            member = list(sitting.players.values())[number % 3]
            made = draft(member, "levy_toll" if number % 3 == 0 else moves[number % 3])
            saved.append(str(made.pk))
            if number % 10 == 9:
                with suppress(Refusal):  # too many orders to pay for: the press counts for nothing
                    set_ready(membership=member, ready=True)
        except Refusal as refusal:
            refused.append(refusal.code)
        finally:
            connections.close_all()

    def close() -> None:
        try:
            services.close_turn(game_id=game_id, turn=1, reason="facilitator")
        finally:
            connections.close_all()

    moves = first_moves(sitting)
    with ThreadPoolExecutor(max_workers=8) as pool:
        writes = [pool.submit(write, number) for number in range(25)]
        closing = pool.submit(close)
        writes += [pool.submit(write, number) for number in range(25, 50)]
        for job in [*writes, closing]:
            job.result(timeout=60)
    assert len(saved) + len(refused) == 50
    records = store.read(game_id)
    submitted = [
        order["id"]
        for record in records
        if record.kind == "OrdersSubmitted" and record.payload["turn"] == 1
        for order in record.payload["orders"]
    ]
    later = [str(pk) for pk in OrderDraft.objects.filter(turn=2).values_list("pk", flat=True)]
    assert len(submitted) == len(set(submitted))
    assert set(submitted).isdisjoint(later)
    assert set(saved) == set(submitted) | set(later)
    assert_sound(game_id, closed=[1])
    assert_goes_on(sitting, server_url, closed=[1])


def first_moves(sitting) -> list[str]:
    """One open move for each of the three governments, in their order."""
    game = sitting.again()
    found = []
    for seat in sitting.players:
        found.append(next(m.move for m in selectors.moves_for(game, seat) if m.open))
    return found
