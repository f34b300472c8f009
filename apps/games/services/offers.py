"""Structured offers: made, countered, accepted, declined, withdrawn; they run out by themselves.

An offer that every party has accepted is an accord, and the engine makes it an agreement when
the turn closes.
"""

from __future__ import annotations

import uuid
from collections.abc import Mapping

from django.utils.translation import gettext as _

from apps.accounts.permissions import Permission
from apps.games.desk import Desk, open_desk
from apps.games.models import Membership
from apps.games.permissions import require_player
from apps.games.refusals import Refusal
from apps.games.services.doctrine_seats import doctrine_answers
from apps.games.services.phases import check_negotiating
from apps.games.services.recording_offers import (
    record_acceptance,
    record_close,
    record_offer,
)
from apps.games.session import OpenOffer
from apps.games.words import MESSAGE, clean_words


def make_offer(
    *,
    membership: Membership,
    agreement: str,
    parties: Mapping[str, str],
    text: str = "",
    open_for: int = 1,
) -> uuid.UUID:
    """Offer an agreement; `parties` names the government for each of its parties.

    It stays open for `open_for` turns (1 to 6), this one included. A seat that is led by a
    doctrine answers at once. Returns the offer's id.
    """
    with open_desk(membership.game_id, actor=membership.person) as desk:
        seat = _negotiator(desk, membership)
        offer_id = record_offer(desk, seat, agreement, parties, text, open_for=open_for)
        doctrine_answers(desk)
        return offer_id


def accept_offer(*, membership: Membership, offer_id: uuid.UUID, text: str = "") -> None:
    """Accept an offer that one's government was made."""
    text = clean_words(text, what=_("an answer"), limit=MESSAGE, required=False)
    with open_desk(membership.game_id, actor=membership.person) as desk:
        seat = _negotiator(desk, membership)
        offer = _asked(desk, seat, offer_id)
        if seat in offer.accepted:
            return
        record_acceptance(desk, seat, str(offer_id), text)


def decline_offer(*, membership: Membership, offer_id: uuid.UUID, text: str = "") -> None:
    """Decline an offer, which closes it for everybody."""
    text = clean_words(text, what=_("an answer"), limit=MESSAGE, required=False)
    with open_desk(membership.game_id, actor=membership.person) as desk:
        seat = _negotiator(desk, membership)
        offer = _asked(desk, seat, offer_id)
        record_close(desk, "OfferDeclined", seat, str(offer_id), offer, text)


def counter_offer(
    *,
    membership: Membership,
    offer_id: uuid.UUID,
    agreement: str,
    parties: Mapping[str, str],
    text: str = "",
    open_for: int = 1,
) -> uuid.UUID:
    """Answer an offer with another, which takes its place. Returns the new offer's id."""
    with open_desk(membership.game_id, actor=membership.person) as desk:
        seat = _negotiator(desk, membership)
        offer = _asked(desk, seat, offer_id)
        record_close(desk, "OfferCountered", seat, str(offer_id), offer, "")
        counter = record_offer(
            desk, seat, agreement, parties, text, open_for=open_for, counter_to=str(offer_id)
        )
        doctrine_answers(desk)
        return counter


def withdraw_offer(*, membership: Membership, offer_id: uuid.UUID) -> None:
    """Take back an offer of one's own government that is not accepted yet."""
    with open_desk(membership.game_id, actor=membership.person) as desk:
        seat = _negotiator(desk, membership)
        offer = _open(desk, offer_id)
        if offer.proposer != seat:
            raise Refusal("not_yours", _("Only the government that made an offer withdraws it."))
        record_close(desk, "OfferWithdrawn", seat, str(offer_id), offer, "")


def _negotiator(desk: Desk, membership: Membership) -> str:
    membership.refresh_from_db(fields=["role", "government", "deputy_for", "removed_at"])
    seat = require_player(membership, Permission.TALK)
    if not desk.session.turn_is_open or desk.session.archived:
        raise Refusal("not_open", _("Offers are made and answered while a turn is open."))
    check_negotiating(desk.session, _("Offers are made and answered then."))
    if desk.session.seats[seat].mode != "people":
        raise Refusal(
            "led_by_doctrine", _("The facilitator has handed %(seat)s over.") % {"seat": seat}
        )
    return seat


def _open(desk: Desk, offer_id: uuid.UUID) -> OpenOffer:
    offer = desk.session.offers.get(str(offer_id))
    if offer is None:
        raise Refusal("offer_closed", _("This offer is not open any more."))
    return offer


def _asked(desk: Desk, seat: str, offer_id: uuid.UUID) -> OpenOffer:
    offer = _open(desk, offer_id)
    if seat not in offer.asked:
        raise Refusal("not_asked", _("This offer was not made to your government."))
    return offer
