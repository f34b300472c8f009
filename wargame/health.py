"""Two probes: /healthz says that the process answers, /readyz that it can do its work."""

from __future__ import annotations

import time
from collections.abc import Callable

import redis
import structlog
from celery import current_app
from django.conf import settings
from django.core.cache import cache
from django.db import connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

log = structlog.get_logger(__name__)

HEARTBEAT_KEY = "worker-heartbeat"
HEARTBEAT_LATE = 6
"""After how many missed heartbeats the worker counts as silent."""


class Unready(Exception):
    """A part that does not answer; the text is for an operator and holds no secret."""


def check_database() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
        cursor.fetchone()


def check_redis() -> None:
    """A plain ping of Redis, and of every Redis of the channel layer."""
    for address in dict.fromkeys((settings.REDIS_URL, *settings.REDIS_CHANNEL_HOSTS)):
        with redis.Redis.from_url(
            address, socket_connect_timeout=1, socket_timeout=1, decode_responses=True
        ) as client:
            client.ping()


def check_broker() -> None:
    """The task queue's broker, which may be another server than the cache's Redis."""
    with current_app.connection_for_read(connect_timeout=1) as connection:
        connection.ensure_connection(max_retries=1, timeout=2)


def worker_silence() -> float | None:
    """Seconds since a worker last ran the heartbeat task; None if none was ever heard."""
    heard = cache.get(HEARTBEAT_KEY)
    return None if heard is None else max(0.0, time.time() - float(heard))


def check_worker() -> None:
    silence = worker_silence()
    if silence is None:
        raise Unready("no worker was heard yet: are the Celery worker and beat running?")
    if silence > HEARTBEAT_LATE * settings.HEARTBEAT_SECONDS:
        raise Unready(f"no worker was heard for {silence:.0f} s")


CHECKS: dict[str, Callable[[], None]] = {
    "database": check_database,
    "redis": check_redis,
    "broker": check_broker,
    "worker": check_worker,
}


@never_cache
@require_safe
def healthz(request: HttpRequest) -> HttpResponse:
    """200 as long as the process answers at all; asks nothing else."""
    return HttpResponse("ok\n", content_type="text/plain")


@never_cache
@require_safe
def readyz(request: HttpRequest) -> JsonResponse:
    """200 if database, Redis, the queue's broker and a worker answer; else 503 and which not."""
    parts: dict[str, str] = {}
    for name, check in CHECKS.items():
        try:
            check()
        except Unready as silent:
            parts[name] = str(silent)
        except Exception as error:  # a probe reports whatever is wrong, it never raises
            log.warning("probe failed", part=name, error=type(error).__name__)
            parts[name] = f"does not answer ({type(error).__name__})"
        else:
            parts[name] = "ok"
    ready = all(state == "ok" for state in parts.values())
    return JsonResponse({"ready": ready, "parts": parts}, status=200 if ready else 503)
