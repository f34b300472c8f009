"""What happened, as a reader may know it."""

from __future__ import annotations

import uuid
from collections import OrderedDict
from threading import Lock
from typing import Any

from apps import engine
from apps.engine import Event
from apps.engine.viewers import includes
from apps.games.models import Game, Turn
from apps.games.rulesets import ruleset_for
from apps.journal import store
from apps.journal.kinds import ENGINE, sentence
from apps.journal.store import Record

KEPT_TURNS = 24
_closed: OrderedDict[tuple[uuid.UUID, int, int], list[Record]] = OrderedDict()
_lock = Lock()


def events_for(game: Game, viewer: str, turn: int | None = None) -> list[dict[str, Any]]:
    """The events of `turn` (the open one if None) that `viewer` may know of, oldest first.

    Each has kind, payload (redacted by the engine), at, sentence, and `n`, its number among
    those that this viewer sees: a journal sequence would count hidden events.
    """
    row = _turn_row(game, game.turn if turn is None else turn)
    return shown_events(game, viewer, _records_of(game, row))


def _records_of(game: Game, row: Turn | None) -> list[Record]:
    """The records of a turn. Those of a closed one are read once for all of its readers: when a
    turn closes, every delegation's page asks for the same ones at the same moment."""
    after = row.opened_sequence - 1 if row else 0
    if row is None or not row.last_sequence or row.status != Turn.Status.CLOSED:
        return store.read(game.pk, after=after, until=(row and row.last_sequence) or game.sequence)
    key = (game.pk, after, row.last_sequence)
    with _lock:
        if key in _closed:
            _closed.move_to_end(key)
            return _closed[key]
    records = store.read(game.pk, after=after, until=row.last_sequence)
    with _lock:
        _closed[key] = records
        while len(_closed) > KEPT_TURNS:
            _closed.popitem(last=False)
    return records


def results_for(game: Game, viewer: str, turn: int | None = None) -> list[dict[str, Any]]:
    """The engine's events of the last closed turn (or of `turn`), as `viewer` may know them."""
    number = game.turn - 1 if turn is None else turn
    if turn is None and game.phase == Game.Phase.FINISHED:
        number = game.turn
    if number < 1:
        return []
    return [event for event in events_for(game, viewer, number) if event["kind"] in ENGINE]


def shown_events(game: Game, viewer: str, records: list[Record]) -> list[dict[str, Any]]:
    """Records as `viewer` may know them; the engine's own go through `visible_events`."""
    shown: list[dict[str, Any]] = []
    waiting: list[Record] = []
    for record in records:
        if record.kind in ENGINE:
            waiting.append(record)
            continue
        shown += _engine_events(game, viewer, waiting)
        waiting = []
        if includes(record.audience, viewer):
            shown.append(
                {
                    "kind": record.kind,
                    "payload": record.payload,
                    "at": record.at,
                    "sentence": sentence(record.kind, record.payload),
                }
            )
    shown += _engine_events(game, viewer, waiting)
    return [{"n": number, **event} for number, event in enumerate(shown, start=1)]


def _engine_events(game: Game, viewer: str, records: list[Record]) -> list[dict[str, Any]]:
    if not records:
        return []
    told = [Event(record.kind, record.payload, record.audience) for record in records]
    at = records[0].at
    return [
        {
            "kind": event["kind"],
            "payload": event["payload"],
            "at": at,
            "sentence": event.get("text") or sentence(event["kind"], event["payload"]),
        }
        for event in engine.visible_events(ruleset_for(game), told, viewer)
    ]


def _turn_row(game: Game, number: int) -> Turn | None:
    rows = Turn.objects.filter(game=game, number=number).exclude(status=Turn.Status.SUPERSEDED)
    return rows.defer("snapshot").first()
