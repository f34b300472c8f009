"""The doorway of a room: whose room of which game, and nothing of the game's state."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from apps.games.room.parties import Party, parties_of


@dataclass(kw_only=True)
class Doorway:
    """All that a page needs around its fragments; it costs no query."""

    game_id: str
    title: str
    audience: str
    phase: str
    document: Mapping[str, Any]
    game: Any = None

    @property
    def seat(self) -> str:
        """The government of this audience, or an empty text."""
        return self.audience[5:] if self.audience.startswith("seat:") else ""

    @property
    def alone(self) -> bool:
        """Whether one person plays among doctrines, with nobody who facilitates."""
        return bool(getattr(self.game, "solo", False))

    @cached_property
    def parties(self) -> dict[str, Party]:
        return parties_of(self.document)

    @property
    def us(self) -> Party | None:
        """The government of this audience."""
        return self.parties.get(self.seat)

    def party(self, name: str) -> Party:
        """The government of this id; a sender that is none keeps its own name."""
        return self.parties.get(name) or Party(name, name, name)
