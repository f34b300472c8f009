"""Every metric of the product; docs/operations.md describes each, and a test holds them together.

Where PROMETHEUS_MULTIPROC_DIR names a folder, the processes that share it are added up by
whichever of them is asked.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, multiprocess
from prometheus_client.registry import REGISTRY

_SECONDS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30)

REQUESTS = Counter("knot_requests_total", "Pages answered.", ["route", "method", "status"])
REQUEST_SECONDS = Histogram(
    "knot_request_seconds", "Time to answer a page.", ["route"], buckets=_SECONDS
)
TURNS_CLOSED = Counter("knot_turns_closed_total", "Turns closed.", ["reason"])
TURN_SECONDS = Histogram(
    "knot_turn_seconds", "Time to close a turn, by stage.", ["stage"], buckets=_SECONDS
)
PUSH_LAG_SECONDS = Histogram(
    "knot_push_lag_seconds",
    "From the commit of a change to the frame's last socket in one server process.",
    buckets=_SECONDS,
)
RENDERINGS = Counter("knot_renderings_total", "Frames rendered, one for all of an audience.")
SOCKETS = Gauge("knot_sockets", "Open game sockets.", multiprocess_mode="livesum")
SOCKETS_CLOSED = Counter("knot_sockets_closed_total", "Game sockets closed by us.", ["code"])
TASKS = Counter("knot_tasks_total", "Celery tasks run.", ["task", "state"])
TASK_SECONDS = Histogram(
    "knot_task_seconds", "Time that a Celery task took.", ["task"], buckets=_SECONDS
)
ERRORS = Counter("knot_errors_total", "Log lines of level ERROR and above.", ["logger"])


@contextmanager
def turn_stage(stage: str) -> Iterator[None]:
    """Measure one stage of closing a turn: `submit`, `adjudicate`, `record` or `total`."""
    with TURN_SECONDS.labels(stage).time():
        yield


def process_registry() -> CollectorRegistry:
    """The figures of this process, or of all that share PROMETHEUS_MULTIPROC_DIR."""
    if "PROMETHEUS_MULTIPROC_DIR" not in os.environ:
        return REGISTRY
    registry = CollectorRegistry()
    multiprocess.MultiProcessCollector(registry)
    return registry


def forget_process(pid: int) -> None:
    """Take a process that has ended out of the gauges."""
    if "PROMETHEUS_MULTIPROC_DIR" in os.environ:
        multiprocess.mark_process_dead(pid)
