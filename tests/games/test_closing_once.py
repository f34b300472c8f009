"""A turn closes once, whoever asks and however often."""

from __future__ import annotations

import threading
from datetime import timedelta

import pytest
import time_machine
from django.db import connections
from django.utils import timezone

from apps.games import services, tasks
from apps.games.models import Membership, Turn
from apps.games.refusals import Refusal
from apps.games.services.sweeping import resume_paused_clocks, turns_due
from apps.journal import store
from tests.games.cast import draft, table


def closings(game):
    return [r.payload["turn"] for r in store.read(game.pk, kinds=["TurnClosed"])]


@pytest.mark.django_db(transaction=True)
def test_of_six_workers_at_once_one_closes_the_turn():
    played = table()
    draft(played.anna, "levy_toll")
    start = threading.Barrier(6)
    outcomes: list[bool] = []

    def work():
        start.wait()
        try:
            outcomes.append(tasks.close_turn(str(played.game.pk), 1, "facilitator"))
        finally:
            connections.close_all()

    threads = [threading.Thread(target=work) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == [False] * 5 + [True]
    assert closings(played.game) == [1]
    assert played.again().turn == 2
    assert store.verify_chain(played.game.pk) is None


@pytest.mark.django_db(transaction=True)
def test_a_rush_of_clicks_at_the_close_is_counted_or_refused_never_half():
    played = table()
    made = [draft(played.ben, "trade_visit", parameters={"partner": "OST", "barrels": 20})]
    start = threading.Barrier(13)
    outcomes: list[str] = []

    def press(member):
        start.wait()
        try:
            services.set_ready(membership=member, ready=True)
            outcomes.append("counted")
        except Refusal as refusal:
            outcomes.append(refusal.code)
        finally:
            connections.close_all()

    def close():
        start.wait()
        try:
            tasks.close_turn(str(played.game.pk), 1, "facilitator")
        finally:
            connections.close_all()

    clicks = [member.pk for member in played.players.values()] * 4
    threads = [
        threading.Thread(target=press, args=[Membership.objects.get(pk=pk)]) for pk in clicks
    ]
    threads.append(threading.Thread(target=close))
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(outcomes) == 12
    assert set(outcomes) <= {"counted", "not_open"}
    assert closings(played.game) == [1]
    # Ben's draft was adjudicated exactly once, by his press or as it stood.
    accepted = store.read(played.game.pk, kinds=["OrderAccepted"])
    assert [record.payload["order"]["id"] for record in accepted] == [str(made[0].pk)]


@pytest.mark.django_db
def test_the_same_task_again_later_changes_nothing():
    played = table()
    assert tasks.close_turn(str(played.game.pk), 1, "facilitator")
    head = store.head(played.game.pk)
    assert not tasks.close_turn(str(played.game.pk), 1, "facilitator")
    assert not tasks.close_turn(str(played.game.pk), 7, "facilitator")
    assert store.head(played.game.pk) == head


@pytest.mark.django_db
def test_a_stale_all_ready_task_does_not_close_a_turn_that_is_not_ready():
    played = table()
    played.all_ready()
    services.set_ready(membership=played.ben, ready=False)
    assert not tasks.close_turn(str(played.game.pk), 1, "all_ready")
    services.set_ready(membership=played.ben, ready=True)
    assert tasks.close_turn(str(played.game.pk), 1, "all_ready")


@pytest.mark.django_db
def test_the_last_ready_press_enqueues_the_close_after_the_commit(
    django_capture_on_commit_callbacks, monkeypatch
):
    sent = []
    monkeypatch.setattr("apps.games.enqueue.send_close", lambda *told: sent.append(told))
    played = table()
    with django_capture_on_commit_callbacks(execute=True):
        services.set_ready(membership=played.anna, ready=True)
        services.set_ready(membership=played.ben, ready=True)
    assert sent == []
    with django_capture_on_commit_callbacks() as callbacks:
        services.set_ready(membership=played.carla, ready=True)
        assert sent == []
    for callback in callbacks:
        callback()
    assert sent == [(played.game.pk, 1, "all_ready")]


@pytest.mark.django_db
def test_drafts_are_submitted_as_they_stand_when_the_clock_runs_out():
    played = table(seconds_per_turn=60)
    order = draft(played.anna, "levy_toll", intent="")
    with time_machine.travel(timezone.now() + timedelta(seconds=61)):
        assert turns_due() == [(played.game.pk, 1, "deadline")]
        assert tasks.close_turn(str(played.game.pk), 1, "deadline")
    submitted = {
        r.payload["seat"]: (r.payload["by"], [o["id"] for o in r.payload["orders"]])
        for r in store.read(played.game.pk, kinds=["OrdersSubmitted"])
    }
    assert submitted == {
        "COR": ("clock", [str(order.pk)]),
        "MAR": ("clock", []),
        "OST": ("clock", []),
    }


@pytest.mark.django_db
def test_a_deadline_that_was_extended_does_not_close_early():
    played = table(seconds_per_turn=60)
    services.extend_deadline(by=played.dana, game_id=played.game.pk, seconds=60)
    with time_machine.travel(timezone.now() + timedelta(seconds=61)):
        assert turns_due() == []
        assert not tasks.close_turn(str(played.game.pk), 1, "deadline")
    with time_machine.travel(timezone.now() + timedelta(seconds=121)):
        assert turns_due() == [(played.game.pk, 1, "deadline")]


@pytest.mark.django_db
def test_grace_is_given_after_the_deadline():
    table(seconds_per_turn=60, grace_seconds=30)
    with time_machine.travel(timezone.now() + timedelta(seconds=75)):
        assert turns_due() == []
    with time_machine.travel(timezone.now() + timedelta(seconds=91)):
        assert len(turns_due()) == 1


@pytest.mark.django_db
def test_a_paused_clock_never_closes_and_goes_on_where_it_stopped():
    played = table(seconds_per_turn=60)
    start = timezone.now()
    with time_machine.travel(start + timedelta(seconds=40), tick=False):
        services.pause_clock(by=played.dana, game_id=played.game.pk)
    with time_machine.travel(start + timedelta(seconds=4000), tick=False):
        assert turns_due() == []
        services.resume_clock(by=played.dana, game_id=played.game.pk)
        left = (played.again().deadline - timezone.now()).total_seconds()
    assert 19 <= left <= 21


@pytest.mark.django_db
def test_a_clock_that_was_only_extended_into_being_resumes_too():
    played = table()
    services.extend_deadline(by=played.dana, game_id=played.game.pk, seconds=60)
    services.pause_clock(by=played.dana, game_id=played.game.pk)
    services.resume_clock(by=played.dana, game_id=played.game.pk)
    assert played.again().deadline is not None


@pytest.mark.django_db
def test_a_clock_paused_in_its_grace_is_due_when_it_resumes():
    played = table(seconds_per_turn=60, grace_seconds=30)
    with time_machine.travel(timezone.now() + timedelta(seconds=70), tick=False):
        services.pause_clock(by=played.dana, game_id=played.game.pk)
        services.resume_clock(by=played.dana, game_id=played.game.pk)
        assert played.again().deadline == timezone.now()


@pytest.mark.django_db
def test_a_pause_with_an_end_ends_by_the_sweep():
    played = table(seconds_per_turn=60)
    services.pause_clock(by=played.dana, game_id=played.game.pk, for_seconds=30)
    assert resume_paused_clocks() == 0
    with time_machine.travel(timezone.now() + timedelta(seconds=31)):
        assert resume_paused_clocks() == 1
        assert resume_paused_clocks() == 0
    assert played.again().deadline is not None


@pytest.mark.django_db
def test_the_sweep_finds_what_a_lost_task_should_have_closed():
    played = table()
    played.all_ready()
    assert turns_due() == [(played.game.pk, 1, "all_ready")]
    other = Turn.objects.get(game=played.game)
    assert other.due_at is None


@pytest.mark.django_db
def test_a_close_that_was_called_is_found_by_the_sweep():
    played = table()
    services.close_now(by=played.dana, game_id=played.game.pk)
    assert turns_due() == [(played.game.pk, 1, "called")]
    assert tasks.close_turn(str(played.game.pk), 1, "called")
    assert turns_due() == []


@pytest.mark.django_db
def test_a_call_that_comes_late_does_not_close_a_turn_that_was_reopened():
    played = table()
    services.close_now(by=played.dana, game_id=played.game.pk)
    played.close()
    services.reopen_turn(by=played.dana, game_id=played.game.pk, turn=1, reason="Once more")
    assert not tasks.close_turn(str(played.game.pk), 1, "called")
    assert played.again().phase == "orders"


@pytest.mark.django_db
def test_nothing_is_due_in_a_game_that_has_ended():
    played = table(turns=2, seconds_per_turn=60)
    played.close()
    played.close()
    with time_machine.travel(timezone.now() + timedelta(days=1)):
        assert turns_due() == []
