"""Whether a session may still be changed at all."""

from __future__ import annotations

from django.utils.translation import gettext as _

from apps.games.desk import Acting
from apps.games.refusals import Refusal
from apps.games.session import FINISHED


def check_standing(desk: Acting) -> None:
    """A refusal for a game that is archived or finished."""
    if desk.session.archived:
        raise Refusal("archived", _("This session is archived: it can be replayed, not changed."))
    if desk.session.phase == FINISHED:
        raise Refusal("finished", _("This game has ended."))
