"""What a doctrine does in place of people: orders, votes and answers, each with its reason.

A doctrine decides from what its own seat sees (`engine.observe`), never from more. Nothing here
asks the database, so that a branch on paper is led by the same code.
"""

from __future__ import annotations

from typing import Any

import structlog

from apps import engine
from apps.engine import Vote
from apps.games.desk import Acting
from apps.games.refusals import Refusal
from apps.games.services.recording_offers import (
    record_acceptance,
    record_decline,
    record_offer,
)
from apps.games.sights import sight_of

log = structlog.get_logger(__name__)


def doctrine_orders(desk: Acting, seat: str, doctrine: str) -> list[dict[str, Any]]:
    """The orders that `doctrine` gives for `seat`; its reasons stand as their intents.

    It does nothing that cannot be undone unless the facilitator allowed it for this seat.
    """
    choices = engine.choose_orders(
        desk.ruleset,
        seat_view(desk, seat),
        seat,
        doctrine,
        desk.session.seed,
        irreversible=desk.session.seats[seat].irreversible,
    )
    return [{**choice.order.to_json(), "intent": choice.reason} for choice in choices]


def record_doctrine_votes(desk: Acting, seat: str, doctrine: str) -> None:
    """Record how `doctrine` votes for `seat`; where it has no view, the body's own decides."""
    votes: list[Vote] = engine.choose_votes(
        desk.ruleset, seat_view(desk, seat), seat, doctrine, desk.session.seed
    )
    for vote in votes:
        desk.record(
            "VoteInstructed",
            {"seat": seat, "draft": vote.draft, "vote": vote.to_json()},
            f"seat:{seat}",
        )


def doctrine_answers(desk: Acting) -> None:
    """Answer every open offer that waits for a seat led by a doctrine."""
    for offer_id, offer in sorted(desk.session.offers.items(), key=lambda o: o[1].rank):
        for seat in offer.asked:
            standing = desk.session.seats[seat]
            still_open = desk.session.offers.get(offer_id)
            if standing.mode != "doctrine" or still_open is None or seat in still_open.accepted:
                continue
            answer = engine.choose_answer(
                desk.ruleset,
                seat_view(desk, seat),
                seat,
                standing.doctrine,
                offer.agreement,
                dict(offer.parties),
                desk.session.seed,
            )
            record = record_acceptance if answer.accept else record_decline
            record(desk, seat, offer_id, answer.reason)


def doctrine_talks(desk: Acting) -> None:
    """What seats led by a doctrine say and offer when a turn opens; nothing is said twice."""
    state = desk.session.state
    if state is None or state.ended:
        return
    for seat, standing in desk.session.seats.items():
        if standing.mode != "doctrine":
            continue
        view = seat_view(desk, seat)
        for text in engine.choose_statements(desk.ruleset, view, seat, standing.doctrine):
            _say_once(desk, seat, text)
        for proposal in engine.choose_offers(
            desk.ruleset, view, seat, standing.doctrine, desk.session.seed
        ):
            try:
                record_offer(
                    desk, seat, proposal.agreement, proposal.parties, proposal.reason, open_for=2
                )
            except Refusal as refusal:
                # Its last offer may still stand; a stand-in insists on nothing.
                log.info("no offer", seat=seat, code=refusal.code)
    doctrine_answers(desk)


def _say_once(desk: Acting, seat: str, text: str) -> None:
    if text not in desk.session.seats[seat].said:
        desk.record(
            "StatementPublished",
            {"turn": desk.session.turn, "government": seat, "text": text, "by": "doctrine"},
        )


def seat_view(desk: Acting, seat: str) -> dict[str, Any]:
    """What `seat` sees now."""
    assert desk.session.state is not None
    return sight_of(desk.ruleset, desk.session.state, f"seat:{seat}")
