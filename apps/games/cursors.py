"""Cursors: how many changes each reader could have seen.

A cursor never counts what its reader may not see: a gap would give away a secret order. Counts
are kept by audience on the game's row, and a reader's cursor is the sum of the audiences they
belong to; so that it costs the same however long the journal grows.
"""

from __future__ import annotations

from collections.abc import Iterable

from apps.engine.viewers import includes
from apps.games.models import Game


def move_cursors(game: Game, audiences: Iterable[str]) -> None:
    """Count one change for each audience named; the caller saves the row."""
    for audience in audiences:
        game.cursors[audience] = game.cursors.get(audience, 0) + 1


def cursor_for(game: Game, audience: str) -> int:
    """How many changes `audience` ("public", "facilitator", "seat:US") could have seen."""
    return sum(n for name, n in game.cursors.items() if includes(name, audience))
