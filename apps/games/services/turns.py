"""Opening the first turn and the next, and ending the game."""

from __future__ import annotations

import uuid

from django.utils.translation import gettext as _

from apps.accounts.models import Person
from apps.accounts.permissions import Permission
from apps.engine.viewers import audience_for
from apps.games.desk import Acting, Desk, open_desk
from apps.games.models import Game, Seat
from apps.games.permissions import require
from apps.games.refusals import Refusal
from apps.games.rulesets import document_for
from apps.games.services.phases import due_of, let_doctrines_speak
from apps.games.services.scheduled_news import send_scheduled
from apps.games.services.standing import check_standing
from apps.games.session import LOBBY


def start_game(*, by: Person, game_id: uuid.UUID, lead_empty: bool = False) -> None:
    """Begin: the first turn opens, and its clock runs if the session has one.

    With `lead_empty` the seats of people in which nobody sits are handed to their doctrine first;
    a government without doctrines stays as it is.
    """
    with open_desk(game_id, actor=by) as desk:
        require(by, desk.game, Permission.RUN_CLOCK)
        check_standing(desk)
        if desk.session.phase != LOBBY:
            raise Refusal("begun", _("This game has begun already."))
        if lead_empty:
            _hand_empty_seats_over(desk)
        desk.record("GameStarted", {})
        open_turn(desk, 1)


def empty_seats(game: Game) -> list[str]:
    """The seats of people in which nobody sits, in the scenario's order."""
    taken = set(game.memberships.filter(removed_at=None).values_list("government", flat=True))
    seats = game.seats.filter(mode=Seat.Mode.PEOPLE).order_by("position")
    return [seat.government for seat in seats if seat.government not in taken]


def _hand_empty_seats_over(desk: Desk) -> None:
    document = document_for(desk.game)
    for government in empty_seats(desk.game):
        if known := document.get("doctrines", {}).get(government):
            doctrine = desk.session.seats[government].doctrine or next(iter(known))
            desk.record(
                "SeatHandedOver",
                {"seat": government, "mode": str(Seat.Mode.DOCTRINE), "doctrine": doctrine},
            )


def open_turn(desk: Acting, number: int) -> None:
    """Open turn `number` in its first phase with a full clock; offers that have run out are told
    so first, and news that was scheduled for this turn comes with it."""
    for offer_id, offer in sorted(desk.session.offers.items(), key=lambda o: o[1].rank):
        if offer.expires_turn < number:
            desk.record(
                "OfferExpired",
                {"offer": offer_id, "turn": number},
                audience_for(offer.parties.values()),
            )
    phases = desk.session.phases
    told = {"turn": number, "due_at": due_of(desk, phases[0])}
    desk.record("TurnOpened", told | ({"phase": phases[0]} if len(phases) > 1 else {}))
    send_scheduled(desk)
    let_doctrines_speak(desk)


def open_next_turn_or_finish(desk: Acting) -> None:
    """After the results: the next turn, or the end where the engine has found one."""
    state = desk.session.state
    if state is not None and (state.ended or desk.session.turn >= desk.session.turns):
        desk.record("GameFinished", {"turn": desk.session.turn})
    else:
        open_turn(desk, desk.session.turn + 1)
