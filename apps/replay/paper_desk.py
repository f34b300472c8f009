"""A desk of paper: the acts of a game decided and folded as on the real desk, and kept nowhere.

What-if branches play on it. It has what the services of apps.games ask of a desk (`ruleset`,
`session`, `now`, `record`, `record_results`), so that a branch follows the code of play.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from datetime import datetime
from typing import Any

import orjson

from apps.engine import Event
from apps.games.models import Game
from apps.games.session import Session, advance, advance_results
from apps.journal.store import NewEvent, canonical
from apps.replay.sources import Source


class PaperDesk:
    """A session that goes on in memory. `events` are what would have been appended.

    `game` is a row that was never saved: it names the scenario and has no messages or offers.
    """

    def __init__(self, source: Source, session: Session, now: datetime) -> None:
        self.ruleset = source.ruleset
        self.session = session
        self.game = Game(pk=uuid.uuid4(), resolved_id=source.digest)
        self._said: set[tuple[str, str]] = set()
        self.now = now
        self.events: list[NewEvent] = []

    def record(self, kind: str, payload: dict[str, Any], audience: str = "public") -> None:
        """Add an event; the session is at once what it will be after it. Nothing is said twice."""
        if kind == "StatementPublished":
            said = (str(payload["government"]), str(payload["text"]))
            if said in self._said:
                return
            self._said.add(said)
        event = NewEvent(kind, orjson.loads(canonical(payload)), audience, None)
        self.session = advance(self.ruleset, self.session, event, self.now)
        self.events.append(event)

    def record_results(self, events: Iterable[Event]) -> None:
        """Add the engine's events of a turn, folded together."""
        added = [
            NewEvent(event.kind, orjson.loads(canonical(dict(event.payload))), event.audience)
            for event in events
        ]
        self.session = advance_results(self.ruleset, self.session, added)
        self.events += added
