"""Rosters, parallel sessions, and how long sessions are kept."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from django.core.management import call_command
from django.utils import timezone

from apps.accounts.models import Person
from apps.accounts.rejoin import redeem_token
from apps.games import services
from apps.games.models import Game, Membership
from apps.games.refusals import Refusal
from apps.games.services.roster import Row
from apps.journal import store
from apps.journal.models import Tombstone
from tests.games.cast import facilitator, lobby, new_game, table

pytestmark = pytest.mark.django_db


def refused(act):
    with pytest.raises(Refusal) as refusal:
        act()
    return refusal.value


def test_a_roster_is_read_with_any_separator():
    for separator in ",;\t":
        text = (
            separator.join(["Name", "Government"]) + "\n" + separator.join(["Ada", "COR"]) + "\n\n"
        )
        assert services.read_roster("\ufeff" + text) == [Row("Ada", "COR")]


@pytest.mark.parametrize("text", ["", "people\nAda", "x" * 200_000])
def test_a_roster_that_cannot_be_read_says_why(text):
    assert refused(lambda: services.read_roster(text)).code == "bad_roster"


def test_everybody_of_a_roster_gets_a_seat_and_a_link():
    dana = facilitator()
    game = new_game(dana)
    rows = [Row("Ada", "COR", "treasury"), Row("Bo", "COR"), Row("Cy")]
    admitted = services.admit_roster(by=dana, game_id=game.pk, rows=rows, next_url="/games/x/")
    members = Membership.objects.filter(game=game, role="player")
    seats = {
        member.person.display_name: (member.government, member.seat_role) for member in members
    }
    assert seats == {"Ada": ("COR", "treasury"), "Bo": ("COR", "head"), "Cy": ("", "")}
    assert [redeem_token(one.token).person.display_name for one in admitted] == ["Ada", "Bo", "Cy"]


@pytest.mark.parametrize(
    ("row", "line"),
    [
        (Row(""), "Line 3"),
        (Row("ADA"), "Line 3: ADA is in"),
        (Row("Bo", "XXX"), "Line 3: there is no government XXX (COR, MAR, OST)"),
        (Row("Bo", "COR", "cook"), "Line 3: COR has no role cook (head, treasury)"),
        (Row("Bo", "COR", "head"), "Line 3: the role head is taken"),
    ],
)
def test_one_bad_line_admits_nobody_and_is_named(row, line):
    dana = facilitator()
    game = new_game(dana)
    rows = [Row("Ada", "COR", "head"), row]
    refusal = refused(
        lambda: services.admit_roster(by=dana, game_id=game.pk, rows=rows, next_url="/")
    )
    assert line in refusal.sentence
    assert not Person.objects.filter(display_name="Ada").exists()


def test_a_class_is_split_into_worlds_that_start_and_pause_together():
    dana = facilitator()
    first = new_game(dana, class_group="IR 101", seconds_per_turn=600, turns=4)
    others = services.split_class(by=dana, game_id=first.pk, count=2)
    assert [other.title for other in others] == ["Seminar 3, world 2", "Seminar 3, world 3"]
    assert {(o.class_group, o.turns, o.seconds_per_turn) for o in others} == {("IR 101", 4, 600)}
    assert len({first.seed, *(other.seed for other in others)}) == 3
    ids = [first.pk, *(other.pk for other in others)]
    assert services.start_together(by=dana, game_ids=ids) == {}
    assert services.pause_together(by=dana, game_ids=ids) == {}
    again = services.pause_together(by=dana, game_ids=ids)
    assert set(again.values()) == {"The clock is paused already."}
    assert services.resume_together(by=dana, game_ids=ids) == {}


def test_one_session_that_cannot_start_does_not_stop_the_others():
    dana = facilitator()
    games = [new_game(dana), new_game(dana)]
    services.start_game(by=dana, game_id=games[0].pk)
    refused_ones = services.start_together(by=dana, game_ids=[game.pk for game in games])
    assert list(refused_ones) == [games[0].pk]
    assert Game.objects.get(pk=games[1].pk).phase == "orders"


def test_a_running_session_is_not_deleted():
    played = table()
    assert (
        refused(
            lambda: services.delete_game(game_id=played.game.pk, reason="x", by=played.dana)
        ).code
        == "still_running"
    )


def test_a_deleted_session_leaves_a_tombstone_and_no_names():
    played = lobby()
    services.archive_game(by=played.dana, game_id=played.game.pk)
    gone = services.delete_game(game_id=played.game.pk, reason="Term is over", by=played.dana)
    assert gone > 5
    assert store.head(played.game.pk)[0] == 0
    assert Tombstone.objects.get().reason == "Term is over"
    assert not Person.objects.exclude(display_name="").exists()
    assert Person.objects.filter(username="dana", is_active=True).exists()


def test_the_retention_period_deletes_what_is_over_and_keeps_the_rest(capsys):
    over = lobby()
    services.archive_game(by=over.dana, game_id=over.game.pk)
    kept = new_game(over.dana)
    with time_machine.travel(timezone.now() + timedelta(days=31)):
        call_command("purge_games", "--days", "30")
        assert Game.objects.count() == 2
        call_command("purge_games", "--days", "30", "--yes")
    assert list(Game.objects.all()) == [kept]


def test_review_is_turned_on_for_the_turns_that_follow():
    played = table()
    services.set_review(by=played.dana, game_id=played.game.pk, review=True)
    played.close()
    assert played.again().phase == "review"
