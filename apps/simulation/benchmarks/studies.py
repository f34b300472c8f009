"""`manage.py benchmark studies`: games of a study through the queue, by 1, 2 ... worker processes.

A private Redis, a database of its own (SQLite, or --database), one Celery worker with that many
processes. The floor is the same games in one process without queue and database. Both clocks are
given, as in `benchmark simulation`: the wall's, from the first message to the results, and games to
a second of the worker's processors' time.
"""

from __future__ import annotations

import argparse
import json
import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from wargame.embedded.ports import answers, free_port, wait_until
from wargame.embedded.redis_server import redis_command

HELP = "a study's games through the queue: games per second by worker processes"
ROOT = Path(__file__).resolve().parents[3]
TICKS = os.sysconf("SC_CLK_TCK")
PLAY = """
import json, sys, time
from django import setup; setup()
from apps.scenarios.library import load_scenario
from apps.simulation.batches import play_batch
ruleset = load_scenario(sys.argv[1]).ruleset
play_batch(ruleset, "warm", range(20))
begun, spent = time.perf_counter(), time.process_time()
play_batch(ruleset, "1", range(int(sys.argv[2])))
print(json.dumps([time.perf_counter() - begun, time.process_time() - spent]))
"""
ASK = """
import json, sys, time
from django import setup; setup()
from apps.scenarios.library import load_scenario
from apps.simulation.models import Study
from apps.simulation.services import Question, create_study
for line in sys.stdin:
    scenario, games = json.loads(line)
    study = create_study(by=None, question=Question(
        title="benchmark", scenario=scenario, games=games, seed="1",
        document=load_scenario(scenario).document))
    while study.status == "running":
        time.sleep(0.05)
        study = Study.objects.defer("documents", "results").get(pk=study.pk)
    seconds = (study.finished_at - study.created_at).total_seconds()
    print(json.dumps([study.status, seconds, study.error]), flush=True)
"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Which scenario, how many games, how many worker processes at most."""
    parser.add_argument("--scenario", default="korean_knot", help="an id of the library")
    parser.add_argument("--games", type=int, default=400, help="games a process (default 400)")
    parser.add_argument(
        "--jobs",
        type=int,
        default=min(os.cpu_count() or 1, 4),
        help="1, 2, 4 ... worker processes up to this many",
    )
    parser.add_argument("--database", help="the URL of an empty database (SQLite in a folder)")


def run(options: dict[str, Any]) -> dict[str, Any]:
    """Measure; a row for the floor and for each number of worker processes."""
    scenario, games = options["scenario"], options["games"]
    with tempfile.TemporaryDirectory(prefix="korean-knot-benchmark-") as name:
        folder = Path(name)
        port = free_port()
        environment = _environment(folder, port, options["database"])
        _run([sys.executable, "manage.py", "migrate", "-v0"], environment)
        redis = redis_command(port=port, folder=folder / "redis", durable=False)
        with _process(redis, environment, folder / "redis.log") as broker:
            wait_until(
                lambda: answers("127.0.0.1", port),
                alive=lambda: broker.poll() is None,
                seconds=60,
                what="redis",
            )
            play = [sys.executable, "-c", PLAY, scenario, str(games)]
            wall, cpu = json.loads(_run(play, environment))
            rows = [_row("floor: one process, no queue", games, wall, cpu, (wall, cpu), 1)]
            number = 1
            while number <= options["jobs"]:
                spent = _study(folder, environment, scenario, games * number, number)
                rows.append(
                    _row(f"{number} in the worker", games * number, *spent, (wall, cpu), number)
                )
                number *= 2
    columns = {
        "what": f"{scenario}, {games} games a process",
        "wall": "games/s, wall clock",
        "against": "against floor",
        "cpu": "games/s of processors",
        "thrift": "against floor",
    }
    return {"columns": columns, "rows": rows}


def _row(
    what: str,
    games: int,
    wall: float,
    cpu: float | None,
    floor: tuple[float, float],
    processes: int,
) -> dict[str, Any]:
    ratio = floor[0] * processes / wall
    thrift = None if cpu is None else f"{floor[1] * processes / cpu:.2f}x"
    return {
        "what": what,
        "wall": f"{games / wall:,.0f}",
        "against": f"{ratio:.2f}x",
        "cpu": None if cpu is None else f"{games / cpu:,.0f}",
        "thrift": thrift,
    }


def _study(
    folder: Path, environment: dict[str, str], scenario: str, games: int, processes: int
) -> tuple[float, float | None]:
    """Seconds by the wall's clock, and of processors, that a study took; after a first one."""
    log = folder / f"worker-{processes}.log"
    command = [sys.executable, "-m", "celery", "-A", "wargame", "worker", "--pool=prefork"]
    command += [f"--concurrency={processes}", "--queues=simulations", "--loglevel=info"]
    command += ["--without-mingle", "--without-gossip"]
    with _process(command, environment, log) as worker:
        wait_until(
            lambda: " ready." in log.read_text(errors="replace"),
            alive=lambda: worker.poll() is None,
            seconds=120,
            what="the worker",
        )
        with subprocess.Popen(  # noqa: S603 - the command is the benchmark's own
            [sys.executable, "-c", ASK],
            cwd=ROOT,
            env=environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        ) as asking:
            _ask(asking, scenario, 40 * processes)
            before = _cpu_of(worker.pid)
            seconds = _ask(asking, scenario, games)
            after = _cpu_of(worker.pid)
    spent = None if before is None or after is None else after - before
    return seconds, spent


def _ask(asking: subprocess.Popen[str], scenario: str, games: int) -> float:
    assert asking.stdin is not None
    assert asking.stdout is not None
    asking.stdin.write(json.dumps([scenario, games]) + "\n")
    asking.stdin.flush()
    answer = asking.stdout.readline()
    if not answer:
        raise RuntimeError("the study was not asked")
    status, seconds, error = json.loads(answer)
    if status != "done":
        raise RuntimeError(f"the study is {status}: {error}")
    return float(seconds)


def _cpu_of(group: int) -> float | None:
    """Processor seconds of every process of a group; None without /proc."""
    total = 0
    try:
        for entry in Path("/proc").glob("[0-9]*/stat"):
            with suppress(OSError):
                told = entry.read_text().rpartition(")")[2].split()
                if int(told[2]) == group:
                    total += int(told[11]) + int(told[12])
    except OSError:
        return None
    return total / TICKS if total else None


def _environment(folder: Path, port: int, database: str | None) -> dict[str, str]:
    return {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "wargame.settings",
        "WARGAME_DATABASE_URL": database or f"sqlite:///{folder / 'benchmark.sqlite3'}",
        "WARGAME_REDIS_URL": f"redis://127.0.0.1:{port}/0",
        "WARGAME_DEBUG": "false",
        "WARGAME_HTTPS": "false",
        "WARGAME_LOG_LEVEL": "INFO",
    }


def _run(command: list[str], environment: dict[str, str]) -> str:
    done = subprocess.run(  # noqa: S603 - the command is the benchmark's own
        command, cwd=ROOT, env=environment, check=True, text=True, stdout=subprocess.PIPE
    )
    return done.stdout


@contextmanager
def _process(
    command: list[str], environment: dict[str, str], log: Path
) -> Iterator[subprocess.Popen[bytes]]:
    """A process in a group of its own, ended by its id."""
    with log.open("ab") as output:
        process = subprocess.Popen(  # noqa: S603 - the command is the benchmark's own
            command,
            cwd=ROOT,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    try:
        yield process
    finally:
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGTERM)
        try:
            process.wait(15)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()
