"""`manage.py benchmark turn`: a turn is closed -> the last of N sockets shows the next one.

End to end: the facilitator closes, the task is enqueued on commit, a Celery worker adjudicates
and writes the turn, the pointer goes out, the web process renders for every delegation, and the
last socket has the new turn. The floor is the same path with an empty task and a push of as
many bytes, to as many sockets, without rendering. Both take turns in one run. The row
"whole page" says when the last socket had everything that the turn changed, too.

`--database` names another database than a fresh SQLite file, for example an empty PostgreSQL one.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import cast

from apps.live.benchmarks.push import GAME as FLOOR_GAME
from apps.live.benchmarks.servers import ROOT, Bench, Server, bench
from apps.live.benchmarks.sockets import Crowd

HELP = "closing a turn to the last socket, with Celery and the database, against an empty task"
WARM_UP = 2

COLUMNS = {
    "database": "database",
    "sockets": "sockets",
    "path": "path",
    "p50": "p50 ms",
    "p95": "p95 ms",
    "ratio": "x floor",
    "kilobytes": "KB/frame",
}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of the command."""
    parser.add_argument("--sockets", type=int, default=200, metavar="N")
    parser.add_argument("--rounds", type=int, default=20, help="measured turns (default 20)")
    parser.add_argument("--scenario", default="korean_knot")
    parser.add_argument("--database", metavar="URL", help="an empty database to use instead")


class TurnCrowd(Crowd):
    """Counts, for each socket, the first frame that shows a later turn than it has seen.

    `pages` counts the frame after it, which holds everything that the turn changed: the first
    tells of the turn alone, and its cursor is still that of the frame before.
    """

    def __init__(self) -> None:
        super().__init__()
        self.pages = Crowd()
        self.bytes = 0
        self.heard_at = 0.0

    async def quiet(self, seconds: float = 1.0) -> None:
        """Wait until no socket has heard anything for `seconds`."""
        self.heard_at = time.perf_counter()
        while (rest := self.heard_at + seconds - time.perf_counter()) > 0:  # noqa: ASYNC110
            await asyncio.sleep(rest)

    def counter(self) -> Callable[[bytes], None]:
        """What one socket does with a message."""
        shown, reached, waits = 0, -1, False

        def count(payload: bytes) -> None:
            nonlocal shown, reached, waits
            self.heard_at = time.perf_counter()
            turn, cursor = number_in(payload, b'"turn":'), number_in(payload, b'"cursor":')
            if turn is None or cursor is None:
                return
            if turn > shown:
                shown, waits = turn, True
                self.bytes += len(payload)
                self.note()
            if waits and cursor > reached:
                waits = False
                self.pages.note()
            reached = max(reached, cursor)

        return count


def number_in(payload: bytes, name: bytes) -> int | None:
    """The number after `name` at the head of a message; None where there is none."""
    head = payload[:160]
    start = head.find(name)
    if start < 0:
        return None
    return int(head[start + len(name) :].split(b",", 1)[0])


@dataclass
class Path:
    """The product's path or the floor's: its crowd, what sets it off, and what it took."""

    name: str
    crowd: Crowd
    word: str
    milliseconds: list[float] = field(default_factory=list)
    pages: list[float] = field(default_factory=list)
    """The same until the last socket has its whole page; empty for the floor."""


class Stage:
    """The prompter's process."""

    def __init__(self, environment: dict[str, str], scenario: str, turns: int) -> None:
        command = [sys.executable, "-m", "apps.live.benchmarks.prompter", scenario, str(turns)]
        self._process = subprocess.Popen(  # noqa: S603 - the command is the benchmark's own
            command,
            cwd=ROOT,
            env={**os.environ, **environment},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        self.told = self._answer()

    def say(self, word: str) -> object:
        """Have one thing done; returns when it is."""
        assert self._process.stdin is not None
        self._process.stdin.write(word + "\n")
        self._process.stdin.flush()
        return self._answer()

    def _answer(self):
        assert self._process.stdout is not None
        for line in self._process.stdout:
            if line.startswith(("{", "n", '"')) or line.strip().isdigit():
                try:
                    return json.loads(line)
                except ValueError:
                    continue  # a line of the log
        raise RuntimeError("the prompter ended; run it by hand to see why")

    def stop(self) -> None:
        """End the process."""
        if self._process.stdin is not None:
            self._process.stdin.close()
        self._process.wait(10)


def environment_of(made: Bench, database: str | None) -> dict[str, str]:
    """The environment of every process of the benchmark; a fresh SQLite file by default."""
    return {
        "WARGAME_DATABASE_URL": database or f"sqlite:///{made.folder / 'benchmark.sqlite3'}",
        "WARGAME_REDIS_URL": made.redis_url,
        "WARGAME_ALLOWED_HOSTS": "127.0.0.1",
        "WARGAME_HTTPS": "false",
        "WARGAME_DEBUG": "false",
        "WARGAME_LIMIT_FACTOR": "1000",
        "WARGAME_LOG_LEVEL": "WARNING",
        "WARGAME_STATIC_ROOT": str(made.folder / "static"),
    }


def prepare(environment: dict[str, str]) -> None:
    """Migrate the database and collect the static files."""
    for command in (["migrate", "-v0"], ["collectstatic", "--no-input", "-v0"]):
        subprocess.run(  # noqa: S603 - the command is the benchmark's own
            [sys.executable, "manage.py", *command],
            cwd=ROOT,
            env={**os.environ, **environment},
            check=True,
        )


def run(options: dict) -> dict:
    """Measure, and return the figures."""
    with bench() as made:
        environment = environment_of(made, options["database"])
        prepare(environment)
        stage = Stage(environment, options["scenario"], options["rounds"] + WARM_UP + 1)
        try:
            rows = asyncio.run(_measure(made, stage, environment, options))
        finally:
            stage.stop()
    return {"name": "turn", "columns": COLUMNS, "rows": rows}


async def _measure(
    made: Bench, stage: Stage, environment: dict[str, str], options: dict
) -> list[dict]:
    worker(made, environment)
    web = made.uvicorn("web", "wargame.asgi:application", **environment)
    web.wait()
    product = Path("product", TurnCrowd(), "close")
    product.crowd.expect(options["sockets"])
    await open_sockets(product.crowd, web, stage.told["game"], options["sockets"], stage.told)
    await product.crowd.arrived(60)
    told = cast(TurnCrowd, product.crowd)
    told.bytes = 0  # the first frame was the whole page
    for _ in range(WARM_UP):
        await _round(stage, product, counted=False)
    payload = told.bytes // (options["sockets"] * WARM_UP)
    sized = environment | {"BENCHMARK_PAYLOAD": str(payload)}
    still = made.uvicorn("floor", "apps.live.benchmarks.product:application", **sized)
    still.wait()
    floor = Path("floor", Crowd(), "empty")
    floor.crowd.expect(options["sockets"])
    await open_sockets(floor.crowd, still, str(FLOOR_GAME), options["sockets"], None)
    await floor.crowd.arrived(60)
    await _round(stage, floor, counted=False)
    for _ in range(options["rounds"]):
        await _round(stage, floor, counted=True)
        await _round(stage, product, counted=True)
    base = statistics.median(floor.milliseconds)
    kind = environment["WARGAME_DATABASE_URL"].partition(":")[0]
    shared = {"database": kind, "sockets": options["sockets"]}
    rows = [(path.name, path.milliseconds) for path in (floor, product)]
    rows.append(("whole page", product.pages))
    return [shared | _row(name, took, base, payload) for name, took in rows]


def worker(made: Bench, environment: dict[str, str]) -> Server:
    """Start one Celery worker and wait until it takes tasks."""
    command = [sys.executable, "-m", "celery", "-A", "apps.live.benchmarks.worker", "worker"]
    command += ["--pool=prefork", "--concurrency=1", "--loglevel=info", "--queues=turns"]
    command += ["--without-mingle", "--without-gossip"]
    server = made.start("worker", command, 0, **{**environment, "WARGAME_LOG_LEVEL": "INFO"})
    end = time.monotonic() + 60
    while " ready." not in server.log.read_text(errors="replace"):
        if server.process.poll() is not None or time.monotonic() > end:
            raise RuntimeError(f"the worker did not start: {server.log.read_text()[-1000:]}")
        time.sleep(0.1)
    return server


async def open_sockets(
    crowd: Crowd, server: Server, game: str, number: int, told: dict | None
) -> None:
    """Open the sockets of one path, dealt to the delegations in turn."""
    cookies = told["cookies"] if told else []
    url = f"http://127.0.0.1:{server.port}/ws/games/{game}/"
    await crowd.open(url, number, cookies=cookies, first=b'{"type":"resume"}')


async def _round(stage: Stage, path: Path, *, counted: bool) -> None:
    pages = None
    if isinstance(path.crowd, TurnCrowd):
        await asyncio.to_thread(stage.say, "orders")
        await path.crowd.quiet()  # the pushes of the drafts are no part of the measurement
        pages = path.crowd.pages
        pages.expect(len(path.crowd.sockets))
    path.crowd.expect(len(path.crowd.sockets))
    start = time.perf_counter()
    done = asyncio.create_task(asyncio.to_thread(stage.say, path.word))
    end = await path.crowd.arrived(60)
    if pages is not None:
        whole = await pages.arrived(60)
        if counted:
            path.pages.append((whole - start) * 1000)
    await done
    if counted:
        path.milliseconds.append((end - start) * 1000)


def _row(name: str, took: list[float], base: float, payload: int) -> dict:
    p50 = statistics.median(took)
    return {
        "path": name,
        "p50": round(p50, 1),
        "p95": round(statistics.quantiles(took, n=20)[-1], 1),
        "ratio": round(p50 / base, 2),
        "kilobytes": round(payload / 1024, 1) if name != "whole page" else "",
    }
