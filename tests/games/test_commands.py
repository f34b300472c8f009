"""The commands: each says what it did, and bad input says what to do."""

from __future__ import annotations

import json

import pytest
from django.core.management import CommandError, call_command

from apps.accounts.models import Person
from apps.games.models import Game
from apps.games.sessions import session_for
from tests.games.cast import table

pytestmark = pytest.mark.django_db


def run(capsys, *arguments):
    call_command(*arguments)
    return capsys.readouterr().out


def test_the_demonstration_is_made_once_and_kept(capsys, monkeypatch):
    monkeypatch.setenv("WARGAME_DEMO_PASSWORD", "a demonstration")
    first = json.loads(run(capsys, "create_demo", "--json", "--scenario", "strait_of_veld"))
    again = json.loads(run(capsys, "create_demo", "--json"))
    assert first["code"] == again["code"] == Game.objects.get().join_code
    assert Person.objects.get(username="demo").check_password("a demonstration")


def test_a_finished_demonstration_is_followed_by_a_new_one(capsys):
    first = json.loads(run(capsys, "create_demo", "--json", "--scenario", "strait_of_veld"))
    Game.objects.update(phase=Game.Phase.FINISHED)
    again = json.loads(run(capsys, "create_demo", "--json", "--scenario", "strait_of_veld"))
    assert first["game"] != again["game"]


def test_a_session_is_created_and_listed(capsys):
    Person.objects.create_user(username="dana", password="a long passphrase")
    made = run(
        capsys,
        "create_game",
        "strait_of_veld",
        "--facilitator",
        "dana",
        "--turns",
        "3",
        "--doctrine",
        "OST",
        "--reading",
        "60",
        "--talks",
        "0",
    )
    game = Game.objects.get()
    assert dict(session_for(game).timetable) == {"reading": 60, "talks": None}
    assert game.join_code in made
    assert game.join_code in run(capsys, "list_games")
    (listed,) = json.loads(run(capsys, "list_games", "--json"))
    assert listed["id"] == str(game.pk)
    assert listed["code"] == game.join_code
    assert (listed["phase"], listed["people"], listed["turns"]) == ("lobby", 1, 3)
    assert game.seats.get(government="OST").mode == "doctrine"


def test_no_session_says_how_to_make_one(capsys):
    assert "create_demo" in run(capsys, "list_games")
    assert run(capsys, "list_games", "--json") == "[]\n"


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["create_game", "strait_of_veld", "--facilitator", "nobody"], "no account nobody"),
        (["create_game", "no_such", "--facilitator", "dana"], "no_such"),
        (["close_turn", "00000000-0000-0000-0000-000000000000"], "list_games"),
        (["erase_person", "nobody", "--yes"], "no person nobody"),
        (["purge_games", "--days", "0"], "at least one day"),
    ],
)
def test_bad_input_says_what_is_wrong(arguments, words):
    Person.objects.create_user(username="dana", password="a long passphrase")
    with pytest.raises(CommandError, match=words):
        call_command(*arguments)


def test_a_turn_is_closed_and_a_seat_handed_over(capsys):
    played = table()
    game = str(played.game.pk)
    assert "Turn 1 is closed" in run(capsys, "close_turn", game)
    with pytest.raises(CommandError, match="not open"):
        call_command("close_turn", game, "--turn", "1")
    assert "led by doctrine" in run(capsys, "hand_seat", game, "OST", "doctrine", "--by", "dana")
    with pytest.raises(CommandError, match="does not allow"):
        call_command("hand_seat", game, "OST", "people", "--by", played.anna.person.username)


def test_a_person_reads_what_is_held_of_them_and_is_erased(capsys):
    played = table()
    anna = played.anna.person
    held = json.loads(run(capsys, "erase_person", anna.username, "--export"))
    assert held["account"]["display_name"] == "Anna"
    assert held["sessions"][0]["government"] == "COR"
    run(capsys, "erase_person", str(anna.pk), "--yes")
    anna.refresh_from_db()
    assert (anna.display_name, anna.is_active) == ("", False)


def test_without_an_answer_nobody_is_erased(monkeypatch):
    def nobody_there(_question: str) -> str:
        raise EOFError

    Person.objects.create_user(username="dana", password="a long passphrase")
    monkeypatch.setattr("builtins.input", nobody_there)
    with pytest.raises(CommandError, match="Give --yes"):
        call_command("erase_person", "dana")
    assert Person.objects.filter(username="dana").exists()
