"""What is held of a person: shown, exported, erased; kept no longer than wanted; in no log."""

from __future__ import annotations

import logging
from datetime import timedelta

import pytest
import structlog
import time_machine
from celery import current_app
from django.conf import settings
from django.contrib.auth import get_user
from django.core.management import CommandError, call_command
from django.test import RequestFactory
from django.urls import reverse
from django.utils import timezone

from apps.accounts.models import Person
from apps.accounts.permissions import Role
from apps.accounts.rejoin import issue_link
from apps.games import services, tasks
from apps.games.models import Game
from apps.games.services.erasing import erase
from apps.games.verifying import verify_game
from apps.journal import store
from tests.games.cast import draft, facilitator, lobby, new_game, table
from wargame.logs import configure_logging

pytestmark = pytest.mark.django_db


def test_a_person_reads_and_takes_along_what_is_held_of_them(client):
    played = table()
    services.send_message(membership=played.anna, to=["MAR"], text="A word of Anna's")
    services.send_message(membership=played.ben, to=["COR"], text="A word of Ben's")
    client.force_login(played.anna.person)
    page = client.get(reverse("games:your_data")).content.decode()
    assert "Anna" in page
    assert played.game.title in page
    held = client.get(reverse("games:export_your_data")).json()
    assert held["account"]["display_name"] == "Anna"
    assert [one["text"] for one in held["messages"]] == ["A word of Anna's"]


def test_a_person_erases_themselves_by_a_typed_word_and_the_record_stays_whole(client):
    played = table()
    draft(played.anna, "levy_toll")
    services.send_message(membership=played.anna, to=["MAR"], text="Hello")
    client.force_login(played.anna.person)
    assert client.post(reverse("games:your_data"), {"word": "no"}).status_code == 422
    client.post(reverse("games:your_data"), {"word": "erase"})
    anna = Person.objects.get(pk=played.anna.person.pk)
    assert (anna.display_name, anna.email, anna.is_active) == ("", "", False)
    assert client.get(reverse("games:your_data")).status_code == 302
    assert verify_game(played.again()) == []


def test_whoever_alone_runs_a_session_hands_it_over_first(client):
    played = lobby()
    client.force_login(played.dana)
    refused = client.post(reverse("games:your_data"), {"word": "erase"})
    assert played.game.title in refused.content.decode()
    with pytest.raises(CommandError, match="Archive it"):
        call_command("erase_person", "dana", "--yes")
    services.archive_game(by=played.dana, game_id=played.game.pk)
    call_command("erase_person", "dana", "--yes")
    assert not Person.objects.filter(username="dana").exists()


def test_a_co_facilitator_is_enough_to_go_on(client):
    played = lobby()
    erin = facilitator("erin")
    services.add_member(
        by=played.dana, game_id=played.game.pk, person=erin, role=Role.CO_FACILITATOR
    )
    client.force_login(played.dana)
    client.post(reverse("games:your_data"), {"word": "erase"})
    assert not Person.objects.filter(username="dana").exists()


def test_the_last_administrator_stays():
    Person.objects.create_superuser(username="root", password="a long passphrase")
    with pytest.raises(CommandError, match="alone administer"):
        call_command("erase_person", "root", "--yes")


def test_a_worker_deletes_daily_what_is_past_the_retention_period(settings):
    over = lobby()
    services.archive_game(by=over.dana, game_id=over.game.pk)
    kept = new_game(over.dana)
    with time_machine.travel(timezone.now() + timedelta(days=31)):
        settings.RETENTION_DAYS = 0
        assert tasks.delete_past_retention() == 0
        assert Game.objects.count() == 2
        settings.RETENTION_DAYS = 30
        assert tasks.delete_past_retention() == 1
    assert list(Game.objects.all()) == [kept]
    assert not Person.objects.filter(display_name="Anna").exists()


def test_the_retention_task_is_in_the_beat_and_exists():
    planned = settings.CELERY_BEAT_SCHEDULE["delete sessions past retention"]
    assert planned["schedule"] == 86400
    current_app.loader.import_default_modules()
    assert planned["task"] in current_app.tasks


@pytest.fixture
def lines():
    described = configure_logging(level="DEBUG", style="json")["formatters"]["lines"]
    formatter = structlog.stdlib.ProcessorFormatter(
        foreign_pre_chain=described["foreign_pre_chain"], processors=described["processors"]
    )
    handler = logging.Handler(level=logging.DEBUG)
    kept: list[str] = []
    handler.emit = lambda record: kept.append(formatter.format(record))
    root = logging.getLogger()
    before = root.level
    root.addHandler(handler)
    root.setLevel(logging.DEBUG)
    yield kept
    root.removeHandler(handler)
    root.setLevel(before)


def test_nothing_personal_is_in_the_logs(client, lines):
    """A session from joining to its end, with refusals and an error; searched for canaries."""
    name, words, intent = "Canary Zaphod", "canary of a message", "canary of an intent"
    dana = facilitator()
    dana.email = "canary@example.org"
    dana.save()
    game = new_game(dana)
    join = reverse("games:join_game", args=[game.join_code])
    client.post(join, {"display_name": name, "place": "COR:"})
    client.post(join, {"display_name": name, "place": "nowhere:"})
    member = services.join_game(code=game.join_code, display_name=f"{name} 2")
    services.take_seat(membership=member, government="COR")
    token = issue_link(person=member.person, next_url="/")
    client.get(reverse("accounts:rejoin", args=[token]))
    client.post(reverse("accounts:rejoin", args=[token]))
    client.post(reverse("accounts:rejoin", args=["a-wrong-canary-token"]))
    client.post(reverse("accounts:sign_in"), {"username": "dana", "password": "canary-password"})
    services.start_game(by=dana, game_id=game.pk)
    services.send_message(membership=member, to=["MAR"], text=words)
    draft(member, "levy_toll", intent=intent)
    client.post(reverse("games:thread", args=[game.pk, "COR-MAR"]), {"text": words * 999})
    tasks.close_turn(str(game.pk), 1, "facilitator")
    tasks.sweep_deadlines()
    logging.getLogger("apps.games").info("a line that says it is heard")
    assert any("a line that says it is heard" in line for line in lines)
    told = [line for line in lines if "django.db.backends" not in line]
    for canary in ("Canary", "canary", token, "dana", "127.0.0.1"):
        assert not [line[:200] for line in told if canary in line]


def test_a_session_of_the_browser_ends_with_the_person(client):
    played = table()
    client.force_login(played.anna.person)
    erase(person=played.anna.person)
    request = RequestFactory().get("/")
    request.session = client.session
    assert not get_user(request).is_authenticated
    assert store.head(played.game.pk)[0] > 0
