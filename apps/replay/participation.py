"""Who took part how much: counts of acts by person and government, never their content."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from apps.accounts.models import Person
from apps.replay.recording import TurnRecords

MESSAGES = frozenset({"MessageSent", "StatementPublished"})
OFFERS = frozenset(
    {"OfferMade", "OfferCountered", "OfferAccepted", "OfferDeclined", "OfferWithdrawn"}
)
ACTS = {
    "orders": frozenset({"OrdersSubmitted", "StandingOrdersSet"}),
    "votes": frozenset({"VoteInstructed"}),
    "messages": MESSAGES,
    "offers": OFFERS,
}


@dataclass(slots=True)
class Share:
    """One person's part: the turns in which they acted, and how often they did what."""

    person: uuid.UUID
    name: str = ""
    government: str = ""
    turns: set[int] = field(default_factory=set)
    orders: int = 0
    votes: int = 0
    messages: int = 0
    offers: int = 0

    @property
    def acts(self) -> int:
        """All counted acts together."""
        return self.orders + self.votes + self.messages + self.offers


def participation(turns: Iterable[TurnRecords]) -> list[Share]:
    """Each player's share, by government and then by name. Superseded turns count: people acted.

    What the clock or a doctrine submitted for a seat is nobody's act.
    """
    shares: dict[uuid.UUID, Share] = {}
    for take in turns:
        for record in (*take.before, *take.results):
            if record.actor is None:
                continue
            if record.kind == "SeatTaken":
                share = shares.setdefault(record.actor, Share(record.actor))
                share.government = str(record.payload.get("government", share.government))
            for act, kinds in ACTS.items():
                if record.kind in kinds and record.payload.get("by", "people") == "people":
                    share = shares.setdefault(record.actor, Share(record.actor))
                    setattr(share, act, getattr(share, act) + 1)
                    share.turns.add(take.turn)
    _name(shares)
    return sorted(shares.values(), key=lambda share: (share.government, share.name))


def _name(shares: dict[uuid.UUID, Share]) -> None:
    """Names come from the accounts, never from the journal; an erased person has none."""
    known = {person.pk: str(person) for person in Person.objects.filter(pk__in=shares)}
    unknown = 0
    for key, share in shares.items():
        name = known.get(key, "")
        if not name or name.startswith("erased-"):
            unknown += 1
            name = _("Participant %(number)s") % {"number": unknown}
        share.name = name
