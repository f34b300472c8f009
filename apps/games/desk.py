"""The desk: the one place at which a game is changed.

A service opens the desk of a game, decides from `desk.session`, and records events. At the end
the desk appends them to the journal with the sequence it expects, writes the projections, moves
the readers' cursors, and has the pointer sent after the commit. A refusal leaves nothing behind.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any, Protocol

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from apps.accounts.models import Person
from apps.engine import Event, Ruleset
from apps.games import limits, notify
from apps.games.cursors import move_cursors
from apps.games.models import Game, Turn
from apps.games.projections import project
from apps.games.refusals import Refusal
from apps.games.rulesets import ruleset_for
from apps.games.session import Session, advance, advance_results
from apps.games.sessions import keep_session, session_at_opening, session_for
from apps.journal import store
from apps.journal.store import NewEvent, as_read


class Acting(Protocol):
    """What an act asks of a desk that needs no database: also a branch on paper has it."""

    ruleset: Ruleset
    session: Session
    now: datetime

    def record(self, kind: str, payload: dict[str, Any], audience: str = "public") -> None: ...
    def record_results(self, events: Iterable[Event]) -> None: ...


class Desk:
    """One game, locked, for one act. `now` is the time of every event of the act."""

    def __init__(self, game: Game, actor: Person | None, now: datetime) -> None:
        self.game = game
        self.actor = actor
        self.now = now
        self.ruleset: Ruleset = ruleset_for(game)
        self.session: Session = session_for(game) if game.sequence else Session()
        self._events: list[NewEvent] = []
        self._snapshots: list[tuple[int, Session]] = []

    def record(self, kind: str, payload: dict[str, Any], audience: str = "public") -> None:
        """Add an event to the act. The session is at once what it will be after it."""
        event = as_read(kind, payload, audience, self.actor.pk if self.actor else None)
        openings = self._openings(event)
        self.session = advance(self.ruleset, self.session, event, self.now, openings=openings)
        self._events.append(event)
        if kind == "TurnOpened":
            self._snapshots.append((self.game.sequence + len(self._events), self.session))

    def record_results(self, events: Iterable[Event]) -> None:
        """Add the engine's events of a turn, each for its own audience."""
        actor = self.actor.pk if self.actor else None
        added = [as_read(event.kind, event.payload, event.audience, actor) for event in events]
        self.session = advance_results(self.ruleset, self.session, added)
        self._events += added

    def touch(self, *audiences: str) -> None:
        """Move the cursors of `audiences` although no event tells of it (a draft was saved)."""
        move_cursors(self.game, audiences)
        self._save()

    def _openings(self, event: NewEvent) -> dict[int, Session] | None:
        if event.kind != "TurnReopened":
            return None
        turn = Turn.objects.filter(game=self.game, number=event.payload["turn"]).exclude(
            status=Turn.Status.SUPERSEDED
        )
        return {event.payload["turn"]: session_at_opening(turn.get())}

    def commit(self) -> None:
        """Append what was recorded, project it, and arrange for the pointer."""
        if not self._events:
            return
        records = store.append(self.game.pk, self._events, expected=self.game.sequence, at=self.now)
        self.game.sequence = records[-1].sequence
        self.game.head_digest = records[-1].digest
        project(self.game, records, self.session, dict(self._snapshots))
        move_cursors(self.game, [record.audience for record in records])
        self._save()
        keep_session(self.game, self.session)
        self._events = []

    def _save(self) -> None:
        self.game.save()
        notify.turn_pointer(self.game.pk)


@contextmanager
def open_desk(game_id: uuid.UUID, *, actor: Person | None = None) -> Iterator[Desk]:
    """Lock the game's row and yield its desk; append what was recorded when the block ends.

    Raises Refusal("no_such_game") for an unknown id, and "too_fast" where `actor` or the game has
    done more within a minute than `apps.games.limits` allows.
    """
    if actor is not None:
        limits.count(limits.ACTS, game_id=game_id, person_id=actor.pk)
    with transaction.atomic():
        game = Game.objects.select_for_update().filter(pk=game_id).first()
        if game is None:
            raise Refusal("no_such_game", _("There is no such session. Check the address."))
        desk = Desk(game, actor, timezone.now())
        yield desk
        desk.commit()


def desk_of_new_game(game: Game, *, actor: Person | None) -> Desk:
    """The desk of a game that is being created; the caller holds the transaction and commits."""
    return Desk(game, actor, timezone.now())
