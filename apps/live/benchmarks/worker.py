"""The product's Celery worker with one task more: it does nothing and sends the pointer."""

from __future__ import annotations

from uuid import UUID

from wargame.celery import app

__all__ = ["app", "empty"]


@app.task(name="benchmark.empty", queue="turns")
def empty(game_id: str) -> None:
    """The floor of `benchmark turn`: the same path without a game."""
    from apps.games.notify import send_pointer

    send_pointer(UUID(game_id))
