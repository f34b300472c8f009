"""The broker of the task queue: Redis, or RabbitMQ where WARGAME_BROKER_URL says so.

Several addresses, by semicolon, are the nodes of one RabbitMQ cluster: Celery goes to the next
when one is away. Nothing of the product is loaded here: the health checks need this too.
"""

from __future__ import annotations

from typing import Any

REDIS = frozenset({"redis", "rediss"})
RABBITMQ = frozenset({"amqp", "amqps", "pyamqp"})
KEY_PREFIX = "knot:"
"""Before every key of the queue in Redis, so that another product may use the same server."""
DEAD_AFTER_SECONDS = 20
"""RabbitMQ gives a worker's task to another when its connection has been silent for so long."""


class BadBrokerError(ValueError):
    """The address is of no broker that the product runs on; the text says what to give."""


def is_redis(url: str) -> bool:
    """Whether the broker at `url` is a Redis.

    Raises:
        BadBrokerError: it is neither Redis nor RabbitMQ, or several that are not of one kind.
    """
    kinds = {address.strip().partition("://")[0] for address in url.split(";")}
    if kinds <= RABBITMQ:
        return False
    if kinds <= REDIS and ";" not in url:
        return True
    raise BadBrokerError(
        "WARGAME_BROKER_URL must be one redis:// or rediss:// address, or amqp:// or amqps:// "
        "addresses by semicolon (the nodes of one RabbitMQ cluster)."
    )


def transport_options(url: str, *, visibility_timeout: int = 10) -> dict[str, Any]:
    """Celery's `broker_transport_options` for the broker at `url`.

    Args:
        url: address of the broker, or several by semicolon.
        visibility_timeout: seconds after which Redis gives a taken task to another worker; RabbitMQ
            does so when the worker's connection ends, and knows no such time.

    Raises:
        BadBrokerError: see `is_redis`.
    """
    if not is_redis(url):
        # A task counts as sent when RabbitMQ has it, not when it lies in a socket's buffer.
        return {"confirm_publish": True, "read_timeout": 30, "write_timeout": 10}
    # A worker that is killed whole leaves its task unacknowledged; a short visibility timeout and
    # a quick restore bring it back in about ten seconds.
    return {
        "visibility_timeout": visibility_timeout,
        "unacked_restore_interval": 1,
        "unacked_restore_throttle": 1,
        "global_keyprefix": KEY_PREFIX,
        "socket_connect_timeout": 2,
    }
