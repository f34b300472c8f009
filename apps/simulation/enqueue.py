"""Sends batches to the workers, after the commit. The only place that names the task.

A broker that is away is logged and never fails the act: the look for stalled studies sends them.
"""

from __future__ import annotations

from collections.abc import Iterable

import structlog
from celery import current_app
from django.db import transaction

log = structlog.get_logger(__name__)

TASK = "apps.simulation.tasks.play_batch"


def send_on_commit(batch_ids: Iterable[int]) -> None:
    """Enqueues each batch once the transaction is committed."""
    ids = list(batch_ids)
    transaction.on_commit(lambda: send(ids), robust=True)


def send(batch_ids: Iterable[int]) -> None:
    """Enqueues each batch now."""
    try:
        for batch_id in batch_ids:
            current_app.send_task(TASK, args=[batch_id])
    except Exception as error:  # kombu raises its own and redis' errors alike
        log.warning("batches not sent", error=type(error).__name__)
