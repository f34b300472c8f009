"""Names of the channel layer's groups, in one place."""

from __future__ import annotations

from uuid import UUID


def game_group(game_id: UUID | str) -> str:
    """The group to which a game's pointers go; every server process joins it at most once."""
    return f"game.{game_id}"
