"""Tasks: how many, how long, and a worker's own address for its figures."""

from __future__ import annotations

import os
import time
from typing import Any

from celery import signals
from prometheus_client import start_http_server

from wargame.observation.metrics import TASK_SECONDS, TASKS, forget_process, process_registry
from wargame.observation.reporting import start_traces

_started: dict[str, float] = {}


@signals.task_prerun.connect
def note_start(task_id: str = "", **_signal: Any) -> None:
    """Remember when a task began in this process."""
    _started[task_id] = time.perf_counter()


@signals.task_postrun.connect
def note_end(task_id: str = "", task: Any = None, state: str | None = None, **_signal: Any) -> None:
    """Count and time a task that has ended, well or not."""
    began = _started.pop(task_id, None)
    TASKS.labels(task.name, state or "UNKNOWN").inc()
    if began is not None:
        TASK_SECONDS.labels(task.name).observe(time.perf_counter() - began)


def serve_figures() -> None:
    """Answer Prometheus on WARGAME_METRICS_PORT, for the whole worker with its pool."""
    port = os.environ.get("WARGAME_METRICS_PORT")
    if port:
        start_http_server(int(port), registry=process_registry())


@signals.worker_process_init.connect
def trace_process(**_signal: Any) -> None:
    """Start traces in the pool's process, after the fork."""
    start_traces("worker")


@signals.worker_process_shutdown.connect
def forget(pid: int | None = None, **_signal: Any) -> None:
    """Take a pool process that ends out of the gauges."""
    forget_process(pid or os.getpid())
