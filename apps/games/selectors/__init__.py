"""Selectors: everything that is read of a game. They end in `_for` and change nothing.

What a reader sees goes by audience ("public", "facilitator", "seat:US"), and the engine's
`visibility` alone decides what of the state that is.
"""

from apps.games.cursors import cursor_for
from apps.games.permissions import allows
from apps.games.selectors.events import events_for, results_for
from apps.games.selectors.people import (
    audience_for,
    delegation_for,
    game_for,
    games_for,
    is_here,
    membership_at,
    membership_for,
    people_by_audience,
    people_in,
    programs_for,
    seats_for,
)
from apps.games.selectors.rooms import clock_for, is_closing, room_for
from apps.games.selectors.situation import ledger_for, moves_for, orders_for, view_for
from apps.games.selectors.talks import offers_for, statements_for, threads_for, unread_for

__all__ = [
    "allows",
    "audience_for",
    "clock_for",
    "cursor_for",
    "delegation_for",
    "events_for",
    "game_for",
    "games_for",
    "is_closing",
    "is_here",
    "ledger_for",
    "membership_at",
    "membership_for",
    "moves_for",
    "offers_for",
    "orders_for",
    "people_by_audience",
    "people_in",
    "programs_for",
    "results_for",
    "room_for",
    "seats_for",
    "statements_for",
    "threads_for",
    "unread_for",
    "view_for",
]
