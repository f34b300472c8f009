"""The panels of the room's page: the fragments in their places, and all that stands around them.

Put together once for everybody who is shown the same: the stamp names what that is, the rest of
the key what else is in them. What belongs to one person stays outside.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.template.loader import get_template
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from apps.games.cursors import cursor_for
from apps.games.fragments import shown_for
from apps.games.models import Game
from apps.games.room.brief import brief
from apps.games.room.doorway import Doorway
from apps.games.room.opening import doorway_of
from apps.games.stamps import iso, stamp_of
from wargame.kept import Kept

KEPT = 60
"""Pages that a process keeps, a few hundred kilobytes each; the least recently used goes first."""

_kept: Kept[tuple[Any, ...], SafeString] = Kept(KEPT)


@dataclass(frozen=True, slots=True)
class Paneled:
    """A room as its page shows it: the fragments, their stamp and cursor, and the panels."""

    doorway: Doorway
    fragments: dict[str, str]
    cursor: int
    stamp: str
    panels: SafeString


def panels_for(game: Game, audience: str, *, role: str = "") -> Paneled:
    """The room of `audience` in the active language, for a member with this `role` of the seat."""
    # The cursor is read first: a change that comes meanwhile is sent again, never missed.
    cursor = cursor_for(game, audience)
    doorway = doorway_of(game, audience)
    shown = shown_for(game, audience)
    stamp = stamp_of(
        shown.digests,
        cursor=cursor,
        turn=game.turn,
        phase=game.phase,
        deadline=iso(game.deadline),
    )
    key = (game.pk, game.title, audience, get_language(), stamp, role)
    panels = _kept.get(key)
    if panels is None:
        panels = _kept.keep(key, put_together(doorway, shown.fragments, role))
    return Paneled(doorway, shown.fragments, cursor, stamp, panels)


def put_together(doorway: Doorway, fragments: dict[str, str], role: str) -> SafeString:
    """The panels of a room around these fragments of it."""
    context = {
        "room": doorway,
        "fragments": fragments,
        "brief": brief(doorway) if doorway.seat else None,
        "others": [party for party in doorway.parties.values() if party.id != doorway.seat],
        "seat_role": role,
    }
    html = get_template("games/room/_panels.html").render(context)
    return mark_safe(html)  # noqa: S308 - a template's own output, which has escaped what it shows
