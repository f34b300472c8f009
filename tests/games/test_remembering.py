"""Parts that are rendered once for their content, and never shown for another's."""

from __future__ import annotations

from types import SimpleNamespace

import pytest
from django.utils.safestring import mark_safe

from apps.games.room import remembering
from apps.games.room.remembering import key_of, names_of_room, rendered
from wargame.kept import Kept

TEMPLATE = "games/room/_budget.html"


@pytest.fixture(autouse=True)
def forgetful():
    remembering._kept.clear()


def test_a_template_names_what_it_reads_of_the_room_includes_too():
    assert names_of_room("games/room/_turn.html") == ("phase", "turn", "turns")
    assert "us" in names_of_room("games/room/_results.html")  # read by an included template


def test_every_part_of_the_room_can_be_remembered():
    from apps.games.fragments import PARTS

    for part in PARTS.values():
        assert names_of_room(f"games/room/{part.template}") is not None


def test_what_differs_in_any_way_has_a_key_of_its_own():
    room = SimpleNamespace(turn=1, turns=3, phase="orders")
    keys = [
        key_of("games/room/_turn.html", room, {"a": "text"}),
        key_of("games/room/_turn.html", room, {"a": mark_safe("text")}),
        key_of("games/room/_turn.html", room, {"a": ["text"]}),
        key_of("games/room/_turn.html", room, {"b": "text"}),
        key_of(TEMPLATE, room, {"a": "text"}),
        key_of("games/room/_turn.html", SimpleNamespace(turn=2, turns=3, phase="orders"), {"a": 1}),
    ]
    assert len(set(keys)) == len(keys)


def test_what_cannot_be_told_by_its_content_is_rendered_every_time():
    assert key_of(TEMPLATE, None, {"thing": object()}) is None
    assert rendered(TEMPLATE, None, {"budget": {}, "thing": object()})
    assert not remembering._kept


def test_the_same_content_is_rendered_once_and_alike():
    first = rendered(TEMPLATE, None, {"budget": {"left": 3}})
    assert len(remembering._kept) == 1
    assert rendered(TEMPLATE, None, {"budget": {"left": 3}}) is first


def test_the_oldest_goes_when_there_is_too_much(monkeypatch):
    monkeypatch.setattr(remembering, "_kept", Kept(1, size_of=len))
    rendered(TEMPLATE, None, {"budget": {"left": 4}})
    assert not remembering._kept
    assert remembering._kept.size == 0
