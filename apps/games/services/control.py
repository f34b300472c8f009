"""What a facilitator does to a session beside its clock: all of it in the journal."""

from __future__ import annotations

import uuid
from collections.abc import Iterable

from django.utils.translation import gettext as _

from apps.accounts.models import Person
from apps.accounts.permissions import Permission
from apps.engine.viewers import audience_for
from apps.games import enqueue
from apps.games.desk import open_desk
from apps.games.models import Seat
from apps.games.permissions import require
from apps.games.refusals import Refusal
from apps.games.rulesets import document_for
from apps.games.services.creating import checked_lead
from apps.games.services.scheduled_news import checked_recipients, record_inject, words_of
from apps.games.services.standing import check_standing
from apps.games.services.turns import open_turn
from apps.games.session import LOBBY, ORDERS
from apps.games.words import MESSAGE, REASON, clean_words


def broadcast(
    *, by: Person, game_id: uuid.UUID, text: str, to: Iterable[str] | None = None
) -> None:
    """Tell all delegations (`to` None) or some of them something, as the facilitator."""
    text = clean_words(text, what=_("a message"), limit=MESSAGE)
    with open_desk(game_id, actor=by) as desk:
        require(by, desk.game, Permission.BROADCAST)
        told = checked_recipients(desk, to)
        desk.record(
            "BroadcastSent",
            {"turn": desk.session.turn, "sender": "Facilitator", "text": text},
            "public" if told is None else audience_for(told),
        )


def inject_now(
    *,
    by: Person,
    game_id: uuid.UUID,
    inject: str = "",
    title: str = "",
    text: str = "",
    sender: str = "",
    to: Iterable[str] | None = None,
) -> None:
    """Let news reach the delegations now, as an outside body.

    With `inject`, one of the scenario's: its words stand where none are given, and its effects
    are adjudicated when the turn closes. Without, an ad hoc one, which has words only.
    """
    with open_desk(game_id, actor=by) as desk:
        require(by, desk.game, Permission.INJECT)
        check_standing(desk)
        if not desk.session.turn_is_open:
            raise Refusal("not_open", _("News is sent while a turn is open."))
        if inject and inject in desk.session.injects:
            raise Refusal("inject_sent", _("This inject was sent in this turn already."))
        record_inject(
            desk, words_of(desk, inject=inject, title=title, text=text, sender=sender, to=to)
        )


def hand_seat(
    *,
    by: Person,
    game_id: uuid.UUID,
    government: str,
    mode: str,
    doctrine: str = "",
    irreversible: bool = False,
) -> None:
    """Let people, a doctrine or nobody lead a seat, from now on and back at any time.

    A seat that is handed over takes back what it had submitted for the open turn. Only with
    `irreversible` may the doctrine order moves that the scenario marks so.
    """
    with open_desk(game_id, actor=by) as desk:
        require(by, desk.game, Permission.ASSIGN_SEATS)
        check_standing(desk)
        if government not in desk.session.seats:
            raise Refusal(
                "no_such_government",
                _("This game has no government %(government)s.") % {"government": government},
            )
        lead = checked_lead(document_for(desk.game), government, mode, doctrine)
        seat = desk.session.seats[government]
        bold = irreversible and lead["mode"] == Seat.Mode.DOCTRINE
        standing = (seat.mode, seat.doctrine, seat.irreversible)
        if standing == (lead["mode"], lead["doctrine"], bold):
            return
        allowed = {"irreversible": True} if bold else {}
        desk.record("SeatHandedOver", {"seat": government, **lead, **allowed})
        if desk.session.phase == ORDERS and desk.session.everybody_ready():
            enqueue.close_turn_on_commit(desk.game.pk, desk.session.turn, "all_ready")


def set_absence(*, by: Person, game_id: uuid.UUID, government: str, policy: str) -> None:
    """What a delegation without drafts does when the clock runs out: hold, standing, doctrine."""
    if policy not in Seat.Absence.values:
        raise Refusal("no_such_policy", _("Choose hold, standing orders or doctrine."))
    with open_desk(game_id, actor=by) as desk:
        require(by, desk.game, Permission.ASSIGN_SEATS)
        check_standing(desk)
        if government not in desk.session.seats:
            raise Refusal(
                "no_such_government",
                _("This game has no government %(government)s.") % {"government": government},
            )
        if policy == Seat.Absence.DOCTRINE:
            checked_lead(document_for(desk.game), government, Seat.Mode.DOCTRINE.value)
        if desk.session.seats[government].absence != policy:
            desk.record(
                "AbsencePolicySet", {"seat": government, "policy": policy}, f"seat:{government}"
            )


def set_review(*, by: Person, game_id: uuid.UUID, review: bool) -> None:
    """Hold the results of turns that close from now on for review, or release them at once."""
    with open_desk(game_id, actor=by) as desk:
        require(by, desk.game, Permission.REVIEW)
        check_standing(desk)
        if desk.session.review != review:
            desk.record("ReviewSet", {"review": review}, "facilitator")


def reopen_turn(*, by: Person, game_id: uuid.UUID, turn: int, reason: str) -> None:
    """Play a turn again from its opening: nothing is deleted, later turns are superseded.

    The orders that were submitted for it are drafts again.
    """
    reason = clean_words(reason, what=_("a reason"), limit=REASON)
    with open_desk(game_id, actor=by) as desk:
        require(by, desk.game, Permission.REOPEN)
        if desk.session.archived:
            check_standing(desk)
        if desk.session.phase == LOBBY or not 1 <= turn <= desk.session.turn:
            raise Refusal("no_such_turn", _("Only a turn that has been opened can be reopened."))
        if turn == desk.session.turn and desk.session.turn_is_open:
            raise Refusal("still_open", _("This turn is open."))
        desk.record("TurnReopened", {"turn": turn, "reason": reason})
        open_turn(desk, turn)
        text = f"Turn {turn} is played again from its opening: {reason}"
        desk.record("BroadcastSent", {"turn": turn, "sender": "Facilitator", "text": text})


def archive_game(*, by: Person, game_id: uuid.UUID) -> None:
    """Close a session for good: it can be replayed and exported, and nothing changes any more."""
    with open_desk(game_id, actor=by) as desk:
        require(by, desk.game, Permission.ARCHIVE)
        if not desk.session.archived:
            desk.record("GameArchived", {})


def pin_note(*, by: Person, game_id: uuid.UUID, text: str, sequence: int | None = None) -> None:
    """Pin an observer's or assessor's note, to an event where `sequence` names one."""
    text = clean_words(text, what=_("a note"), limit=MESSAGE)
    with open_desk(game_id, actor=by) as desk:
        require(by, desk.game, Permission.PIN_NOTES)
        desk.record(
            "NotePinned",
            {"turn": desk.session.turn, "text": text, "sequence": sequence},
            "facilitator",
        )


def view_as(*, by: Person, game_id: uuid.UUID, viewer: str) -> None:
    """Record that a facilitator looked at the game as a team sees it."""
    with open_desk(game_id, actor=by) as desk:
        require(by, desk.game, Permission.SEE_EVERYTHING)
        desk.record("ViewedAs", {"viewer": viewer}, "facilitator")
