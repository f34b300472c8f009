"""Handing work to the Celery worker, after the commit.

A broker that is away is logged and never fails the act: the sweep finds the turn that is due.
"""

from __future__ import annotations

import uuid

import structlog
from celery import current_app
from django.db import transaction

log = structlog.get_logger(__name__)


def close_turn_on_commit(game_id: uuid.UUID, turn: int, reason: str) -> None:
    """Have a worker close `turn` of `game_id` once the open transaction has committed."""
    transaction.on_commit(lambda: send_close(game_id, turn, reason), robust=True)


def send_close(game_id: uuid.UUID, turn: int, reason: str) -> None:
    """Send the task now; the sweep does, for what its rows say is due."""
    try:
        current_app.send_task("apps.games.tasks.close_turn", args=[str(game_id), turn, reason])
    except Exception as error:  # kombu raises its own and redis' errors alike
        log.warning("task not sent", game=str(game_id), turn=turn, error=type(error).__name__)
