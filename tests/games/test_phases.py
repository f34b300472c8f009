"""A turn in phases: each with its clock, what is open in it, and what ends it."""

from __future__ import annotations

from datetime import timedelta

import pytest

from apps.games import services, tasks
from apps.games.models import Game, Turn
from apps.games.refusals import Refusal
from apps.games.session import ORDERS, READING, TALKS, session_from_json, session_to_json
from apps.games.sessions import session_for
from apps.games.verifying import verify_game
from apps.journal import store
from tests.games.cast import draft, table

pytestmark = pytest.mark.django_db
TIMETABLE = {"reading": 120, "talks": 300}


@pytest.fixture
def played():
    return table(timetable=TIMETABLE, seconds_per_turn=600, grace_seconds=30)


def phase_of(played) -> str:
    return played.again().phase


def on(played, phase: str) -> bool:
    game = played.again()
    return services.go_on(game_id=game.pk, turn=game.turn, phase=phase, by=played.dana)


def run_out(played, seconds: int = 0) -> None:
    """Let the phase's clock have run out `seconds` ago, by an event of the journal."""
    from apps.games.desk import open_desk

    with open_desk(played.game.pk) as desk:
        left = (desk.session.clock.due - desk.now).total_seconds()
        desk.record("DeadlineExtended", {"seconds": -left - seconds - 1})


def test_a_turn_goes_from_reading_to_talks_to_orders(played):
    assert phase_of(played) == READING
    assert on(played, READING)
    assert phase_of(played) == TALKS
    assert on(played, TALKS)
    assert phase_of(played) == ORDERS
    assert not on(played, ORDERS)  # the last phase is closed with its turn
    kinds = [record.kind for record in store.read(played.game.pk)]
    assert kinds.count("PhaseOpened") == 2


def test_each_phase_has_its_own_clock(played):
    lengths = []
    for phase in (READING, TALKS, ORDERS):
        opened = store.read(played.game.pk, kinds=["TurnOpened", "PhaseOpened"])[-1]
        lengths.append(played.again().due_at - opened.at)
        on(played, phase)
    assert lengths == [timedelta(seconds=n) for n in (120, 300, 600)]


def test_the_sweep_opens_the_next_phase_when_the_clock_has_run_out(played):
    tasks.sweep_deadlines()
    assert phase_of(played) == READING
    run_out(played)
    tasks.sweep_deadlines()
    assert phase_of(played) == TALKS
    tasks.sweep_deadlines()
    assert phase_of(played) == TALKS


def test_only_the_clock_of_the_orders_closes_the_turn_after_its_grace(played):
    game = played.again()
    run_out(played, 60)
    assert not services.close_turn(game_id=game.pk, turn=1, reason="deadline")
    on(played, READING)
    on(played, TALKS)
    run_out(played, 10)
    assert not services.close_turn(game_id=game.pk, turn=1, reason="deadline")
    run_out(played, 40)
    assert services.close_turn(game_id=game.pk, turn=1, reason="deadline")
    assert (played.again().turn, phase_of(played)) == (2, READING)


def test_going_on_twice_or_from_an_old_screen_skips_nothing(played):
    assert on(played, READING)
    assert not on(played, READING)
    assert phase_of(played) == TALKS


def test_while_reading_a_delegation_only_confers_with_itself(played):
    services.send_message(membership=played.anna, to=[], text="What do we make of it?")
    refused = {
        "message": lambda: services.send_message(membership=played.anna, to=["MAR"], text="Hi"),
        "statement": lambda: services.publish_statement(membership=played.anna, text="We say"),
        "offer": lambda: services.make_offer(
            membership=played.anna,
            agreement="lanterns_accord",
            parties={"north": "COR", "south": "MAR"},
        ),
        "draft": lambda: draft(played.anna, "levy_toll"),
        "ready": lambda: services.set_ready(membership=played.anna, ready=True),
    }
    for act in refused.values():
        with pytest.raises(Refusal) as refusal:
            act()
        assert refusal.value.code == "not_yet"


def test_in_the_talks_orders_are_drafted_and_not_submitted(played):
    on(played, READING)
    services.send_message(membership=played.anna, to=["MAR"], text="Shall we?")
    services.make_offer(
        membership=played.anna,
        agreement="lanterns_accord",
        parties={"north": "COR", "south": "MAR"},
    )
    draft(played.anna, "levy_toll")
    for act in (
        lambda: services.set_ready(membership=played.anna, ready=True),
        lambda: services.submit_orders(membership=played.ben, orders=[]),
        lambda: services.cast_vote(membership=played.anna, draft="x", choice="yes"),
    ):
        with pytest.raises(Refusal) as refusal:
            act()
        assert refusal.value.code == "not_yet"
    on(played, TALKS)
    services.set_ready(membership=played.anna, ready=True)


def test_pause_and_extend_act_on_the_phase_that_is_open(played):
    services.pause_clock(by=played.dana, game_id=played.game.pk)
    run = tasks.sweep_deadlines
    run()
    assert phase_of(played) == READING
    assert played.again().due_at is None
    services.resume_clock(by=played.dana, game_id=played.game.pk)
    before = played.again().due_at
    services.extend_deadline(by=played.dana, game_id=played.game.pk, seconds=60)
    assert played.again().due_at == before + timedelta(seconds=60)


def test_the_facilitator_closes_a_turn_in_any_phase(played):
    services.close_now(by=played.dana, game_id=played.game.pk)
    assert services.close_turn(game_id=played.game.pk, turn=1, reason="called")
    assert played.again().turn == 2


def test_a_called_turn_is_not_taken_for_a_phase_that_is_over(played):
    services.close_now(by=played.dana, game_id=played.game.pk)
    from apps.games.services.sweeping import end_phases_due, turns_due

    assert end_phases_due() == 0
    assert turns_due() == [(played.game.pk, 1, "called")]


def test_a_phase_without_a_clock_waits_for_the_facilitator():
    played = table(name="dora", timetable={"talks": None}, seconds_per_turn=600)
    assert (phase_of(played), played.again().due_at) == (TALKS, None)
    tasks.sweep_deadlines()
    assert phase_of(played) == TALKS
    on(played, TALKS)
    assert played.again().due_at is not None


def test_a_player_opens_no_phase_and_sets_no_clock(played):
    for act in (
        lambda by: services.go_on(game_id=played.game.pk, turn=1, phase=READING, by=by),
        lambda by: services.set_timetable(
            by=by, game_id=played.game.pk, seconds_per_turn=60, timetable={}
        ),
    ):
        with pytest.raises(Refusal) as refusal:
            act(played.anna.person)
        assert refusal.value.code == "not_allowed"


def test_the_clocks_of_phases_to_come_can_be_changed(played):
    due = played.again().due_at
    services.set_timetable(
        by=played.dana, game_id=played.game.pk, seconds_per_turn=900, timetable={"talks": 60}
    )
    assert (phase_of(played), played.again().due_at) == (READING, due)
    on(played, READING)
    played.close()
    assert (played.again().turn, phase_of(played)) == (2, TALKS)
    assert played.again().seconds_per_turn == 900


@pytest.mark.parametrize(
    ("seconds", "timetable"), [(5, {}), (600, {"talks": 5}), (600, {"vote": 60})]
)
def test_a_clock_that_cannot_be_is_refused(seconds, timetable):
    with pytest.raises(Refusal):
        table(name="dora", seconds_per_turn=seconds, timetable=timetable)


def test_doctrines_speak_when_they_can_be_answered():
    seats = {"MAR": {"mode": "doctrine"}, "OST": {"mode": "doctrine"}}
    from tests.games.cast import facilitator, new_game

    dana = facilitator()
    game = new_game(dana, timetable=TIMETABLE, seats=seats)
    services.start_game(by=dana, game_id=game.pk)
    said = ("OfferMade", "StatementPublished")
    assert not store.read(game.pk, kinds=said)
    services.go_on(game_id=game.pk, turn=1, phase=READING, by=dana)
    assert store.read(game.pk, kinds=said)


def test_a_session_in_phases_is_saved_verified_and_duplicated(played):
    on(played, READING)
    played.close()
    session = session_for(played.again())
    from apps.games.rulesets import ruleset_for

    again = session_from_json(ruleset_for(played.again()), session_to_json(session))
    assert again == session
    assert verify_game(played.again()) == []
    twin = services.duplicate_game(by=played.dana, game_id=played.game.pk)
    assert dict(session_for(twin).timetable) == TIMETABLE


def test_a_branch_has_no_phases_and_no_clock(played):
    on(played, READING)
    branch = services.branch_game(by=played.dana, game_id=played.game.pk, turn=1)
    assert (branch.phase, branch.due_at) == (Game.Phase.ORDERS, None)
    assert services.run_branch(by=played.dana, game_id=branch.pk, turns=2) == 2


def test_a_reopened_turn_begins_with_its_first_phase(played):
    on(played, READING)
    on(played, TALKS)
    played.close()
    services.reopen_turn(by=played.dana, game_id=played.game.pk, turn=1, reason="Again")
    assert (played.again().turn, phase_of(played)) == (1, READING)
    row = Turn.objects.get(game=played.game, number=1, status=Turn.Status.OPEN)
    assert row.due_at == played.again().due_at
