"""Who in a delegation is editing which draft, for as long as they are.

Kept in the cache, not in the journal: it is no part of the game. Without Redis nobody is shown as
editing, and everything else goes on.
"""

from __future__ import annotations

from typing import Any

import redis
from django.core.cache import cache

from apps.games.models import Membership, OrderDraft
from apps.games.room.doorway import Doorway

LIFETIME = 120
"""Seconds after which somebody who vanished is no longer shown as editing."""


def note_editing(membership: Membership, draft: str) -> bool:
    """Note that a member edits `draft` ("" for none); True if that changes what others see."""
    key = _key(str(membership.game_id), membership.acts_for)
    try:
        known: dict[str, Any] = cache.get(key) or {}
        before = known.get(str(membership.pk))
        after = [str(membership.person), draft] if draft else None
        if before == after:
            return False
        if after:
            known[str(membership.pk)] = after
        else:
            known.pop(str(membership.pk), None)
        cache.set(key, known, LIFETIME)
    except redis.RedisError:
        return False
    return True


def editing(room: Doorway) -> dict[str, Any]:
    """The people who are editing, with the title of the draft. Asks the database only if somebody
    is."""
    try:
        known: dict[str, Any] = cache.get(_key(room.game_id, room.seat)) or {}
    except redis.RedisError:
        known = {}
    titles = titles_of(room) if known else {}
    return {
        "editors": [
            {"membership": member, "name": name, "title": titles[draft]}
            for member, (name, draft) in known.items()
            if draft in titles
        ]
    }


def titles_of(room: Doorway) -> dict[str, str]:
    """The titles of our drafts of the open turn, by their id."""
    rows = OrderDraft.objects.filter(game=room.game, turn=room.game.turn, government=room.seat)
    moves = room.document["moves"]
    return {str(pk): moves[move]["title"] for pk, move in rows.values_list("pk", "move")}


def _key(game_id: str, government: str) -> str:
    return f"editing:{game_id}:{government}"
