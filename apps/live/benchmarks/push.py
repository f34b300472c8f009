"""`manage.py benchmark push`: publish -> the last of N sockets has it, against a floor.

Three servers run side by side, each with N sockets on one game, and take turns in random order:

- floor: uvicorn, one Redis subscription, a plain broadcast, no Django;
- product: the product's consumer and hub, rendering replaced by a counter of the same size;
- stock: Channels' own consumer in a group of the pub/sub layer.

The clients live in the command's own process, apart from the servers. Figures are ratios to the
floor of the same run, since absolute ones drift between machines.

Every round begins after a rest, as pushes of a game do. Without one, whoever sends within half a
millisecond finds the process of the clients awake on another core, and whoever takes longer wakes
it on its own: that is twice the time at 500 sockets, and says nothing of the servers.
"""

from __future__ import annotations

import argparse
import asyncio
import random
import statistics
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from uuid import UUID

from channels_redis.pubsub import RedisPubSubChannelLayer
from redis import asyncio as redis

from apps.live import room
from apps.live.benchmarks.floor import CHANNEL
from apps.live.benchmarks.servers import Bench, Server, bench
from apps.live.benchmarks.sockets import Crowd

HELP = "publish to the last of N sockets, against a plain broadcast"
GAME = UUID("7b1d5f0e-5f63-4a3c-9d2e-6d6f2a1c0b9a")
WARM_UP = 3
WARM_SOCKETS = 10


@dataclass
class Contender:
    """One server with its crowd of sockets, and what was measured of it."""

    server: Server
    path: str
    first: bytes | None
    publish: Callable[[str], Awaitable[object]]
    crowd: Crowd = field(default_factory=Crowd)
    milliseconds: list[float] = field(default_factory=list)
    cpu: float = 0.0
    memory: int | None = None

    async def fill(self, sockets: int) -> None:
        """Open the sockets and note what they cost in memory."""
        await self._open(WARM_SOCKETS)  # the first ones pay for imports
        before = self.server.memory_bytes()
        await self._open(sockets - WARM_SOCKETS)
        after = self.server.memory_bytes()
        if before is not None and after is not None:
            self.memory = (after - before) // (sockets - WARM_SOCKETS)

    async def _open(self, sockets: int) -> None:
        if self.first is not None:
            self.crowd.expect(sockets)
        url = f"http://127.0.0.1:{self.server.port}{self.path}"
        await self.crowd.open(url, sockets, cookies=[], first=self.first)
        if self.first is not None:
            await self.crowd.arrived()

    async def round(self, text: str, *, counted: bool) -> None:
        """Publish once and wait for the last socket."""
        self.crowd.expect(len(self.crowd.sockets))
        cpu, start = self.server.cpu_seconds(), time.perf_counter()
        await self.publish(text)
        end = await self.crowd.arrived()
        if counted:
            self.milliseconds.append((end - start) * 1000)
            self.cpu += (self.server.cpu_seconds() or 0) - (cpu or 0)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of the command."""
    parser.add_argument("--sockets", type=int, nargs="+", default=[50, 200, 500], metavar="N")
    parser.add_argument("--rounds", type=int, default=40, help="measured rounds (default 40)")
    parser.add_argument("--rest", type=float, default=0.1, help="seconds before a round (0.1)")
    parser.add_argument("--payload", type=int, default=2048, help="bytes a message (default 2048)")


def run(options: dict) -> dict:
    """Measure every N and return the figures, ready for a table or JSON."""
    rows = []
    for sockets in options["sockets"]:
        with bench() as made:
            rows += asyncio.run(_measure(made, sockets, options))
    return {"name": "push", "columns": COLUMNS, "rows": rows}


COLUMNS = {
    "sockets": "sockets",
    "contender": "contender",
    "p50": "p50 ms",
    "p95": "p95 ms",
    "ratio": "x floor",
    "cpu": "CPU us/delivery",
    "memory": "KB/socket",
}


async def _measure(made: Bench, sockets: int, options: dict) -> list[dict]:
    rounds, payload = options["rounds"], options["payload"]
    contenders = await _contenders(made, payload)
    for contender in contenders:
        await contender.fill(sockets)
    for number in range(rounds + WARM_UP):
        text = f"{number:010d}".ljust(payload, ".")
        for contender in random.sample(contenders, len(contenders)):
            await asyncio.sleep(options["rest"])
            await contender.round(text, counted=number >= WARM_UP)
    for contender in contenders:
        contender.crowd.close()
    floor = statistics.median(contenders[0].milliseconds)
    return [_row(contender, sockets, rounds, floor) for contender in contenders]


async def _contenders(made: Bench, payload: int) -> list[Contender]:
    modules = "apps.live.benchmarks"
    floor = made.uvicorn("floor", f"{modules}.floor:application")
    size = {"BENCHMARK_PAYLOAD": str(payload)}
    product = made.uvicorn("product", f"{modules}.product:application", **size)
    stock = made.uvicorn("stock", f"{modules}.stock:application")
    for server in (floor, product, stock):
        server.wait()
    client = redis.from_url(made.redis_url)
    layer = RedisPubSubChannelLayer(hosts=[{"address": made.redis_url, "socket_timeout": None}])
    pointer = {"type": "game.moved", "game": str(GAME)}
    return [
        Contender(floor, "/", None, lambda text: client.publish(CHANNEL, text)),
        Contender(
            product,
            f"/ws/games/{GAME}/",
            b'{"type":"resume"}',
            lambda text: layer.group_send(room.group_for(GAME), pointer),
        ),
        Contender(
            stock,
            "/",
            None,
            lambda text: layer.group_send("benchmark.stock", {"type": "payload", "text": text}),
        ),
    ]


def _row(contender: Contender, sockets: int, rounds: int, floor: float) -> dict:
    p50 = statistics.median(contender.milliseconds)
    return {
        "sockets": sockets,
        "contender": contender.server.name,
        "p50": round(p50, 2),
        "p95": round(statistics.quantiles(contender.milliseconds, n=20)[-1], 2),
        "ratio": round(p50 / floor, 2),
        "cpu": round(contender.cpu / (rounds * sockets) * 1e6, 1),
        "memory": None if contender.memory is None else round(contender.memory / 1024, 1),
    }
