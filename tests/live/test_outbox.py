"""One socket's queue: sends at once while it can, waits alone when it cannot."""

from __future__ import annotations

import asyncio

import pytest

from apps.live.codes import Close
from apps.live.outbox import Outbox
from tests.live.builders import FakeSocket


def texts(socket: FakeSocket) -> list[str]:
    return [message["text"] for message in socket.sent if message["type"] == "websocket.send"]


@pytest.fixture
async def socket():
    return FakeSocket()


async def test_an_idle_socket_is_sent_to_before_put_returns(socket):
    outbox = Outbox(socket.send)
    assert outbox.put("one")
    assert texts(socket) == ["one"]
    await outbox.done()


async def test_what_waits_keeps_its_order(socket):
    outbox = Outbox(socket.send)
    outbox.put("one")
    socket.open.clear()
    for text in ("two", "three", "four"):
        assert outbox.put(text)
    await asyncio.sleep(0)
    assert texts(socket) == ["one"]
    socket.open.set()
    await socket.until(lambda: len(texts(socket)) == 4)
    outbox.put("five")
    await socket.until(lambda: len(texts(socket)) == 5)
    assert texts(socket) == ["one", "two", "three", "four", "five"]
    await outbox.done()


async def test_a_full_queue_closes_the_socket_as_too_slow(socket):
    outbox = Outbox(socket.send, limit=3)
    socket.open.clear()
    taken = [outbox.put(str(number)) for number in range(6)]
    assert taken == [True, True, True, True, False, False]  # one under way and three waiting
    socket.open.set()
    await outbox.ended()
    assert socket.closed_with == Close.TOO_SLOW
    assert outbox.closed


async def test_a_peer_that_never_reads_holds_nobody_up(socket, monkeypatch):
    monkeypatch.setattr("apps.live.outbox.CLOSE_SECONDS", 0.01)
    outbox = Outbox(socket.send, limit=1)
    socket.open.clear()
    for number in range(3):
        outbox.put(str(number))
    await asyncio.wait_for(outbox.ended(), 5)  # although not even the close could be sent


async def test_a_broken_network_ends_the_writer_quietly():
    async def broken(message: dict) -> None:
        raise ConnectionResetError

    outbox = Outbox(broken)
    assert outbox.put("one") is False
    assert outbox.closed
    await asyncio.wait_for(outbox.ended(), 5)


async def test_closing_drops_what_waits(socket):
    outbox = Outbox(socket.send)
    socket.open.clear()
    outbox.put("one")
    outbox.put("two")
    outbox.close(Close.NOT_A_MEMBER)
    socket.open.set()
    await outbox.ended()
    assert "two" not in texts(socket)
    assert socket.closed_with == Close.NOT_A_MEMBER
