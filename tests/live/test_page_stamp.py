"""A page that was just loaded shows what a push would send: it is not pushed a second time."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from apps.games import services
from apps.live.room import render_now
from tests.games.cast import draft, table

pytestmark = pytest.mark.django_db
STAMP = re.compile(r'<game-connection [^>]*stamp="([0-9a-f]{16})"')


def page_of(member) -> str:
    client = Client()
    client.force_login(member.person)
    answer = client.get(f"/games/{member.game_id}/")
    assert answer.status_code == 200
    return answer.content.decode()


def stamps_of(played) -> dict[str, tuple[str, str]]:
    found = {}
    for member in (played.anna, played.ben):
        shown = STAMP.search(page_of(member))
        assert shown
        found[member.audience] = (
            shown[1],
            render_now(played.game.pk, member.audience).frame.stamp,
        )
    return found


def test_a_page_bears_the_stamp_of_what_would_be_pushed():
    played = table()
    for page, pushed in stamps_of(played).values():
        assert page == pushed


def test_the_stamp_changes_with_what_the_audience_sees_and_with_nothing_else():
    played = table()
    before = stamps_of(played)
    draft(played.anna, "levy_toll", intent="A purse of our own")
    after = stamps_of(played)
    ours, theirs = played.anna.audience, played.ben.audience
    assert after[ours][0] == after[ours][1] != before[ours][0]
    assert after[theirs] == before[theirs]
    services.close_turn(game_id=played.game.pk, turn=1, reason="facilitator")
    assert stamps_of(played)[theirs][0] != before[theirs][0]
