"""The session of a game as it stands: the last known one and the few events since.

Cached in each process by the digest of the journal's head, which names one history and no other: a
cached session can be old, and can never be wrong. Without one, the turn's snapshot is the start.
"""

from __future__ import annotations

import uuid

import orjson

from apps.games.models import Game, Turn
from apps.games.rulesets import ruleset_for
from apps.games.session import Session, fold, session_from_json
from apps.journal import store
from wargame.kept import Kept

KEPT = 128
FAR = 64
"""From so many events on, a turn was closed since: its snapshot is read faster than its events."""
_by_digest: Kept[str, Session] = Kept(KEPT)
_last: Kept[uuid.UUID, tuple[int, str]] = Kept(KEPT)


def session_for(game: Game) -> Session:
    """The session after the last event of `game`, as its row was read."""
    known = _by_digest.get(game.head_digest)
    if known is None:
        known = _caught_up(game) or _from_snapshot(game)
        keep_session(game, known)
    return known


def session_at_opening(turn: Turn) -> Session:
    """The session as it was right after `turn` opened."""
    return session_from_json(ruleset_for(turn.game), orjson.loads(turn.snapshot))


def keep_session(game: Game, session: Session) -> None:
    """Remember that the history of `game` up to its head folds to `session`."""
    _by_digest.keep(game.head_digest, session)
    _last.keep(game.pk, (game.sequence, game.head_digest))


def _caught_up(game: Game) -> Session | None:
    """The last session that this process knew, and what happened since; None if it cannot be.

    The record at the known head is read again and its digest compared: a transaction that was
    rolled back may have left a head here that never came to be.
    """
    sequence, digest = _last.get(game.pk) or (0, "")
    start = _by_digest.get(digest)
    if start is None or not 0 < game.sequence - sequence <= FAR:
        return None
    records = store.read(game.pk, after=sequence - 1, until=game.sequence)
    if not records or records[0].digest != digest:
        return None
    if any(record.kind == "TurnReopened" for record in records[1:]):
        return None
    return fold(ruleset_for(game), records[1:], start=start)


def _from_snapshot(game: Game) -> Session:
    opening = (
        Turn.objects.filter(game=game, opened_sequence__lte=game.sequence)
        .order_by("-opened_sequence")
        .first()
    )
    after, start = (opening.opened_sequence, session_at_opening(opening)) if opening else (0, None)
    records = store.read(game.pk, after=after, until=game.sequence)
    return fold(ruleset_for(game), records, start=start)
