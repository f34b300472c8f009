"""What waits at the broker for the workers, and how Redis fares."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from typing import Any

import redis
from celery import current_app
from django.conf import settings
from kombu import Connection
from kombu.exceptions import OperationalError
from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.registry import Collector

from wargame.health import worker_silence


def client() -> redis.Redis:
    """A connection of the caller's own, which gives up soon; close it after use."""
    return redis.Redis.from_url(
        settings.REDIS_URL, socket_connect_timeout=1, socket_timeout=2, decode_responses=True
    )


def queue_names() -> list[str]:
    """Every queue that a task of the product is routed to."""
    routed = {str(route["queue"]) for route in settings.CELERY_TASK_ROUTES.values()}
    return sorted(routed | {settings.CELERY_TASK_DEFAULT_QUEUE})


def broker() -> Connection:
    """A connection to the task queue's broker, Redis or RabbitMQ; close it after use."""
    return current_app.connection_for_read(connect_timeout=1)


def queue_depths(connection: Connection) -> dict[str, int]:
    """How many tasks wait in each queue; one that a worker has taken is no longer counted.

    Raises:
        kombu.exceptions.OperationalError: the broker does not answer.
    """
    connection.ensure_connection(max_retries=1, timeout=2)
    return {name: _depth(connection, name) for name in queue_names()}


def _depth(connection: Connection, name: str) -> int:
    channel = connection.channel()
    try:
        if connection.transport.driver_type == "redis":
            # The passive declaration of kombu's Redis transport overlooks the prefix of the keys.
            return int(channel.client.llen(name))
        # A passive declaration asks and changes nothing. RabbitMQ closes the channel when there is
        # no such queue, so each question has one of its own; without a worker yet, nothing waits.
        return int(channel.queue_declare(name, passive=True).message_count)
    except connection.channel_errors:
        return 0
    finally:
        with suppress(*connection.channel_errors, *connection.connection_errors):
            channel.close()


def redis_state(connection: redis.Redis) -> dict[str, Any]:
    """Version, memory in bytes, clients, and whether the append-only file is written well."""
    info: dict[str, Any] = connection.info()  # type: ignore[assignment]
    return {
        "version": info.get("redis_version", ""),
        "memory": info.get("used_memory", 0),
        "clients": info.get("connected_clients", 0),
        "append_only": bool(info.get("aof_enabled")),
        "last_write_ok": info.get("aof_last_write_status", "ok") == "ok",
    }


class QueueCollector(Collector):
    """Figures that belong to no process: read from Redis when somebody asks."""

    def collect(self) -> Iterable[Metric]:
        depth = GaugeMetricFamily("knot_queue_depth", "Tasks that wait.", labels=["queue"])
        silence = GaugeMetricFamily(
            "knot_worker_silence_seconds", "Since a worker last ran the heartbeat task."
        )
        reached = GaugeMetricFamily("knot_redis_up", "1 if Redis answered this scrape.")
        queueing = GaugeMetricFamily("knot_broker_up", "1 if the task queue's broker answered.")
        try:
            with client() as connected:
                connected.ping()
            heard = worker_silence()
            if heard is not None:
                silence.add_metric([], heard)
            reached.add_metric([], 1)
        except redis.RedisError:
            reached.add_metric([], 0)
        try:
            with broker() as asked:
                for name, length in queue_depths(asked).items():
                    depth.add_metric([name], length)
            queueing.add_metric([], 1)
        except OperationalError:
            queueing.add_metric([], 0)
        return [depth, silence, reached, queueing]
