"""What the rules say of a session whose turn closes: the engine asked, in one place.

The service that closes a turn and the proof that it was closed rightly ask here alike.
"""

from __future__ import annotations

from apps import engine
from apps.engine import Accord, Adjudication, Order, Ruleset, Vote
from apps.games.session.state import Session


def adjudicate_session(ruleset: Ruleset, session: Session) -> Adjudication:
    """Adjudicate the orders, votes, accords and injects that the session holds."""
    assert session.state is not None, "a game that has not begun has no turn to close"
    seats = session.seats.values()
    return engine.adjudicate(
        ruleset,
        session.state,
        [Order.from_json(order) for seat in seats for order in seat.orders or ()],
        [Vote.from_json(vote) for seat in seats for vote in seat.votes.values()],
        session.seed,
        accords=[Accord.from_json(accord) for accord in session.accords],
        injects=session.injects,
    )
