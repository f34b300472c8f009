"""Several sessions in one view: by class, with clock and ready; the same queries for many."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from apps.facilitation.sessions import classes_for
from apps.games import services
from apps.games.models import Game
from tests.games.cast import facilitator, new_game, table

pytestmark = pytest.mark.django_db
LIST = "/control/"


@pytest.fixture
def played():
    return table(class_group="IR 101", seconds_per_turn=600)


def test_sessions_of_a_class_stand_together(played):
    services.split_class(by=played.dana, game_id=played.game.pk, count=2)
    new_game(played.dana)
    found = {one["name"]: len(one["sessions"]) for one in classes_for(played.dana)}
    assert found == {"": 1, "IR 101": 3}


def test_each_shows_its_clock_and_who_is_ready(client, played):
    services.set_ready(membership=played.anna, ready=True)
    client.force_login(played.dana)
    row = client.get(LIST).context["classes"][0]["sessions"][0]
    assert (row["ready"], row["expected"], row["people"]) == (1, 3, 4)
    assert row["due"] == played.again().due_at
    services.pause_clock(by=played.dana, game_id=played.game.pk)
    row = client.get(LIST).context["classes"][0]["sessions"][0]
    assert (row["due"], row["paused"]) == (None, True)


def test_the_whole_class_is_started_with_one_press_and_a_question(client, played):
    services.split_class(by=played.dana, game_id=played.game.pk, count=2)
    client.force_login(played.dana)
    page = client.get(LIST).content.decode()
    assert "The whole class:" in page
    games = [str(pk) for pk in Game.objects.values_list("pk", flat=True)]
    assert all(page.count(f'value="{pk}"') == 2 for pk in games)  # its tick, and its class


def test_what_is_archived_stands_apart(client, played):
    services.archive_game(by=played.dana, game_id=played.game.pk)
    client.force_login(played.dana)
    assert client.get(LIST).context["classes"] == []
    archived = client.get(LIST + "?archived").context["classes"]
    assert [one["id"] for one in archived[0]["sessions"]] == [played.game.pk]


def test_the_list_asks_again_for_the_table_alone(client, played):
    client.force_login(played.dana)
    part = client.get(LIST, headers={"HX-Request": "true"}).content.decode()
    assert played.game.title in part
    assert "<html" not in part


def test_many_sessions_cost_no_more_queries_than_one(client, played):
    client.force_login(played.dana)

    def queries() -> int:
        client.get(LIST)
        with CaptureQueriesContext(connection) as captured:
            client.get(LIST)
        return len(captured)

    one = queries()
    services.split_class(by=played.dana, game_id=played.game.pk, count=8)
    assert queries() == one


def test_nobody_sees_the_sessions_of_another(played):
    assert classes_for(facilitator("erin")) == []
