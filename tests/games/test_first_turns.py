"""A game from its creation to its end, by services alone."""

from __future__ import annotations

import pytest

from apps.games import selectors, services
from apps.games.models import Turn
from apps.games.refusals import Refusal
from apps.games.rulesets import ruleset_for
from apps.games.session import fold, session_to_json
from apps.games.sessions import session_for
from apps.games.verifying import verify_game
from apps.journal import store
from tests.games.cast import draft, facilitator, lobby, new_game, table

pytestmark = pytest.mark.django_db


def tension(game, viewer="public"):
    view = selectors.view_for(game, viewer)
    return next(track["value"] for track in view["tracks"] if track["id"] == "tension")


def test_people_join_by_code_and_take_seats():
    seated = lobby()
    room = selectors.room_for(seated.again(), "public")
    people = {seat["government"]: [p["name"] for p in seat["people"]] for seat in room["seats"]}
    assert people == {"COR": ["Anna", "Cora"], "MAR": ["Ben"], "OST": ["Carla"]}
    assert room["phase"] == "lobby"
    assert room["view"] is None


def test_an_order_moves_the_indicators_and_the_next_turn_opens():
    played = table()
    before = tension(played.again())
    draft(played.anna, "levy_toll")
    played.all_ready()
    assert played.close()
    game = played.again()
    assert (game.turn, game.phase) == (2, "orders")
    assert tension(game) > before
    kinds = [event["kind"] for event in selectors.results_for(game, "seat:MAR")]
    assert "OrderAccepted" in kinds
    assert kinds[-1] == "TurnAdjudicated"


def test_the_game_runs_to_its_last_turn_and_ends():
    played = table(turns=2)
    assert played.close()
    assert played.close()
    game = played.again()
    assert game.phase == "finished"
    assert game.ending
    assert game.finished_at is not None
    assert not played.close()
    with pytest.raises(Refusal, match="finished"):
        services.pause_clock(by=played.dana, game_id=game.pk)


def test_the_live_session_is_the_fold_of_the_journal():
    played = table(turns=3, seconds_per_turn=600)
    draft(played.anna, "levy_toll")
    services.send_message(membership=played.ben, to=["OST"], text="Shall we table a draft?")
    services.pause_clock(by=played.dana, game_id=played.game.pk)
    services.resume_clock(by=played.dana, game_id=played.game.pk)
    services.extend_deadline(by=played.dana, game_id=played.game.pk, seconds=60)
    played.close()
    draft(played.ben, "trade_visit", parameters={"partner": "OST", "barrels": 20})
    services.set_ready(membership=played.ben, ready=True)
    game = played.again()
    whole = fold(ruleset_for(game), store.read(game.pk))
    assert session_to_json(whole) == session_to_json(session_for(game))
    assert verify_game(game) == []


def test_a_turn_without_orders_still_closes():
    played = table()
    assert played.close()
    turn = Turn.objects.get(game=played.game, number=1)
    assert (turn.status, turn.close_reason) == ("closed", "facilitator")
    assert turn.last_sequence == Turn.objects.get(game=played.game, number=2).opened_sequence - 1


def test_joining_twice_gives_the_same_membership_back():
    seated = lobby()
    again = services.join_game(
        code=seated.game.join_code.lower(), display_name="Other", person=seated.anna.person
    )
    assert again.pk == seated.anna.pk


def test_another_name_in_another_session_is_another_person():
    seated = lobby()
    other = new_game(facilitator("erin"))
    same = services.join_game(code=other.join_code, display_name="Anna", person=seated.anna.person)
    assert same.person == seated.anna.person
    ben = services.join_game(code=other.join_code, display_name="Zoe", person=seated.ben.person)
    assert ben.person != seated.ben.person
    assert ben.person.display_name == "Zoe"
    assert seated.ben.person.display_name == "Ben"


@pytest.mark.parametrize(
    ("name", "code"), [("", "words_missing"), ("x" * 41, "words_too_long"), ("anna", "name_taken")]
)
def test_names_that_cannot_be_used_are_refused_by_name(name, code):
    seated = lobby()
    with pytest.raises(Refusal) as refused:
        services.join_game(code=seated.game.join_code, display_name=name)
    assert refused.value.code == code


def test_an_unknown_code_is_refused():
    with pytest.raises(Refusal) as refused:
        services.join_game(code="nope", display_name="Eve")
    assert refused.value.code == "no_such_code"


def test_a_seat_is_kept_once_the_game_has_begun():
    played = table()
    with pytest.raises(Refusal) as refused:
        services.take_seat(membership=played.anna, government="MAR")
    assert refused.value.code == "seat_kept"


@pytest.mark.parametrize(
    ("options", "code"),
    [
        ({"turns": 99}, "bad_length"),
        ({"seconds_per_turn": 5}, "bad_clock"),
        ({"seats": {"XXX": {"mode": "people"}}}, "no_such_government"),
        ({"seats": {"COR": {"mode": "robots"}}}, "no_such_mode"),
        ({"seats": {"COR": {"mode": "doctrine", "doctrine": "none"}}}, "no_such_doctrine"),
    ],
)
def test_a_session_that_cannot_be_is_refused_by_name(options, code):
    with pytest.raises(Refusal) as refused:
        lobby(**options)
    assert refused.value.code == code
