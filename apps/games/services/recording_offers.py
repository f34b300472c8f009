"""Recording offers and answers, whether people or a doctrine make them."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from apps.engine.viewers import audience_for
from apps.games.desk import Acting
from apps.games.refusals import Refusal
from apps.games.session import OpenOffer
from apps.games.words import MESSAGE, clean_words

LONGEST = 6
"""For how many turns an offer may stay open."""
MOST_OPEN = 12
"""How many offers of one government may be open at a time."""


def record_offer(
    desk: Acting,
    seat: str,
    agreement: str,
    parties: Mapping[str, Any],
    text: str,
    *,
    open_for: int = 1,
    counter_to: str | None = None,
) -> uuid.UUID:
    """Check and record an offer of `seat`, whether people or its doctrine make it."""
    text = clean_words(text, what=_("the offer's words"), limit=MESSAGE, required=False)
    named = _checked_parties(desk, seat, agreement, parties)
    if not 1 <= open_for <= LONGEST:
        raise Refusal(
            "bad_length",
            _("An offer stays open for 1 to %(longest)s turns.") % {"longest": LONGEST},
        )
    mine = [offer for offer in desk.session.offers.values() if offer.proposer == seat]
    if len(mine) >= MOST_OPEN:
        raise Refusal("too_many_offers", _("Too many offers are open. Withdraw one first."))
    if any((o.agreement, dict(o.parties)) == (agreement, named) for o in mine):
        raise Refusal("offer_stands", _("You have made this very offer already; it is still open."))
    offer_id = uuid.uuid4()
    desk.record(
        "OfferMade",
        {
            "offer": str(offer_id),
            "turn": desk.session.turn,
            "agreement": agreement,
            "proposer": seat,
            "parties": named,
            "text": text,
            "expires_turn": desk.session.turn + open_for - 1,
            "counter_to": counter_to,
        },
        audience_for(named.values()),
    )
    return offer_id


def record_acceptance(desk: Acting, seat: str, offer_id: str, text: str) -> None:
    """Record that `seat` accepts an open offer that it was asked for."""
    offer = desk.session.offers[offer_id]
    desk.record(
        "OfferAccepted",
        {"offer": offer_id, "turn": desk.session.turn, "government": seat, "text": text},
        audience_for(offer.parties.values()),
    )


def record_decline(desk: Acting, seat: str, offer_id: str, text: str) -> None:
    """Record that `seat` declines an open offer that it was asked for."""
    record_close(desk, "OfferDeclined", seat, offer_id, desk.session.offers[offer_id], text)


def record_close(
    desk: Acting, kind: str, seat: str, offer_id: str, offer: OpenOffer, text: str
) -> None:
    """Record that an offer is open no more: declined, countered or withdrawn by `seat`."""
    desk.record(
        kind,
        {"offer": offer_id, "turn": desk.session.turn, "government": seat, "text": text},
        audience_for(offer.parties.values()),
    )


def _checked_parties(
    desk: Acting, seat: str, agreement: str, parties: Mapping[str, Any]
) -> dict[str, str]:
    about = desk.ruleset.agreements.get(agreement)
    if about is None:
        raise Refusal("no_such_agreement", _("The scenario knows no such agreement."))
    named: dict[str, str] = {}
    for party, allowed in about.parties.items():
        government = str(parties.get(party) or (allowed[0] if len(allowed) == 1 else ""))
        if government not in allowed:
            raise Refusal(
                "bad_party",
                _("Name who is “%(party)s” of this agreement: %(known)s.")
                % {"party": party, "known": ", ".join(allowed)},
            )
        named[party] = government
    if seat not in named.values():
        raise Refusal("not_a_party", _("%(seat)s is no party of this offer.") % {"seat": seat})
    if len(set(named.values())) < 2:
        raise Refusal("bad_party", _("An agreement needs two different governments."))
    return named
