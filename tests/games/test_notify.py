"""What a pointer tells the servers of the live room."""

from __future__ import annotations

import asyncio
import os
import uuid
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


async def test_a_pointer_is_sent_also_from_a_thread_that_has_a_loop_of_its_own(monkeypatch):
    layer = Layer()
    monkeypatch.setattr(notify, "get_channel_layer", lambda: layer)
    notify.send_pointer(uuid.uuid4())
    assert len(layer.sent) == 1


def test_one_loop_sends_all_pointers_of_a_process_and_none_of_its_children(monkeypatch):
    loops = []

    class Noting(Layer):
        async def group_send(self, group, message):
            loops.append(asyncio.get_running_loop())

    monkeypatch.setattr(notify, "get_channel_layer", Noting)
    notify.send_pointer(uuid.uuid4())
    notify.send_pointer(uuid.uuid4())
    assert loops[0] is loops[1]
    child = os.fork()
    if child == 0:  # a loop whose thread was left behind would never answer
        notify.send_pointer(uuid.uuid4())
        os._exit(0 if loops[2] is not loops[0] else 1)
    assert os.waitpid(child, 0)[1] == 0


def test_a_layer_that_fails_fails_no_act(monkeypatch):
    class Away(Layer):
        async def group_send(self, group, message):
            raise ConnectionError

    monkeypatch.setattr(notify, "get_channel_layer", Away)
    notify.send_pointer(uuid.uuid4())
