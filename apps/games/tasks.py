"""Celery tasks: each takes ids and calls one service. Running one twice has its effect once."""

from __future__ import annotations

import time
import uuid

import structlog
from celery import shared_task
from django.conf import settings
from django.core.cache import cache

from apps.games import enqueue
from apps.games.services import closing, retention, solo, sweeping
from wargame.health import HEARTBEAT_KEY

log = structlog.get_logger(__name__)


@shared_task(name="apps.games.tasks.close_turn")
def close_turn(game_id: str, turn: int, reason: str = "deadline") -> bool:
    """Close a turn if it is still open and `reason` still holds; True if this run closed it."""
    closed = closing.close_turn(game_id=uuid.UUID(game_id), turn=turn, reason=reason)
    log.info("turn closed" if closed else "turn stands", game=game_id, turn=turn, reason=reason)
    return closed


@shared_task(name="apps.games.tasks.sweep_deadlines")
def sweep_deadlines() -> int:
    """Resume clocks whose pause is over, open the phases that are due, and enqueue every turn
    that is due; how many turns were."""
    sweeping.resume_paused_clocks()
    sweeping.end_phases_due()
    due = sweeping.turns_due()
    for game_id, turn, reason in due:
        enqueue.send_close(game_id, turn, reason)
    return len(due)


@shared_task(name="apps.games.tasks.delete_old_solo_games")
def delete_old_solo_games() -> int:
    """Delete the games alone that their players left long ago; how many there were."""
    return solo.delete_old_solo_games()


@shared_task(name="apps.games.tasks.heartbeat")
def heartbeat() -> None:
    """Say that a worker lives; /readyz and the control room's warnings read it."""
    cache.set(HEARTBEAT_KEY, time.time(), timeout=3600)


@shared_task(name="apps.games.tasks.delete_past_retention")
def delete_past_retention() -> int:
    """Delete the sessions that ended longer ago than the site keeps them; how many there were."""
    deleted = retention.delete_past_retention(days=settings.RETENTION_DAYS)
    if deleted:
        log.info("sessions deleted", count=deleted, days=settings.RETENTION_DAYS)
    return deleted
