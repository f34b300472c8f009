"""From which request a task came: the id of the one stands in the log lines of the other.

The id travels as a header of the message and not as an argument, so that no task knows of it.
"""

from __future__ import annotations

from typing import Any

import structlog
from celery.signals import before_task_publish, task_prerun

HEADER = "knot_request"


@before_task_publish.connect
def send_origin(headers: dict[str, Any] | None = None, **_signal: Any) -> None:
    """Put the id of the request that is being served into the message."""
    origin = structlog.contextvars.get_contextvars().get("request")
    if origin and headers is not None:
        headers[HEADER] = origin


@task_prerun.connect
def take_origin(task_id: str = "", task: Any = None, **_signal: Any) -> None:
    """Bind the ids of the task and of its request to every line that the task writes."""
    structlog.contextvars.clear_contextvars()
    structlog.contextvars.bind_contextvars(task=task_id)
    origin = getattr(task.request, HEADER, None)
    if origin:
        structlog.contextvars.bind_contextvars(request=origin)
