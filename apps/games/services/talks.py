"""Messages between delegations, and public statements."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import gettext as _

from apps.accounts.permissions import Permission
from apps.engine.viewers import audience_for
from apps.games import limits
from apps.games.desk import Desk, open_desk
from apps.games.models import Game, Membership, ThreadMark
from apps.games.permissions import require_player
from apps.games.refusals import Refusal
from apps.games.services.phases import check_negotiating
from apps.games.services.standing import check_standing
from apps.games.session import LOBBY
from apps.games.words import MESSAGE, clean_words


def send_message(*, membership: Membership, to: Iterable[str], text: str) -> str:
    """Send `text` to the delegations `to`, or within one's own where `to` is empty.

    Returns the thread: the audience of everybody who reads it.
    """
    text = clean_words(text, what=_("a message"), limit=MESSAGE)
    limits.count(limits.WORDS, game_id=membership.game_id, person_id=membership.person_id)
    with open_desk(membership.game_id, actor=membership.person) as desk:
        seat = _speaker(desk, membership)
        others = set(to)
        if others - {seat}:
            check_negotiating(desk.session, _("Other delegations are written to then."))
        unknown = others - set(desk.session.seats)
        if unknown:
            raise Refusal(
                "no_such_government",
                _("This game has no government %(unknown)s.") % {"unknown": min(unknown)},
            )
        thread = audience_for({seat, *others})
        desk.record(
            "MessageSent",
            {
                "turn": desk.session.turn,
                "sender": seat,
                "membership": str(membership.pk),
                "text": text,
            },
            thread,
        )
        return thread


def publish_statement(*, membership: Membership, text: str) -> None:
    """Publish a statement of one's government, which everybody reads."""
    text = clean_words(text, what=_("a statement"), limit=MESSAGE)
    limits.count(limits.WORDS, game_id=membership.game_id, person_id=membership.person_id)
    with open_desk(membership.game_id, actor=membership.person) as desk:
        seat = _speaker(desk, membership)
        if desk.session.phase == LOBBY:
            raise Refusal("not_begun", _("Governments speak once the game has begun."))
        check_negotiating(desk.session, _("Statements are published then."))
        desk.record(
            "StatementPublished",
            {
                "turn": desk.session.turn,
                "government": seat,
                "membership": str(membership.pk),
                "text": text,
            },
        )


def mark_read(*, membership: Membership, thread: str, sequence: int) -> None:
    """Remember that somebody has read a thread up to the message with this sequence.

    A reader's own mark: no event, and no cursor moves.
    """
    mark, made = ThreadMark.objects.get_or_create(
        membership=membership, thread=thread, defaults={"sequence": sequence}
    )
    if not made and sequence > mark.sequence:
        mark.sequence = sequence
        mark.save(update_fields=["sequence"])


def _speaker(desk: Desk, membership: Membership) -> str:
    membership.refresh_from_db(fields=["role", "government", "deputy_for", "removed_at"])
    seat = require_player(membership, Permission.TALK)
    if desk.game.phase != Game.Phase.FINISHED:
        check_standing(desk)
    return seat
