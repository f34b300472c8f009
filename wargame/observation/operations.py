"""The operations page: how the installation fares, for site administrators."""

from __future__ import annotations

import platform
from collections.abc import Callable
from importlib.metadata import version
from typing import Any

import django
import redis
import structlog
from celery import current_app
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, connection
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from kombu.exceptions import OperationalError

from apps.accounts.permissions import Permission, site_allows
from apps.games.models import Game
from wargame.observation import errors, queues
from wargame.release import RELEASE

log = structlog.get_logger(__name__)
BROKERS = {"redis": "Redis", "amqp": "RabbitMQ", "memory": "memory"}
PACKAGES = ("channels", "celery", "redis", "uvicorn")
ANSWER_SECONDS = 1.0
"""How long the page waits for the workers to answer."""


def versions() -> list[tuple[str, str]]:
    """What runs, by name and version."""
    return [
        ("Korean Knot", RELEASE),
        ("Python", platform.python_version()),
        ("Django", django.get_version()),
        *((name.capitalize(), version(name)) for name in PACKAGES),
    ]


def database_state() -> dict[str, Any]:
    """Kind, version and size in bytes of the database, and its games by phase."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SELECT pg_database_size(current_database())")
        else:
            cursor.execute(
                "SELECT page_count * page_size FROM pragma_page_count(), pragma_page_size()"
            )
        (size,) = cursor.fetchone()
    number = ".".join(map(str, connection.get_database_version()))
    phases = Game.objects.values_list("phase").annotate(Count("pk")).order_by("phase")
    return {"kind": connection.display_name, "version": number, "size": size, "games": list(phases)}


def workers() -> list[dict[str, Any]]:
    """Every worker that answers now: its name, processes, queues, and the task it is busy with."""
    ask = current_app.control.inspect(timeout=ANSWER_SECONDS)
    stats = ask.stats() or {}
    if not stats:
        return []
    ask = current_app.control.inspect(destination=list(stats), timeout=ANSWER_SECONDS)
    taken, busy = ask.active_queues() or {}, ask.active() or {}
    return [
        {
            "name": name,
            "processes": len(found.get("pool", {}).get("processes", [])),
            "queues": ", ".join(queue["name"] for queue in taken.get(name, [])),
            "busy": ", ".join(task["name"].rsplit(".", 1)[-1] for task in busy.get(name, [])),
            "done": sum(found.get("total", {}).values()),
        }
        for name, found in sorted(stats.items())
    ]


def redis_part() -> dict[str, Any]:
    """Redis and the latest errors, which it keeps."""
    with queues.client() as connected:
        return {**queues.redis_state(connected), "errors": errors.latest(connected)}


def queue_part() -> dict[str, Any]:
    """The broker's kind, and what waits in each queue."""
    with queues.broker() as connected:
        depths = list(queues.queue_depths(connected).items())
        return {"broker": BROKERS[connected.transport.driver_type], "depths": depths}


def answer_of(part: Callable[[], Any]) -> Any:
    """What `part` tells, or None when it cannot be reached."""
    try:
        return part()
    except (redis.RedisError, OperationalError, DatabaseError, OSError) as error:
        log.warning("operations: a part does not answer", error=type(error).__name__)
        return None


@never_cache
@login_required
@require_safe
def operations(request: HttpRequest) -> HttpResponse:
    """Versions, workers, queues, Redis, database and the latest errors."""
    if not site_allows(request.user, Permission.ADMINISTER):  # type: ignore[arg-type]
        raise PermissionDenied
    waiting = answer_of(queue_part)
    return render(
        request,
        "operations/page.html",
        {
            "versions": versions(),
            "database": answer_of(database_state),
            "redis": answer_of(redis_part),
            "queues": waiting,
            # Without the broker nobody can be asked, and the attempt would take its time.
            "workers": answer_of(workers) if waiting else None,
        },
    )
