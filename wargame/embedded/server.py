"""The embedded server: Redis, web, workers and beat under one command that ends them all."""

from __future__ import annotations

import fcntl
import json
import signal
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from queue import Empty
from typing import Any

from wargame.embedded.children import Child, Children
from wargame.embedded.console import Console
from wargame.embedded.environment import embedded_environment, network_addresses
from wargame.embedded.ports import answers, free_port, is_taken, wait_until
from wargame.embedded.redis_server import redis_command
from wargame.embedded.stamp import Stamp

ROOT = Path(__file__).resolve().parents[2]
START_SECONDS = 60.0
WORKER = ("--pool=prefork", "--without-mingle", "--without-gossip", "--loglevel=WARNING")


class CannotStartError(RuntimeError):
    """The server cannot start; the message says why and what to do."""


class Stopped(Exception):
    """Somebody asked the server to end."""


@dataclass(frozen=True)
class Options:
    """What the person who starts the server chose."""

    host: str
    port: int
    data: Path

    @property
    def address(self) -> str:
        """Where a browser on this machine finds the product."""
        host = "127.0.0.1" if self.host in {"0.0.0.0", "::"} else self.host
        return f"http://{f'[{host}]' if ':' in host else host}:{self.port}"


def serve(options: Options, console: Console) -> None:
    """Bring everything up, keep it up, and end it when asked to.

    Raises:
        CannotStartError: the port is taken, the data folder is in use, or a part does not start.
    """
    check_port(options)
    options.data.mkdir(parents=True, exist_ok=True)
    with only_server_of(options.data):
        redis_port = free_port()
        environment = embedded_environment(
            data=options.data, host=options.host, redis_port=redis_port
        )
        children = Children(folder=ROOT, environment=environment, say=console.say)
        listen_for_signals()
        try:
            demonstration = bring_up(options, children, environment, redis_port)
            console.announce(welcome(options, demonstration))
            keep_up(children, console)
        except Stopped:
            console.announce("\nStopping ...")
        except RuntimeError as error:
            raise CannotStartError(str(error)) from error
        finally:
            for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
                signal.signal(number, signal.SIG_IGN)
            children.stop_all()
    console.announce(f"Stopped. The data is kept in {options.data}.")


def check_port(options: Options) -> None:
    """Refuse a port that is taken or an address that is not this machine's."""
    try:
        taken = is_taken(options.host, options.port)
    except PermissionError as error:
        raise CannotStartError(
            f"port {options.port} needs rights that you do not have. "
            f"Choose one above 1023: script/server --port 8000"
        ) from error
    except OSError as error:
        raise CannotStartError(
            f"cannot listen on {options.host}: {error.strerror}. "
            "Give an address of this machine, or --host 0.0.0.0 for all of them."
        ) from error
    if taken:
        raise CannotStartError(
            f"port {options.port} is taken: another program listens on {options.host}:"
            f"{options.port}. End it, or choose another port: "
            f"script/server --port {options.port + 1}"
        )


@contextmanager
def only_server_of(data: Path) -> Iterator[None]:
    """Hold the data folder, so that two servers never share a database and a Redis file."""
    with (data / "server.lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise CannotStartError(
                f"a server already runs with the data in {data}. "
                "End it, or give this one a folder of its own: script/server --data other-folder"
            ) from error
        yield


def listen_for_signals() -> None:
    """Turn Ctrl-C, SIGTERM and a closed terminal into Stopped, wherever the main thread is."""

    def stop(_number: int, _frame: object) -> None:
        raise Stopped

    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, stop)


def bring_up(
    options: Options, children: Children, environment: dict[str, str], redis_port: int
) -> dict[str, Any]:
    """Start every part in the order of need; return what create_demo told."""
    redis = children.start(
        "redis", redis_command(port=redis_port, folder=options.data / "redis", durable=True)
    )
    wait_until(
        lambda: answers("127.0.0.1", redis_port),
        alive=lambda: redis.alive,
        seconds=START_SECONDS,
        what="Redis",
    )
    stamp = Stamp(options.data, environment["WARGAME_DATABASE_URL"])
    if not stamp.holds():
        prepare(environment)
        stamp.set()
    # Nothing of the database or the static files can have changed since it was prepared, so the
    # web server may load while the demonstration is looked up.
    web = children.start("web", web_command(options))
    try:
        demonstration = prepare(environment, "demonstration")
    except CannotStartError:
        stamp.remove()  # the database was replaced: the next start prepares it anew
        raise
    children.start("turns", worker_command("turns"))
    children.start("beat", beat_command())
    wait_until(
        lambda: is_healthy(options.address),
        alive=lambda: web.alive,
        seconds=START_SECONDS,
        what="the web server",
    )
    children.start("simulations", worker_command("simulations"))
    return demonstration


def prepare(environment: dict[str, str], *arguments: str) -> dict[str, Any]:
    """Migrate, collect static files, make the demonstration; return what describes it."""
    done = subprocess.run(
        [sys.executable, "-m", "wargame.embedded.preparation", *arguments],
        cwd=ROOT,
        env=environment,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        start_new_session=True,
        check=False,
    )
    if done.returncode:
        raise CannotStartError(f"the database could not be prepared:\n{done.stderr.strip()}")
    described: dict[str, Any] = json.loads(done.stdout.strip().splitlines()[-1])
    return {"password": environment["WARGAME_DEMO_PASSWORD"], **described}


def web_command(options: Options) -> list[str]:
    """One ASGI process for pages and sockets. Per-message compression costs more than it saves."""
    return [
        *(sys.executable, "-m", "uvicorn", "wargame.asgi:application"),
        *("--host", options.host, "--port", str(options.port), "--log-level", "warning"),
        *("--ws-per-message-deflate", "false", "--ws-max-size", "65536"),
        *("--timeout-graceful-shutdown", "2"),
    ]


def worker_command(queue: str) -> list[str]:
    """A worker of one queue: a long simulation never stands before a turn."""
    return [
        *(sys.executable, "-m", "celery", "--quiet", "-A", "wargame", "worker"),
        *("--queues", queue, "--concurrency", "1", "--hostname", f"{queue}@%h", *WORKER),
    ]


def beat_command() -> list[str]:
    """The clock of the periodic tasks."""
    return [
        *(sys.executable, "-m", "celery", "--quiet", "-A", "wargame", "beat"),
        *("--pidfile=", "--loglevel=WARNING"),
    ]


def is_healthy(address: str) -> bool:
    """Whether the web server answers its health check."""
    try:
        with urllib.request.urlopen(f"{address}/healthz", timeout=5) as answer:  # noqa: S310
            return int(answer.status) == 200
    except OSError:
        return False


def keep_up(children: Children, console: Console) -> None:
    """Start what ends by itself again, until somebody stops the server.

    Raises:
        RuntimeError: a part ends again and again.
    """
    while True:
        try:
            child: Child = children.ended.get(timeout=1)
        except Empty:
            continue
        status = child.popen.returncode if child.popen else None
        if child.failed_too_often():
            raise RuntimeError(
                f"{child.name} ended {len(child.ends)} times in a minute; its lines above say why"
            )
        console.say("server", f"{child.name} ended (status {status}) and is started again")
        children.restart(child)


def welcome(options: Options, demonstration: dict[str, Any]) -> str:
    """What a person needs to begin: the address, the facilitator's sign-in, the join code."""
    lines = ["", f"Korean Knot is ready: {options.address}/"]
    if options.host in {"0.0.0.0", "::"}:
        lines += [
            f"  on the network:  http://{name}:{options.port}/" for name in network_addresses()
        ]
    if demonstration.get("username"):
        lines.append(
            f"  facilitator:     {options.address}/sign-in/  as {demonstration['username']}"
            f"  with password {demonstration['password']}"
        )
    if demonstration.get("code"):
        lines.append(
            f"  players:         {options.address}/join/{demonstration['code']}/"
            f"  join code {demonstration['code']}"
        )
    lines += [f"  data:            {options.data}", "  Ctrl-C stops everything.", ""]
    return "\n".join(lines)
