"""What a pointer tells the servers of the live room."""

from __future__ import annotations

from typing import Any

import pytest
from django.urls import reverse

from apps.games import notify
from apps.games.groups import game_group
from tests.games.cast import table


class Layer:
    """A channel layer that keeps what is sent."""

    def __init__(self) -> None:
        self.sent: list[tuple[str, dict[str, Any]]] = []

    async def group_send(self, group: str, message: dict[str, Any]) -> None:
        self.sent.append((group, message))


@pytest.mark.django_db
def test_who_edits_a_draft_is_told_to_the_delegation_it_concerns(client, monkeypatch):
    layer = Layer()
    monkeypatch.setattr(notify, "get_channel_layer", lambda: layer)
    played = table()
    client.force_login(played.anna.person)
    answer = client.post(reverse("games:editing", args=[played.game.pk]), {"draft": "new"})
    assert answer.status_code == 204
    (group, message) = layer.sent[-1]
    assert group == game_group(played.game.pk)
    assert message["type"] == "game.moved"
    assert message["fleeting"] == "seat:COR"


@pytest.mark.django_db
def test_a_pointer_of_a_move_names_no_audience(monkeypatch):
    layer = Layer()
    monkeypatch.setattr(notify, "get_channel_layer", lambda: layer)
    notify.send_pointer(table().game.pk)
    assert layer.sent[-1][1]["fleeting"] == ""
