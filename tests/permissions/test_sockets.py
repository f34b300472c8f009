"""Every act of the game socket against every role: what each is answered, and what it shows.

The socket only ever tells: whatever a client sends, nothing of a game changes by it.
"""

from __future__ import annotations

import inspect
import json
from typing import Any

import pytest
from django.conf import settings
from websockets.exceptions import ConnectionClosed
from websockets.sync.client import connect

from apps.live.codes import Close
from apps.live.consumers import GameConsumer
from tests.permissions.doors import LETTERS
from tests.permissions.walking import Walk, walk

pytestmark = [pytest.mark.stack, pytest.mark.slow]

AUDIENCES: dict[str, str | int] = {
    "anonymous": Close.SIGN_IN,
    "stranger": Close.NOT_A_MEMBER,
    "player": "seat",
    "observer": "public",
    "assessor": "facilitator",
    "co_facilitator": "facilitator",
    "facilitator": "facilitator",
    "instructor": "facilitator",
    "site_admin": "facilitator",
}
"""What each role's socket shows, or the code with which it is closed."""

SAYS: dict[str, tuple[Any, str]] = {
    "resume": ({"type": "resume"}, "frame"),
    "resume from a stamp": ({"type": "resume", "stamp": "0" * 16}, "frame"),
    "ping": ({"type": "ping"}, "pong"),
    "orders": ({"type": "orders", "orders": []}, "closed"),
    "ready": ({"type": "ready", "ready": True}, "closed"),
    "vote": ({"type": "vote", "choice": "yes"}, "closed"),
    "message": ({"type": "message", "to": ["MAR"], "text": "Hello"}, "closed"),
    "close the turn": ({"type": "close_turn"}, "closed"),
    "another audience": ({"type": "subscribe", "audience": "facilitator"}, "closed"),
    "no type": ({"audience": "seat:COR"}, "closed"),
    "no object": ([], "closed"),
}
"""What a client says, and how somebody who was let in is answered."""


def address(server_url: str, made: Walk) -> str:
    base = server_url.replace("http", "ws", 1)
    return f"{base}/ws/games/{made.played.game.pk}/"


def answer(url: str, cookie: str, said: Any, origin: str) -> tuple[str, Any]:
    """How one socket of this cookie is answered: ("frame", it), ("pong", it), ("closed", code)."""
    header = {"Cookie": f"{settings.SESSION_COOKIE_NAME}={cookie}"} if cookie else {}
    with connect(url, additional_headers=header, origin=origin, open_timeout=60) as socket:
        try:
            socket.send(json.dumps(said))
            while True:
                told = json.loads(socket.recv(timeout=60))
                if told["type"] in ("frame", "pong"):
                    return told["type"], told
        except ConnectionClosed as closed:
            return "closed", closed.rcvd.code if closed.rcvd else None


def audience_of(frame: dict[str, Any]) -> str:
    """Whose frame it is, told by what only that audience is sent."""
    fragments = frame["fragments"]
    if not fragments:
        return "facilitator"
    return "seat" if "room-drafts" in fragments else "public"


def test_every_role_is_in_the_table():
    assert set(AUDIENCES) == set(LETTERS.values())


def test_the_socket_knows_no_act_that_is_not_walked():
    """Its handler answers two words; whoever adds a third adds it here."""
    source = inspect.getsource(GameConsumer.receive)
    assert source.count('case {"type":') == 3
    assert "case _:" in source


@pytest.mark.parametrize("role", AUDIENCES)
def test_every_act_of_the_socket_is_answered_by_the_role(live_stack, role):
    made = walk()
    expected = AUDIENCES[role]
    url = address(live_stack, made)
    before = made.played.again().sequence
    wrong = []
    for name, (said, kind) in SAYS.items():
        got, told = answer(url, made.cookies[role], said, live_stack)
        if isinstance(expected, int):
            fine = (got, told) == ("closed", expected)
        elif kind == "closed":
            fine = (got, told) == ("closed", Close.BAD_MESSAGE)
        else:
            fine = got == kind and (kind != "frame" or audience_of(told) == expected)
        if not fine:
            wrong.append(f"{role} says {name}: {got} {told if got == 'closed' else ''}")
    assert not wrong, "\n".join(wrong)
    assert made.played.again().sequence == before


def test_a_page_of_another_site_opens_no_socket(live_stack):
    made = walk()
    url = address(live_stack, made)
    with pytest.raises(Exception, match=r"403|rejected|HTTP"):
        answer(url, made.cookies["facilitator"], {"type": "resume"}, "https://elsewhere.example")
