"""The course of figures: where each stood before the turns that changed it, as one audience knows.

A closed turn does not change, so what was found is kept in the cache that all processes share: a
process that has just started reads no turn of long ago to draw a trend. Without Redis the events
are read.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable, Mapping
from contextlib import suppress
from typing import Any

import redis
from django.core.cache import cache

from apps.games.room.opened import befores_in

LIFETIME = 7 * 24 * 3600
"""Seconds for which a turn is kept after it was last found by reading."""
Befores = dict[int, dict[str, float]]


def befores_of(
    game_id: uuid.UUID,
    audience: str,
    closed: Mapping[int, int | None],
    events_of: Callable[[int], list[dict[str, Any]]],
) -> Befores:
    """For each closed turn, the value before it of every figure that it changed, by label.

    Args:
        closed: the closed turns, each with the sequence of its last event: a turn that was reopened
            and closed again has another, and is found anew.
        events_of: the events of a turn as `audience` may know them.
    """
    keys = {f"course:{game_id}:{audience}:{turn}:{end}": turn for turn, end in closed.items()}
    try:
        known = cache.get_many(keys)
    except redis.RedisError:
        known = {}
    found = {key: befores_in(events_of(turn)) for key, turn in keys.items() if key not in known}
    if found:
        with suppress(redis.RedisError):  # it is then found again by reading
            cache.set_many(found, LIFETIME)
    return {turn: known.get(key, found.get(key, {})) for key, turn in keys.items()}
