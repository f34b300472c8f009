"""Everything that one audience's page of a game shows, as plain values for templates."""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from apps.games.cursors import cursor_for
from apps.games.models import Game
from apps.games.rulesets import document_for
from apps.games.selectors.events import results_for
from apps.games.selectors.people import seats_for
from apps.games.selectors.situation import ledger_for, moves_for, orders_for, view_for
from apps.games.selectors.talks import offers_for, statements_for, threads_for
from apps.games.sessions import session_for


def clock_for(game: Game) -> dict[str, Any]:
    """The clock: when it is due, or the seconds left while it is paused, and the server's now."""
    session = session_for(game)
    clock = session.clock
    return {
        "phases": session.phases,
        "next_phase": session.next_phase,
        "seconds_per_turn": clock.seconds,
        "due": clock.due,
        "paused": clock.paused,
        "left": clock.left,
        "resume_at": clock.resume_at,
        "called": clock.called,
        "grace": game.grace_seconds,
        "now": timezone.now(),
    }


def is_closing(game: Game) -> bool:
    """Whether the open turn was called, or everybody is ready: a worker is closing it."""
    session = session_for(game)
    return session.turn_is_open and (session.clock.called or session.everybody_ready())


def room_for(game: Game, audience: str) -> dict[str, Any]:
    """What a room shows to `audience`. The same for everybody of it: nothing is personal.

    `orders`, `moves` and `brief` are there for a seat only; `held` for the facilitator in a review.
    """
    session = session_for(game)
    document = document_for(game)
    room: dict[str, Any] = {
        "game": game,
        "audience": audience,
        "cursor": cursor_for(game, audience),
        "phase": session.phase,
        "turn": session.turn,
        "turns": session.turns,
        "review": session.review,
        "scenario": document["scenario"],
        "clock": clock_for(game),
        "seats": seats_for(game),
        "waiting_for": session.waiting_for(),
        "view": view_for(game, audience),
        "results": results_for(game, audience),
        "threads": threads_for(game, audience),
        "statements": statements_for(game, audience),
        "offers": offers_for(game, audience),
        "ledger": ledger_for(game, audience),
    }
    if audience.startswith("seat:"):
        government = audience.removeprefix("seat:")
        room["government"] = {"id": government, **document["governments"][government]}
        room["orders"] = orders_for(game, government)
        room["moves"] = moves_for(game, government)
        room["agreements"] = _agreements_of(document, government)
    if audience == "facilitator":
        room["all_orders"] = {name: orders_for(game, name) for name in session.seats}
        room["held"] = session.held
        room["amendments"] = session.amendments
    return room


def _agreements_of(document: dict[str, Any], government: str) -> list[dict[str, Any]]:
    """The agreements that a government could offer, with who may be the other parties."""
    return [
        {"id": name, **about}
        for name, about in document.get("agreements", {}).items()
        if any(government in allowed for allowed in about["parties"].values())
    ]
