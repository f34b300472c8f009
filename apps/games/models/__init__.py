"""The tables of a session: projections of its journal, and what was not submitted yet.

The journal is the record. Every row here but drafts, read marks and presence follows from it
(`apps.games.projections`) and could be written again from it.
"""

from apps.games.models.game import Game, ResolvedScenario, Turn
from apps.games.models.orders import OrderDraft
from apps.games.models.people import Membership, Seat
from apps.games.models.talks import Message, Offer, ThreadMark
from apps.games.models.tokens import SeatToken

__all__ = [
    "Game",
    "Membership",
    "Message",
    "Offer",
    "OrderDraft",
    "ResolvedScenario",
    "Seat",
    "SeatToken",
    "ThreadMark",
    "Turn",
]
