"""The phases of a turn: which is open, what may be done in it, and how the next one comes.

| phase | to read | among ourselves | to others: words, offers | drafts | votes, ready |
|---|---|---|---|---|---|
| reading | yes | yes | | | |
| talks | yes | yes | yes | yes | |
| orders | yes | yes | yes | yes | yes |

Nothing that is open is taken away by a later phase, so only the orders' clock has a grace: when
reading or talks end, more is open than before.
"""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from datetime import timedelta

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from apps.accounts.models import Person
from apps.accounts.permissions import Permission
from apps.games.desk import Acting, open_desk
from apps.games.permissions import require
from apps.games.refusals import Refusal
from apps.games.services.doctrine_seats import doctrine_talks
from apps.games.services.standing import check_standing
from apps.games.session import ORDERS, READING, TALKS, Session

SECONDS = (30, 7 * 24 * 3600)
"""Shortest and longest clock of a phase."""
CLOSED_WORDS = {
    READING: gettext_lazy("This is the time to read the results. Talks open next."),
    TALKS: gettext_lazy("This is the time for talks. Orders are submitted in the phase after it."),
}
"""Why something waits, by the phase that is open."""


def check_negotiating(session: Session, then: str) -> None:
    """Refuse while the delegations read; `then` says what has to wait."""
    if session.phase == READING:
        raise Refusal(
            "not_yet",
            f"{_why_later(session)} {then}",
        )


def check_deciding(session: Session) -> None:
    """Refuse in a phase before the orders: being ready and voting have to wait."""
    if session.phase in CLOSED_WORDS:
        raise Refusal(
            "not_yet",
            f"{_why_later(session)} {_('Drafts are kept until then.')}",
        )


def _why_later(session: Session) -> str:
    if session.phase == READING and session.next_phase == ORDERS:
        return _("This is the time to read the results. Orders open next.")
    return str(CLOSED_WORDS[session.phase])


def due_of(desk: Acting, phase: str) -> str | None:
    """When a phase that opens now runs out, as text; None where it has no clock."""
    seconds = desk.session.seconds_of(phase)
    return (desk.now + timedelta(seconds=seconds)).isoformat() if seconds else None


def let_doctrines_speak(desk: Acting) -> None:
    """Seats led by a doctrine speak and offer when the phase opens in which others can answer."""
    negotiating = [phase for phase in desk.session.phases if phase != READING]
    if desk.session.phase == negotiating[0]:
        doctrine_talks(desk)


def go_on(*, game_id: uuid.UUID, turn: int, phase: str, by: Person | None) -> bool:
    """End `phase` of `turn`, which opens the next; True if this call did it.

    `by` is None where the phase's clock has run out; then nothing happens before that. Asking twice
    changes nothing, and the last phase is not ended so: it is the turn that closes.
    """
    with open_desk(game_id, actor=by) as desk:
        if by is not None:
            require(by, desk.game, Permission.RUN_CLOCK)
            check_standing(desk)
        session = desk.session
        opens = session.next_phase
        if session.archived or (session.turn, session.phase) != (turn, phase) or opens is None:
            return False
        if by is None and (session.clock.due is None or session.clock.due > desk.now):
            return False
        desk.record("PhaseOpened", {"turn": turn, "phase": opens, "due_at": due_of(desk, opens)})
        let_doctrines_speak(desk)
    return True


def set_timetable(
    *,
    by: Person,
    game_id: uuid.UUID,
    seconds_per_turn: int | None,
    timetable: Mapping[str, int | None],
) -> None:
    """Change the clocks of the phases that open from now on; the clock that runs goes on."""
    timetable = checked_timetable(seconds_per_turn, timetable)
    with open_desk(game_id, actor=by) as desk:
        require(by, desk.game, Permission.RUN_CLOCK)
        check_standing(desk)
        session = desk.session
        if (session.clock.seconds, dict(session.timetable)) != (seconds_per_turn, timetable):
            desk.record(
                "TimetableSet", {"seconds_per_turn": seconds_per_turn, "timetable": timetable}
            )


def checked_timetable(
    seconds_per_turn: int | None, timetable: Mapping[str, int | None]
) -> dict[str, int | None]:
    """The phases before the orders in their order; a refusal for a clock that cannot be."""
    unknown = set(timetable) - {READING, TALKS}
    if unknown:
        raise Refusal(
            "no_such_phase",
            _("A turn has no phase %(unknown)s before its orders.") % {"unknown": min(unknown)},
        )
    for seconds in (seconds_per_turn, *timetable.values()):
        if seconds is not None and not SECONDS[0] <= seconds <= SECONDS[1]:
            raise Refusal("bad_clock", _("A clock runs from 30 seconds to 7 days."))
    return {phase: timetable[phase] for phase in (READING, TALKS) if phase in timetable}
