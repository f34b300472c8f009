"""Looking at a team's room from the control room: whose it is, and the marks around it."""

from __future__ import annotations

from typing import Any

from django.http import Http404
from django.utils.translation import gettext as _

from apps.accounts.models import Person
from apps.engine import PUBLIC
from apps.facilitation.board import heading_for
from apps.games.models import Game
from apps.games.rulesets import document_for


def audience_of(game: Game, viewer: str) -> str:
    """The audience of a government's id or of "public". Raises Http404 for any other word."""
    if viewer == PUBLIC:
        return PUBLIC
    if viewer not in document_for(game)["governments"]:
        raise Http404(_("This session has no such delegation."))
    return f"seat:{viewer}"


def looking_as(game: Game, person: Person, viewer: str) -> dict[str, Any]:
    """What stands around the room that `person` sees as `viewer`: it is not connected."""
    governments = document_for(game)["governments"]
    return {
        "board": heading_for(game, person),
        "viewer": governments[viewer]["name"] if viewer in governments else _("the public"),
        "governments": governments,
        "connected": False,
    }
