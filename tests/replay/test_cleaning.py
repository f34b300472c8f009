"""A game that is deleted leaves nothing in the replay room."""

from __future__ import annotations

import pytest
from django.urls import reverse

from apps.accounts.models import Person
from apps.games import services
from apps.games.models import Game
from apps.journal import store
from apps.replay import what_ifs
from apps.replay.branching import Changes
from apps.replay.chapters import chapters_for
from apps.replay.exporting import as_json
from apps.replay.importing import import_game
from apps.replay.models import Chapter, Note, Opening, SavedGame, ShareLink, WhatIf, WhatIfRun
from apps.replay.sharing import make_link
from apps.replay.sources import source_for

pytestmark = pytest.mark.django_db


def test_chapters_notes_links_questions_and_branches_go_with_their_game(played, monkeypatch):
    monkeypatch.setattr(what_ifs, "_send", lambda what_if: None)
    chapters_for(played.source)
    question = what_ifs.ask(
        source=played.source,
        turn=1,
        changes=Changes(orders={"MAR": []}),
        seeds=1,
        title="x",
        by=played.facilitator,
    )
    what_ifs.run_seed(what_if_id=question.pk, number=0)
    question.refresh_from_db()
    branch = question.saved_id
    make_link(stream=played.game.pk, viewer="public", days=1, by=played.facilitator)
    Note.objects.create(stream=played.game.pk, turn=1, title="x", author=played.facilitator)
    services.archive_game(by=played.facilitator, game_id=played.game.pk)
    Opening.objects.create(stream=played.game.pk, by=played.facilitator)
    assert store.head(branch)[0] > 0

    services.delete_game(game_id=played.game.pk, reason="the term is over", by=played.facilitator)

    kept = (Chapter, Note, Opening, ShareLink, WhatIf, WhatIfRun, SavedGame)
    assert {model.__name__: model.objects.count() for model in kept} == dict.fromkeys(
        (model.__name__ for model in kept), 0
    )
    assert store.head(branch)[0] == 0
    assert store.head(played.game.pk)[0] == 0


def test_a_saved_game_of_the_same_scenario_stands_when_the_last_session_goes(played):
    data = as_json(played.source, store.read(played.game.pk))
    saved = import_game(data=data, owner=played.facilitator)
    services.archive_game(by=played.facilitator, game_id=played.game.pk)
    services.delete_game(game_id=played.game.pk, reason="the term is over", by=played.facilitator)
    assert chapters_for(source_for(saved.pk))
    saved.delete()
    assert store.head(saved.pk)[0] == 0


def test_only_the_owner_deletes_a_saved_game_and_is_asked_first(client, played):
    data = as_json(played.source, store.read(played.game.pk))
    saved = import_game(data=data, owner=played.facilitator)
    url = reverse("replay:delete", args=[saved.pk])
    client.force_login(Person.objects.create_user(username="ida", password="pw", kind="instructor"))
    assert client.post(url).status_code == 403
    client.force_login(played.facilitator)
    assert "go for good" in client.get(url).content.decode()
    assert SavedGame.objects.exists()
    assert client.post(url).url == reverse("replay:gallery")
    assert not SavedGame.objects.exists()
    session = reverse("replay:delete", args=[played.game.pk])
    assert client.post(session).status_code == 403


def test_a_session_is_played_again_from_a_turn(client, played):
    client.force_login(played.facilitator)
    url = reverse("replay:play_again", args=[played.game.pk])
    answer = client.post(url, {"turn": 2})
    game = Game.objects.exclude(pk=played.game.pk).get()
    assert answer.url == reverse("facilitation:board", args=[game.pk])
    assert (game.turn, game.parent_id, game.phase) == (2, played.game.pk, "orders")
    again = client.post(url, {"turn": 99}, follow=True).content.decode()
    assert "Branch from a turn that was played." in again
    assert Game.objects.count() == 2
