"""Acts that are meant for the turn that somebody saw, and for no other."""

from __future__ import annotations

from django.utils.translation import gettext as _

from apps.games.refusals import Refusal
from apps.games.session import Session


def check_seen_turn(session: Session, seen: int | None) -> None:
    """Refusal("wrong_turn") where another turn than `seen` is open; None was not asked to look.

    A desk that is shown still when its turn has closed must not act upon the next one.
    """
    if seen is not None and seen != session.turn:
        raise Refusal(
            "wrong_turn",
            _(
                "Turn %(seen)s has closed: turn %(now)s is open now, "
                "and this was not counted for it."
            )
            % {"seen": seen, "now": session.turn},
            turn=session.turn,
        )
