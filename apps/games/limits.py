"""How much one person, and everybody of one game, may do in a minute.

Far above what people do in a lively class, and far below what a script could: it keeps one browser
from filling a journal that is never emptied. Counting needs Redis; while that is away nothing is
refused, since a session in class must not stop for it.
"""

from __future__ import annotations

import time
import uuid
from dataclasses import dataclass
from typing import Any

import redis
import structlog
from django.conf import settings
from django.core.cache import cache
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from apps.games.refusals import Refusal

log = structlog.get_logger(__name__)
WINDOW = 60  # seconds


@dataclass(frozen=True)
class Limit:
    """At most `person` acts a minute by one person in a game, and `game` by all of them.

    `too_many` and `too_many_here` say it, in the active language.
    """

    name: str
    person: int
    game: int
    too_many: Any
    too_many_here: Any


ACTS = Limit(
    "acts",
    240,
    3000,
    gettext_lazy("You have sent %(most)s acts within a minute."),
    gettext_lazy("This session has seen %(most)s acts within a minute."),
)
WORDS = Limit(
    "words",
    40,
    600,
    gettext_lazy("You have sent %(most)s messages within a minute."),
    gettext_lazy("This session has seen %(most)s messages within a minute."),
)


def count(limit: Limit, *, game_id: uuid.UUID, person_id: uuid.UUID) -> None:
    """Count one act; Refusal("too_fast") once the person or the game is past the limit.

    WARGAME_LIMIT_FACTOR multiplies every limit (0.1 to 1000; 1 by default).
    """
    try:
        _count(limit, game_id, person_id)
    except redis.RedisError:
        log.warning("acts not counted: Redis is away")  # once an act, and the act goes on


def _count(limit: Limit, game_id: uuid.UUID, person_id: uuid.UUID) -> None:
    seconds = time.time()
    window, left = int(seconds // WINDOW), WINDOW - int(seconds % WINDOW)
    for who, most, words in (
        (f"{game_id}:{person_id}", limit.person, limit.too_many),
        (f"{game_id}", limit.game, limit.too_many_here),
    ):
        most = int(most * settings.LIMIT_FACTOR)
        if _next(f"limit:{limit.name}:{who}:{window}") > most:
            raise Refusal(
                "too_fast",
                " ".join(
                    (
                        words % {"most": most},
                        _("Your text is kept: try again in %(left)s seconds.") % {"left": left},
                    )
                ),
                retry_after=left,
            )


def _next(key: str) -> int:
    try:
        return cache.incr(key)
    except ValueError:
        cache.add(key, 0, timeout=2 * WINDOW)
    try:
        return cache.incr(key)
    except ValueError:  # taken out between the two
        return 1
