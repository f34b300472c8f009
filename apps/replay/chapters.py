"""Chapters: the fold of a journal kept turn by turn, so that any turn opens at once.

They are a cache of what the journal says and can be built again from it at any time. A chapter
is written once its turn has been adjudicated and released; a turn that is still open has none.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any

import orjson
from django.db import transaction

from apps import engine
from apps.engine import Event
from apps.games.session import Session, advance, session_from_json, session_to_json
from apps.journal import store
from apps.journal.kinds import ENGINE
from apps.journal.store import Record
from apps.replay.models import Chapter
from apps.replay.sources import Source
from apps.replay.turning import size_of_changes, turning_points
from wargame.kept import Kept

KEPT = 32
"""How many games' chapters a process keeps in memory."""
_kept: Kept[tuple[Any, ...], list[Chapter]] = Kept(KEPT)
_ENDS = ("TurnOpened", "GameFinished")


def chapters_for(source: Source) -> list[Chapter]:
    """Every chapter of the source in order, without its session; built first where needed."""
    known = _read(source.stream)
    if source.running or not known or not _ended(known):
        build(source)
        known = _read(source.stream)
    return known


def standing(chapters: Iterable[Chapter]) -> list[Chapter]:
    """The chapters that no reopening replaced."""
    return [chapter for chapter in chapters if not chapter.superseded]


def session_of(source: Source, chapter: Chapter) -> Session:
    """The session after the chapter's turn."""
    return session_from_json(source.ruleset, orjson.loads(chapter.session))


def records_of(source: Source, chapter: Chapter) -> list[Record]:
    """The journal's records of the chapter's turn."""
    return store.read(source.stream, after=chapter.first_sequence - 1, until=chapter.last_sequence)


def viewers_of(source: Source) -> list[str]:
    """Everybody that a summary is kept for: the public, each government, the facilitator."""
    return ["public", *(f"seat:{one}" for one in source.document["governments"]), "facilitator"]


@transaction.atomic
def build(source: Source) -> None:
    """Write the chapters that the journal has gained since the last one."""
    last = Chapter.objects.filter(stream=source.stream).order_by("-last_sequence").first()
    session = session_of(source, last) if last else Session()
    after = last.last_sequence if last else 0
    Builder(source, session, number=last.turn if last else -1).read(
        store.read(source.stream, after=after)
    )


def _rows(stream: uuid.UUID) -> Any:
    return Chapter.objects.filter(stream=stream).order_by("first_sequence").defer("session")


def _read(stream: uuid.UUID) -> list[Chapter]:
    """The chapters, from this process's memory where none was added or replaced since."""
    rows = Chapter.objects.filter(stream=stream).order_by("first_sequence")
    stamp = (stream, *rows.values_list("pk", "superseded", "last_sequence"))
    known = _kept.get(stamp)
    return _kept.keep(stamp, list(_rows(stream))) if known is None else known


def _ended(chapters: Sequence[Chapter]) -> bool:
    """Whether the last chapter tells of the end, so that nothing can follow it."""
    return any(one.summary.get("facilitator", {}).get("ending") for one in chapters[-1:])


class Builder:
    """Reads a journal on from a known session and writes a chapter for each turn that ended."""

    def __init__(self, source: Source, session: Session, number: int) -> None:
        self.source = source
        self.session = session
        self.number = number
        self.pending: list[Record] = []
        self.closed = False

    def read(self, records: Iterable[Record]) -> None:
        """Fold the records; what belongs to a turn that has not ended yet is left for later."""
        for record in records:
            if record.kind == "TurnReopened":
                self._reopen(record)
                continue
            if record.kind in _ENDS and self._is_complete(record):
                self._write()
            self.session = advance(self.source.ruleset, self.session, record, record.at)
            self.pending.append(record)
            self.closed = self.closed or record.kind == "TurnClosed"

    def _is_complete(self, record: Record) -> bool:
        """Before the first opening there is the opening itself: turn 0."""
        if record.kind == "TurnOpened" and self.number < 0:
            return self.session.state is not None
        return self.closed

    def _write(self) -> None:
        opening = self.number < 0
        turn = 0 if opening else self.session.turn
        takes = Chapter.objects.filter(stream=self.source.stream, turn=turn).count()
        Chapter.objects.create(
            stream=self.source.stream,
            turn=turn,
            take=takes + 1,
            first_sequence=self.pending[0].sequence,
            last_sequence=self.pending[-1].sequence,
            session=orjson.dumps(session_to_json(self.session)).decode(),
            summary=self._summary(),
        )
        self.number, self.pending, self.closed = turn, [], False

    def _reopen(self, record: Record) -> None:
        """Mark the replaced chapters and go back to the session before the reopened turn."""
        turn = int(record.payload["turn"])
        rows = Chapter.objects.filter(stream=self.source.stream, superseded=False)
        rows.filter(turn__gte=turn).update(superseded=True)
        before = rows.filter(turn__lt=turn).order_by("-turn").first()
        seats = self.session.seats
        if before is not None:
            self.session = _with_leads(session_of(self.source, before), seats)
        self.number, self.pending, self.closed = turn - 1, [record], False

    def _summary(self) -> dict[str, Any]:
        source, state = self.source, self.session.state
        assert state is not None  # a chapter is written once the game has begun
        events = [
            Event(record.kind, record.payload, record.audience)
            for record in self.pending
            if record.kind in ENGINE
        ]
        return {
            viewer: _summary_for(source, state, events, viewer) for viewer in viewers_of(source)
        }


def _with_leads(session: Session, seats: Any) -> Session:
    """The session with the seats led as the facilitator has set them since."""
    led = {
        name: replace(seat, mode=seats[name].mode, doctrine=seats[name].doctrine)
        for name, seat in session.seats.items()
    }
    return replace(session, seats=led)


def _summary_for(
    source: Source, state: engine.State, events: Sequence[Event], viewer: str
) -> dict[str, Any]:
    """What the scrubber, the charts and the gallery need of one turn, for one viewer."""
    view = engine.observe(source.ruleset, state, viewer)
    seen = engine.visible_events(source.ruleset, events, viewer)
    headline = source.headline
    tracks = {track["id"]: track["value"] for track in view["tracks"]}
    return {
        "date": view["date"],
        "tracks": tracks,
        "headline": tracks.get(headline["id"]) if headline else None,
        "points": [point.to_json() for point in turning_points(seen, source.document)],
        "size": size_of_changes(seen, source.document),
        "ending": (view["ended"] or {}).get("id", ""),
    }
