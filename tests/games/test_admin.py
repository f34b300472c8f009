"""Django's admin: found and archived there, never edited."""

from __future__ import annotations

import pytest
from django.urls import reverse

from apps.accounts.models import Person
from apps.games.models import Game
from apps.journal import store
from apps.journal.models import Entry
from tests.games.cast import draft, table

pytestmark = pytest.mark.django_db


@pytest.fixture
def played(client):
    root = Person.objects.create_superuser(username="root", password="a long passphrase")
    client.force_login(root)
    made = table(seed="a secret seed")
    draft(made.anna, "levy_toll", intent="A secret intent")
    made.close()
    return made


@pytest.mark.parametrize(
    "model",
    [
        "games_game",
        "games_membership",
        "games_resolvedscenario",
        "journal_entry",
        "journal_tombstone",
        "accounts_person",
    ],
)
def test_every_list_opens_and_is_searched(client, played, model):
    address = reverse(f"admin:{model}_changelist")
    assert client.get(address).status_code == 200
    assert client.get(address, {"q": str(played.game.pk)}).status_code == 200


def test_a_session_is_shown_with_its_rooms_and_without_its_seed(client, played):
    page = client.get(reverse("admin:games_game_changelist")).content.decode()
    assert reverse("facilitation:board", args=[played.game.pk]) in page
    one = client.get(reverse("admin:games_game_change", args=[played.game.pk])).content.decode()
    assert "a secret seed" not in one


def test_an_entry_of_the_journal_shows_no_payload_and_cannot_be_edited(client, played):
    entry = Entry.objects.filter(stream=played.game.pk, kind="OrdersSubmitted").first()
    address = reverse("admin:journal_entry_change", args=[entry.pk])
    assert "A secret intent" not in client.get(address).content.decode()
    assert client.post(address, {"kind": "GameEnded"}).status_code == 403
    assert client.get(reverse("admin:journal_entry_add")).status_code == 403


def act(client, played, name):
    return client.post(
        reverse("admin:games_game_changelist"),
        {"action": name, "_selected_action": [str(played.game.pk)], "sure": "yes"},
        follow=True,
    )


def test_an_action_that_takes_away_asks_first(client, played):
    chosen = {"_selected_action": [str(played.game.pk)]}
    for name, words in (("archive", "closed for good"), ("delete_for_good", "cannot be undone")):
        asked = client.post(reverse("admin:games_game_changelist"), {"action": name, **chosen})
        assert words in asked.content.decode()
    assert not store.read(played.game.pk, kinds=["GameArchived"])
    person = {"_selected_action": [str(played.anna.person.pk)], "action": "erase_for_good"}
    asked = client.post(reverse("admin:accounts_person_changelist"), person)
    assert "removed for good" in asked.content.decode()
    assert Person.objects.get(pk=played.anna.person.pk).display_name == "Anna"


def test_people_are_exported_and_erased_and_never_deleted(client, played):
    address = reverse("admin:accounts_person_changelist")
    anna = [str(played.anna.person.pk)]
    answer = client.post(address, {"action": "export_data", "_selected_action": anna})
    assert answer.json()[0]["account"]["display_name"] == "Anna"
    told = {"action": "erase_for_good", "_selected_action": anna, "sure": "yes"}
    client.post(address, told)
    assert Person.objects.get(pk=anna[0]).erased_at is not None
    dana = {"action": "erase_for_good", "_selected_action": [str(played.dana.pk)], "sure": "yes"}
    page = client.post(address, dana, follow=True).content.decode()
    assert "Archive it or let somebody else run it first" in page
    delete = {"action": "delete_selected", "_selected_action": [str(played.ben.person.pk)]}
    client.post(address, {**delete, "post": "yes"})
    assert Person.objects.filter(pk=played.ben.person.pk).exists()


def test_a_running_session_is_archived_by_an_event_and_only_then_deleted(client, played):
    refused = act(client, played, "delete_for_good").content.decode()
    assert "still running" in refused
    act(client, played, "archive")
    assert store.read(played.game.pk, kinds=["GameArchived"])
    act(client, played, "delete_for_good")
    assert not Game.objects.exists()
    assert store.head(played.game.pk)[0] == 0


def test_somebody_who_is_no_site_admin_does_not_come_in(client, played):
    client.force_login(played.dana)
    assert client.get(reverse("admin:games_game_changelist")).status_code == 302
