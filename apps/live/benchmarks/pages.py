"""`manage.py benchmark pages`: the team room's page against a plain one, and as a game grows.

First, requests a second over eight kept connections on one uvicorn process each: the room's page
of a game in its third turn, and a plain Django page of three queries behind the same middleware.
Then, in one process, the room, the control room's board and the replay, from about 100 to about
10,000 events of the journal: milliseconds of processor time and queries, with warm caches and after
all of them were emptied.
"""

from __future__ import annotations

import argparse
import asyncio
import statistics
import time
from typing import Any
from urllib.parse import urlsplit

from apps.live.benchmarks.servers import Server, bench
from apps.live.benchmarks.turn import Stage, environment_of, prepare, worker

HELP = "the room's page against a plain page, and three pages as the journal grows"

COLUMNS = {
    "what": "what",
    "events": "events",
    "rate": "requests/s",
    "ratio": "x plain",
    "warm": "warm CPU ms",
    "cold": "emptied CPU ms",
    "queries": "queries warm",
    "cold_queries": "queries emptied",
    "kilobytes": "KB",
}
FEW = 2
"""Turns that are closed before the first measurement of requests a second."""
EMPTY = dict.fromkeys(COLUMNS)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of the command."""
    parser.add_argument("--seconds", type=float, default=6, help="of load for each page")
    parser.add_argument("--connections", type=int, default=8)
    parser.add_argument("--turns", type=int, default=39, help="turns closed for the long game")
    parser.add_argument("--scenario", default="korean_knot")
    parser.add_argument("--database", metavar="URL", help="an empty database to use instead")


def run(options: dict) -> dict:
    """Measure, and return the figures."""
    with bench() as made:
        environment = environment_of(made, options["database"])
        prepare(environment)
        stage = Stage(environment, options["scenario"], options["turns"] + 1)
        try:
            worker(made, environment)
            lengths: list[Any] = []
            for _ in range(FEW):
                stage.say("turn")
                lengths = lengths or [stage.say("pages")]
            room = made.uvicorn("room", "wargame.asgi:application", **environment)
            plain = made.uvicorn("plain", "apps.live.benchmarks.plain:application", **environment)
            for server in (room, plain):
                server.wait()
            rates = asyncio.run(_rates([room, plain], stage.told, options))
            for server in (room, plain):
                server.stop()
            lengths.append(stage.say("pages"))
            for _ in range(options["turns"] - FEW):
                stage.say("turn")
            lengths.append(stage.say("pages"))
        finally:
            stage.stop()
    rows = [EMPTY | {"what": "room", "rate": rates[0], "ratio": round(rates[0] / rates[1], 2)}]
    rows += [EMPTY | {"what": "plain", "rate": rates[1], "ratio": 1.0}]
    for page in lengths[0]:
        rows += [EMPTY | {"what": page} | measured[page] for measured in lengths]
        rows.append(
            EMPTY | {"what": f"{page}: long / short"} | _growth(lengths[0][page], lengths[-1][page])
        )
    return {"name": "pages", "columns": COLUMNS, "rows": rows}


def _growth(short: dict, long: dict) -> dict:
    """How many times a page of the long game costs one of the short."""
    return {key: round(long[key] / short[key], 2) for key in ("events", "warm", "cold")}


async def _rates(servers: list[Server], told: dict, options: dict) -> list[float]:
    """Requests a second of each server, in turns of a third of the time, medians."""
    found: list[list[float]] = [[] for _ in servers]
    for server in servers:
        await _load(server, told, options["connections"], 1.0)  # warm
    for _ in range(3):
        for index, server in enumerate(servers):
            rate = await _load(server, told, options["connections"], options["seconds"] / 3)
            found[index].append(rate)
    return [round(statistics.median(rates), 1) for rates in found]


async def _load(server: Server, told: dict, connections: int, seconds: float) -> float:
    end = time.perf_counter() + seconds
    done = await asyncio.gather(
        *(_reader(server, told, number, end) for number in range(connections))
    )
    return sum(done) / seconds


async def _reader(server: Server, told: dict, number: int, end: float) -> int:
    """One kept connection that asks for the page again and again; how often it was answered."""
    address = urlsplit(f"http://127.0.0.1:{server.port}/games/{told['game']}/")
    cookie = told["cookies"][number % len(told["cookies"])]
    request = (
        f"GET {address.path} HTTP/1.1\r\nHost: {address.netloc}\r\nCookie: {cookie}\r\n\r\n"
    ).encode()
    reader, writer = await asyncio.open_connection(address.hostname, address.port)
    answered = 0
    try:
        while time.perf_counter() < end:
            writer.write(request)
            head = await reader.readuntil(b"\r\n\r\n")
            if b" 200 " not in head.split(b"\r\n", 1)[0]:
                raise RuntimeError(f"{server.name} answered {head[:80]!r}")
            length = int(head.lower().split(b"content-length:")[1].split(b"\r\n")[0])
            await reader.readexactly(length)
            answered += 1
    finally:
        writer.close()
    return answered
