"""The rooms of the teams as they will be once held results are released as amended now.

Nothing is recorded and nothing reaches anybody: the released state is folded on paper, and what a
team would see of it is asked of the same allow-list and rendered by the same parts as its room.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from apps import engine
from apps.engine import Event
from apps.engine.applying import fold
from apps.games.amending import amended_events
from apps.games.models import Game
from apps.games.room.opened import Room
from apps.games.room.opening import open_room
from apps.games.rulesets import ruleset_for
from apps.games.session import FINISHED, Session
from apps.games.sessions import session_for


def room_after_release(game: Game, audience: str) -> Room | None:
    """The room of `audience` after the release; None where no results are held."""
    session, ruleset = session_for(game), ruleset_for(game)
    if session.held is None or session.state is None:
        return None
    events = amended_events(ruleset, session)
    state = fold(ruleset, session.state, events)
    before = open_room(game, audience)
    told = _visible(game, events, audience)
    over = bool(state.ended) or session.turn >= session.turns
    seat = before.seat
    return replace(
        before,
        phase=FINISHED if over else session.phases[0],
        turn=session.turn if over else session.turn + 1,
        view=engine.observe(ruleset, state, audience),
        status=_status(before, session, seat),
        events_of=lambda turn: told if turn == session.turn else before.events_of(turn),
        moves_of=lambda: engine.legal_orders(ruleset, state, seat) if seat else [],
    )


def _visible(game: Game, events: list[Event], audience: str) -> list[dict[str, Any]]:
    """The released results as `audience` may know them, in the form of `events_for`."""
    shown = engine.visible_events(ruleset_for(game), events, audience)
    return [
        {
            "n": number,
            "kind": event["kind"],
            "payload": event["payload"],
            "at": game.created_at,
            "sentence": event.get("text") or "",
        }
        for number, event in enumerate(shown, start=1)
    ]


def _status(before: Room, session: Session, seat: str) -> dict[str, Any]:
    """Nobody is ready and nothing is drafted when a turn opens; its clock has not begun."""
    seats = {name: {**row, "ready": False} for name, row in before.status["seats"].items()}
    status = {
        **before.status,
        "closed": sorted({*before.status["closed"], session.turn}),
        "seats": seats,
    }
    if seat:
        status["orders"] = {
            **before.status["orders"],
            "ready": False,
            "drafts": [],
            "submitted": [],
            "votes": {},
        }
        status["votes"] = {}
    return status
