"""The session as a fold of its journal: pure, and the only thing that services decide from.

A `Session` holds what the next decision needs and nothing that only a page shows (messages and
the history of offers are tables).
"""

from apps.games.session.adjudicating import adjudicate_session
from apps.games.session.folding import advance, advance_results, fold
from apps.games.session.saving import session_from_json, session_to_json
from apps.games.session.state import (
    FINISHED,
    LOBBY,
    ORDERS,
    PHASES_OF_TURN,
    READING,
    REVIEW,
    TALKS,
    Clock,
    OpenOffer,
    SeatState,
    Session,
)

__all__ = [
    "FINISHED",
    "LOBBY",
    "ORDERS",
    "PHASES_OF_TURN",
    "READING",
    "REVIEW",
    "TALKS",
    "Clock",
    "OpenOffer",
    "SeatState",
    "Session",
    "adjudicate_session",
    "advance",
    "advance_results",
    "fold",
    "session_from_json",
    "session_to_json",
]
