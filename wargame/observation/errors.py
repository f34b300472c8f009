"""The latest errors, kept in Redis for the operations page and counted for the metrics.

A line is kept by its event, the kind of its exception and the place that raised it. The text of an
exception and the arguments of a message may hold what somebody typed, so they are left out.
"""

from __future__ import annotations

import json
import logging
import queue
import threading
import traceback
from contextlib import suppress
from datetime import UTC, datetime
from typing import Any

import redis
from django.conf import settings

from wargame.observation.metrics import ERRORS

KEY = "knot:errors"
KEPT = 100
"""How many errors are kept; older ones are in the logs."""
IDS = ("request", "game", "turn", "task")


def described(record: logging.LogRecord) -> dict[str, Any]:
    """What is kept of a log line."""
    # structlog hands its lines over as a dict; others give a template and its arguments.
    line = record.msg if isinstance(record.msg, dict) else {"event": str(record.msg)}
    kept: dict[str, Any] = {
        "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="seconds"),
        "logger": record.name,
        "event": str(line.get("event", ""))[:200],
        **{name: str(line[name]) for name in IDS if name in line},
    }
    error = record.exc_info[1] if record.exc_info else None
    if error is not None:
        kept["exception"] = type(error).__name__
        frames = traceback.extract_tb(error.__traceback__)
        if frames:
            place = frames[-1]
            kept["place"] = f"{'/'.join(place.filename.split('/')[-2:])}:{place.lineno}"
    return kept


class ErrorRecorder(logging.Handler):
    """Hands errors to a thread that writes them, so that no event loop waits for Redis."""

    def __init__(self) -> None:
        super().__init__(level=logging.ERROR)
        self._waiting: queue.Queue[dict[str, Any]] = queue.Queue(maxsize=KEPT)
        self._writer: threading.Thread | None = None

    def emit(self, record: logging.LogRecord) -> None:
        ERRORS.labels(record.name.split(".")[0]).inc()
        with suppress(queue.Full):
            self._waiting.put_nowait(described(record))
        # A forked worker process inherits the handler but not its thread.
        if self._writer is None or not self._writer.is_alive():
            self._writer = threading.Thread(target=self._write, name="errors", daemon=True)
            self._writer.start()

    def _write(self) -> None:
        while True:
            line = self._waiting.get()
            with suppress(redis.RedisError):
                keep(line)


def keep(line: dict[str, Any]) -> None:
    """Put one error in front of those that are kept."""
    with redis.Redis.from_url(
        settings.REDIS_URL, socket_connect_timeout=1, socket_timeout=1
    ) as connection:
        connection.lpush(KEY, json.dumps(line))
        connection.ltrim(KEY, 0, KEPT - 1)


def latest(connection: redis.Redis, count: int = 20) -> list[dict[str, Any]]:
    """The latest errors of every process, newest first."""
    return [json.loads(line) for line in connection.lrange(KEY, 0, count - 1)]  # type: ignore[union-attr]
