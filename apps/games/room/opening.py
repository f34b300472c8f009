"""Opening a room: from a game and an audience to everything that its parts read."""

from __future__ import annotations

from typing import Any

from apps.engine import PUBLIC
from apps.games import selectors
from apps.games.models import Game, Turn
from apps.games.room.course import befores_of
from apps.games.room.doorway import Doorway
from apps.games.room.opened import Room
from apps.games.rulesets import document_for, ruleset_for
from apps.games.sessions import session_for
from wargame.kept import Kept

EMPTY_VIEW: dict[str, Any] = {
    "date": "",
    "ended": None,
    "tracks": [],
    "facts": [],
    "measures": [],
    "agreements": [],
    "docket": [],
    "resolutions": [],
    "own": None,
}
"""What is seen in the lobby, before there is a state."""

KEPT = 400
_kept: Kept[tuple[Any, ...], list[dict[str, Any]]] = Kept(KEPT)


def doorway_of(game: Game, audience: str) -> Doorway:
    """The doorway of `audience`'s room, without opening it."""
    return Doorway(
        game_id=str(game.pk),
        title=game.title,
        audience=audience,
        phase=game.phase,
        document=document_for(game),
        game=game,
    )


def open_room(game: Game, audience: str) -> Room:
    """The room of `audience`. Everything in it comes from the selectors for that audience."""
    session = session_for(game)
    closed = Turn.objects.filter(game=game, status=Turn.Status.CLOSED)
    # Not whole rows: each holds the snapshot of its opening.
    rows = dict(closed.values_list("number", "last_sequence"))

    def events_of(turn: int) -> list[dict[str, Any]]:
        return _events(game, audience, turn, rows.get(turn))

    seat = audience.removeprefix("seat:") if audience.startswith("seat:") else ""
    seats = selectors.seats_for(game)
    status: dict[str, Any] = {
        "closed": sorted(rows),
        "clock": session.clock,
        "phases": session.phases,
        "seats": {row["government"]: row for row in seats},
        "archived": session.archived,
        "heads_submit": session.heads_submit,
    }
    if seat:
        status["orders"] = selectors.orders_for(game, seat)
        status["votes"] = status["orders"]["votes"]
    return Room(
        game_id=str(game.pk),
        title=game.title,
        audience=audience,
        phase=session.phase,
        turn=session.turn,
        turns=session.turns,
        view=selectors.view_for(game, audience) or EMPTY_VIEW,
        document=document_for(game),
        status=status,
        events_of=events_of,
        befores_of=lambda: befores_of(game.pk, audience, rows, events_of),
        moves_of=lambda: selectors.moves_for(game, seat) if seat else [],
        offers_of=lambda: selectors.offers_for(game, audience),
        game=game,
    )


def open_heading(game: Game) -> Room:
    """A room of which only the heading can be rendered; it costs no query beyond the session."""
    session = session_for(game)
    date = ""
    if session.state is not None:
        date = ruleset_for(game).calendar.date_of(session.state.turn).isoformat()
    return Room(
        game_id=str(game.pk),
        title=game.title,
        audience=PUBLIC,
        phase=session.phase,
        turn=session.turn,
        turns=session.turns,
        view={**EMPTY_VIEW, "date": date},
        document=document_for(game),
        status={"clock": session.clock, "phases": session.phases},
        events_of=lambda turn: [],
        game=game,
    )


def _events(game: Game, audience: str, turn: int, closed: int | None) -> list[dict[str, Any]]:
    """The visible events of a closed turn, kept: a closed turn changes only by being reopened,
    which gives its rows other sequences."""
    if closed is None:
        return []
    key = (game.pk, audience, turn, closed)
    known = _kept.get(key)
    return _kept.keep(key, selectors.events_for(game, audience, turn)) if known is None else known
