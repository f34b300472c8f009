"""Delivery under faults: a real uvicorn, a real Redis, many sockets; each test is bounded."""

from __future__ import annotations

import asyncio
import json
import socket as sockets
from contextlib import AsyncExitStack

import pytest
from redis.exceptions import RedisError
from websockets.asyncio.client import connect
from websockets.exceptions import ConnectionClosed, InvalidStatus

from apps.live.benchmarks.sockets import CountingSocket
from apps.live.codes import Close
from tests.live.client import Client
from tests.live.conftest import Rig

pytestmark = [pytest.mark.stack, pytest.mark.slow]


async def crowd(stack: AsyncExitStack, rig: Rig, number: int, **who: str) -> list[Client]:
    """Open `number` clients and wait until each shows the game."""
    clients = [await stack.enter_async_context(rig.client(**who)) for _ in range(number)]
    for client in clients:
        await client.until(lambda c=client: c.value >= 0, 30)
    return clients


async def all_show(clients: list[Client], value: int, seconds: float = 30) -> None:
    async with asyncio.timeout(seconds):
        for client in clients:
            await client.until(lambda c=client: c.value == value, seconds)


async def test_a_socket_that_idles_for_seven_seconds_is_still_alive(rig):
    async with rig.client() as client:
        await client.until(lambda: client.value == 0)
        await asyncio.sleep(7)  # redis-py closed idle subscriptions after five
        await rig.show(1)
        await client.until(lambda: client.value == 1)
        assert client.opened == 1


@pytest.mark.parametrize(("number", "rate", "seconds"), [(200, 20, 10), (500, 1, 8)])
async def test_at_a_steady_rate_no_message_is_missing_and_memory_is_flat(
    rig, number, rate, seconds
):
    async with AsyncExitStack() as stack:
        clients = await crowd(stack, rig, number)
        before = rig.memory()
        loop = asyncio.get_running_loop()
        start = loop.time()
        last = rate * seconds
        for value in range(1, last + 1):
            await asyncio.sleep(start + value / rate - loop.time())  # the rate is the subject
            await rig.show(value)
        await all_show(clients, last)
        assert all(client.problems == [] and client.opened == 1 for client in clients)
        assert all(client.values == sorted(client.values) for client in clients)
        if rate == 1:  # with a second between them no two are merged
            assert all(client.values == list(range(last + 1)) for client in clients)
        assert rig.memory() - before < 32 * 2**20


async def test_a_burst_of_300_pointers_ends_with_the_final_state_everywhere(rig):
    async with AsyncExitStack() as stack:
        clients = await crowd(stack, rig, 50)
        for value in range(1, 301):
            await rig.show(value)
        await all_show(clients, 300)
        assert all(client.problems == [] for client in clients)


async def test_after_the_web_process_is_killed_500_clients_come_back_and_are_current(rig):
    async with AsyncExitStack() as stack:
        clients = await crowd(stack, rig, 500)
        rig.server.kill()
        rig.write(value={"public": 5})  # the game goes on while the web process is away
        rig.start_server()
        await all_show(clients, 5, seconds=60)
        assert all(client.opened >= 2 for client in clients)
        # Jitter: they did not all fail together again and again.
        assert max(client.opened for client in clients) <= 5


async def test_a_stalled_reader_is_closed_alone_and_resumes(rig):
    rig.write(padding=20_000)
    async with AsyncExitStack() as stack:
        clients = await crowd(stack, rig, 20)
        stalled = stalled_reader(rig)
        await rig.show(1)
        for value in range(2, 1500):
            await rig.show(value)
            await all_show(clients, value)
            if value % 100 == 0 and is_cut_off(rig):
                break
        assert is_cut_off(rig), "the stalled reader still holds its socket"
        assert all(client.opened == 1 and client.problems == [] for client in clients)
        stalled.close()
        late = await stack.enter_async_context(rig.client())
        await late.until(lambda: late.value == value)


def stalled_reader(rig: Rig) -> sockets.socket:
    """A socket that asks for everything and reads nothing."""
    stalled = sockets.socket()
    stalled.setsockopt(sockets.SOL_SOCKET, sockets.SO_RCVBUF, 4096)
    stalled.connect(("127.0.0.1", rig.port))
    host = f"127.0.0.1:{rig.port}"
    stalled.sendall(
        f"GET /ws/games/{rig.url.split('/')[-2]}/ HTTP/1.1\r\nHost: {host}\r\n"
        f"Origin: http://{host}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
        "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n"
        "Cookie: person=slow\r\n\r\n".encode()
    )
    answer = stalled.recv(4096)
    assert b" 101 " in answer
    body = b'{"type":"resume"}'
    stalled.sendall(bytes([0x81, 0x80 | len(body)]) + b"\0\0\0\0" + body)
    return stalled


def is_cut_off(rig: Rig) -> bool:
    return "too slow" in rig.server.output()


async def test_redis_killed_under_publishing_heals_without_a_reload(rig):
    async with AsyncExitStack() as stack:
        clients = await crowd(stack, rig, 200)
        value = 0
        for value in range(1, 21):
            await rig.show(value)
        rig.redis.kill()
        rig.server.wait_until(lambda: "exception in receive task" in rig.server.output())
        lost = 0
        for value in range(21, 41):
            try:
                await rig.show(value)
            except (RedisError, OSError):
                lost += 1  # the commit stands; its pointer is lost
        assert lost == 20
        rig.start_redis()
        await all_show(clients, value, seconds=30)
        await rig.show(value + 1)
        await all_show(clients, value + 1, seconds=30)
        assert all(client.opened == 1 for client in clients)


async def test_a_slow_query_for_one_audience_delays_nobody_else(rig):
    async with AsyncExitStack() as stack:
        clients = await crowd(stack, rig, 20)
        (slow,) = await crowd(stack, rig, 1, person="slow", audience="seat:RUS")
        rig.write(slow={"seat:RUS": 1.5})
        for _ in range(3):
            value = clients[0].value + 1
            rig.write(value={"public": value, "seat:RUS": value})  # one pointer moves both
            await rig.point()
            await all_show(clients, value)
            assert slow.value < value  # its page is still being asked for
            await all_show([slow], value)


async def test_a_thousand_connects_in_a_burst_are_all_served(rig):
    arrived = 0
    done = asyncio.Event()

    def count(payload: bytes) -> None:
        nonlocal arrived
        arrived += 1
        if arrived == 1000:
            done.set()

    loop = asyncio.get_running_loop()
    url = rig.url.replace("ws:", "http:")
    opened = []

    async def one() -> None:
        _, socket = await loop.create_connection(
            lambda: CountingSocket(count, b'{"type":"resume"}'), "127.0.0.1", rig.port
        )
        socket.handshake(url, "person=anna")
        await socket.opened
        opened.append(socket)

    async with asyncio.timeout(60):
        await asyncio.gather(*(one() for _ in range(1000)))
        await done.wait()
    for socket in opened:
        socket.close()


async def closed_by(rig: Rig, message: str | bytes, *, times: int = 1) -> int | None:
    """Send a message and return the code with which the server closes."""
    host = rig.url.split("/")[2]
    headers = {"Cookie": "person=mallory"}
    async with connect(
        rig.url, origin=f"http://{host}", additional_headers=headers, compression=None
    ) as socket:
        try:
            for _ in range(times):
                await socket.send(message)
            async with asyncio.timeout(10):
                async for _ in socket:
                    pass
        except ConnectionClosed:
            pass
        return socket.close_code


DEEP = "[" * 1000 + "]" * 1000
BAD_MESSAGES = {
    "one megabyte": ("x" * 1_000_000, Close.TOO_BIG),
    "longer than any message": (json.dumps({"type": "resume", "stamp": "x" * 3000}), Close.TOO_BIG),
    "not text": (b"\x00\xff", Close.TOO_BIG),
    "not JSON": ("hello", Close.BAD_MESSAGE),
    "empty": ("", Close.BAD_MESSAGE),
    "deep": (DEEP, Close.BAD_MESSAGE),
    "a number": ("NaN", Close.BAD_MESSAGE),
    "a list": ("[]", Close.BAD_MESSAGE),
    "null": ("null", Close.BAD_MESSAGE),
    "no type": ("{}", Close.BAD_MESSAGE),
    "a type that is no text": ('{"type": ["resume"]}', Close.BAD_MESSAGE),
    "an inner type": ('{"type": "game.moved"}', Close.BAD_MESSAGE),
    "another's orders": ('{"type": "orders", "seat": "US"}', Close.BAD_MESSAGE),
}


async def test_bad_messages_close_their_socket_with_a_code_and_harm_nobody(rig):
    async with AsyncExitStack() as stack:
        clients = await crowd(stack, rig, 5)
        seen = {name: await closed_by(rig, text) for name, (text, _) in BAD_MESSAGES.items()}
        assert seen == {name: code for name, (_, code) in BAD_MESSAGES.items()}
        await rig.show(1)
        await all_show(clients, 1)
        assert all(client.opened == 1 for client in clients)
    assert "Traceback" not in rig.server.output()


async def test_a_resume_with_odd_values_is_served_like_one_without(rig):
    host = rig.url.split("/")[2]
    for odd in ({"stamp": 5}, {"stamp": None}, {"stamp": "x" * 65}, {"cursor": -1e308}, {"a": []}):
        async with connect(
            rig.url, origin=f"http://{host}", additional_headers={"Cookie": "person=anna"}
        ) as socket:
            await socket.send(json.dumps({"type": "resume"} | odd))
            async with asyncio.timeout(5):
                assert set(json.loads(await socket.recv())["fragments"]) == {"value", "still"}


async def test_a_flood_is_cut_off_and_memory_stays_bounded(rig):
    async with AsyncExitStack() as stack:
        clients = await crowd(stack, rig, 5)
        before = rig.memory()
        codes = [await closed_by(rig, '{"type":"ping"}', times=1000) for _ in range(5)]
        assert set(codes) == {Close.TOO_MANY}
        await rig.show(1)
        await all_show(clients, 1)
        assert rig.memory() - before < 16 * 2**20
        assert all(client.opened == 1 for client in clients)


async def test_handshakes_from_elsewhere_are_refused_before_the_upgrade(rig):
    host = rig.url.split("/")[2]
    elsewhere = ["http://evil.example", "null", "http://127.0.0.1:1", None]
    for origin in elsewhere:
        with pytest.raises(InvalidStatus) as refused:
            await connect(rig.url, origin=origin, additional_headers={"Cookie": "person=anna"})
        assert refused.value.response.status_code == 403
    async with connect(rig.url, origin=f"http://{host}") as stranger:
        await stranger.wait_closed()
        assert stranger.close_code == Close.SIGN_IN


async def test_a_removed_member_s_open_socket_is_closed_at_the_next_pointer(rig):
    async with rig.client(person="ben") as ben, rig.client(person="anna") as anna:
        await ben.until(lambda: ben.value == 0)
        await anna.until(lambda: anna.value == 0)
        rig.write(people=["anna"])
        await rig.show(1)
        await ben.until(lambda: ben.closed_with == Close.NOT_A_MEMBER)
        await anna.until(lambda: anna.value == 1)
        assert ben.value == 0
