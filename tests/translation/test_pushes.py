"""What is pushed is in the language of the page, and is rendered once for each that is read."""

from __future__ import annotations

import asyncio

import pytest
from django.conf import settings
from django.utils.translation import override

from apps.games import services
from apps.games.fragments import fragments_for
from apps.live import room
from apps.live.frames import Frame
from apps.live.languages import language_of
from tests.games.cast import table
from tests.live.browsers import browsers, shows_a_fresh_page, sign_in, until
from tests.live.builders import Table


def handshake(query: str = "", cookie: str = "", accepts: str = "") -> dict:
    headers = [(b"cookie", cookie.encode()), (b"accept-language", accepts.encode())]
    return {"query_string": query.encode(), "headers": [pair for pair in headers if pair[1]]}


@pytest.mark.parametrize(
    ("asked", "code"),
    [
        (handshake("language=ko", "django_language=ru", "en"), "ko"),
        (handshake("", "django_language=ru", "ko"), "ru"),
        (handshake("language=xx", "", "ko-KR"), "ko"),
        (handshake("language=%00", "django_language=..%2f", "*"), "en"),
        (handshake(), "en"),
        ({}, "en"),
    ],
)
def test_the_language_of_a_socket_is_that_of_its_page(asked, code):
    assert language_of(asked) == code


async def test_each_language_of_an_audience_is_rendered_once():
    seated = Table()
    first = await seated.sit("anna", "seat:US", language="ko")
    second = await seated.sit("ben", "seat:US", language="en")
    third = await seated.sit("anna", "seat:US", language="ko")
    for socket in (first, second, third):
        await socket.until(lambda s=socket: bool(s.shown))
    seated.game.renderings.clear()
    await seated.move(US=1)
    for socket in (first, second, third):
        await socket.until(lambda s=socket: ">1" in s.shown["value"])
    assert sorted(seated.game.languages[-2:]) == ["en", "ko"]
    assert seated.game.renderings == ["seat:US", "seat:US"]
    assert first.shown == third.shown
    assert (first.shown["words"], second.shown["words"]) == (
        "<p id=words>ko</p>",
        "<p id=words>en</p>",
    )
    await seated.clear()


async def test_readers_of_one_language_cost_one_rendering():
    seated = Table()
    sockets = [await seated.sit("anna", "seat:US", language="en") for _ in range(5)]
    for socket in sockets:
        await socket.until(lambda s=socket: bool(s.shown))
    seated.game.renderings.clear()
    await seated.move(US=1)
    for socket in sockets:
        await socket.until(lambda s=socket: ">1" in s.shown["value"])
    assert seated.game.renderings == ["seat:US"]
    await seated.clear()


async def test_a_fleeting_change_reaches_every_language_of_its_audience():
    seated = Table()
    sockets = [await seated.sit("anna", "seat:US", language=code) for code in ("en", "ru")]
    for socket in sockets:
        await socket.until(lambda s=socket: bool(s.shown))
    seated.game.padding = "now"  # moves no cursor
    await seated.point(fleeting="seat:US")
    async with asyncio.timeout(5):
        for socket in sockets:
            await socket.until(lambda s=socket: "now" in s.shown["value"])
    await seated.clear()


@pytest.mark.django_db
def test_one_rendering_differs_by_language_in_words_alone():
    cast = table()
    shown = {
        code: room.render_now(cast.game.pk, "seat:COR", code).frame
        for code, _ in settings.LANGUAGES
    }
    assert shown["ko"].fragments != shown["en"].fragments != shown["ru"].fragments
    states = {(f.cursor, f.turn, f.phase, f.deadline) for f in shown.values()}
    assert len(states) == 1
    assert len({frozenset(f.fragments) for f in shown.values()}) == 1
    for code, frame in shown.items():
        with override(code):
            assert frame.fragments == fragments_for(cast.again(), "seat:COR")
    assert isinstance(shown["en"], Frame)


@pytest.mark.stack
@pytest.mark.slow
def test_two_sockets_of_a_team_get_the_same_state_each_in_its_language(live_stack):
    sitting = table()
    with browsers(live_stack) as web:
        korean = web.open(sitting.game.pk, sign_in(sitting.anna.person), query="language=ko")
        english = web.open(sitting.game.pk, sign_in(sitting.cora.person), query="language=en")
        services.set_ready(membership=sitting.anna, ready=True)
        for client, code in ((korean, "ko"), (english, "en")):
            until(lambda c=client, code=code: shows(c, sitting, code), what=f"the page in {code}")
        assert korean.shown.keys() == english.shown.keys()
        assert "지금 할 일" in korean.shown["room-desk"]
        assert "Asked of us now" in english.shown["room-desk"]
        assert korean.problems == english.problems == []


def shows(client, sitting, code: str) -> bool:
    with override(code):
        return shows_a_fresh_page(client, sitting, "seat:COR")
