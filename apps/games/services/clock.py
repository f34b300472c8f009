"""The clock of a turn's phase: pause, resume, extend; and closing the turn now."""

from __future__ import annotations

import uuid
from datetime import timedelta

from django.utils.translation import gettext as _

from apps.accounts.models import Person
from apps.accounts.permissions import Permission
from apps.games import enqueue
from apps.games.desk import Desk, open_desk
from apps.games.permissions import require
from apps.games.refusals import Refusal
from apps.games.services.standing import check_standing

LONGEST_CHANGE = 7 * 24 * 3600
"""Longest extension or pause, in seconds."""


def pause_clock(*, by: Person, game_id: uuid.UUID, for_seconds: int | None = None) -> None:
    """Stop the clock; it resumes by itself after `for_seconds`, if given. Orders stay open."""
    if for_seconds is not None and not 1 <= for_seconds <= LONGEST_CHANGE:
        raise Refusal("bad_clock", _("A pause lasts from one second to seven days."))
    with open_desk(game_id, actor=by) as desk:
        _check_clock(desk, by)
        if desk.session.clock.paused:
            raise Refusal("paused", _("The clock is paused already."))
        if desk.session.clock.due is None:
            raise Refusal("no_clock", _("This phase has no clock to pause."))
        resume_at = desk.now + timedelta(seconds=for_seconds) if for_seconds else None
        desk.record("ClockPaused", {"resume_at": resume_at.isoformat() if resume_at else None})


def resume_clock(*, by: Person | None, game_id: uuid.UUID) -> None:
    """Let the clock run on with the time that was left. `by` is None when a pause ran out."""
    with open_desk(game_id, actor=by) as desk:
        if by is None:
            due_back = desk.session.clock.resume_at
            if not desk.session.clock.paused or due_back is None or due_back > desk.now:
                return
        else:
            _check_clock(desk, by)
            if not desk.session.clock.paused:
                raise Refusal("running", _("The clock is running already."))
        desk.record("ClockResumed", {})


def extend_deadline(*, by: Person, game_id: uuid.UUID, seconds: int) -> None:
    """Give the delegations `seconds` more; a phase without a clock gets one from now."""
    if not 1 <= seconds <= LONGEST_CHANGE:
        raise Refusal("bad_clock", _("Extend by one second to seven days."))
    with open_desk(game_id, actor=by) as desk:
        _check_clock(desk, by)
        desk.record("DeadlineExtended", {"seconds": seconds})


def close_now(*, by: Person, game_id: uuid.UUID) -> None:
    """Have the turn closed at once, with the drafts as they stand.

    The deadline is set to now in the same act: if the task is lost, the sweep closes the turn.
    """
    with open_desk(game_id, actor=by) as desk:
        require(by, desk.game, Permission.CLOSE_TURN)
        _check_open(desk)
        desk.record("CloseCalled", {"turn": desk.session.turn})
        enqueue.close_turn_on_commit(desk.game.pk, desk.session.turn, "called")


def _check_clock(desk: Desk, by: Person) -> None:
    require(by, desk.game, Permission.RUN_CLOCK)
    _check_open(desk)


def _check_open(desk: Desk) -> None:
    check_standing(desk)
    if not desk.session.turn_is_open:
        raise Refusal("not_open", _("No turn is open now."))
