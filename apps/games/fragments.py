"""Fragments: the parts of the room that a push replaces, by element id.

The page includes these very strings, and the socket sends them: what is pushed is what a fresh
page shows. A fragment depends on the game, the audience and the active language alone, never on
who asks or when, so that one rendering serves all of a delegation who read the same language.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from threading import Lock
from typing import Any

from django.utils.translation import get_language

from apps.engine import FACILITATOR
from apps.games.cursors import cursor_for
from apps.games.models import Game
from apps.games.room import council, orders, relations, results, roll_call, situation, talks, turn
from apps.games.room.brief import objectives
from apps.games.room.doorway import Doorway
from apps.games.room.editing import editing
from apps.games.room.opening import doorway_of, open_heading, open_room
from apps.games.room.promises import ledger
from apps.games.room.remembering import rendered
from apps.games.stamps import digest


@dataclass(frozen=True, slots=True)
class Part:
    """A fragment: its template, what prepares its context from the opened room (for a fleeting one
    from its doorway alone), and whether only a seat has it."""

    template: str
    prepare: Callable[[Any], dict[str, Any]]
    seat_only: bool = False


@dataclass(frozen=True, slots=True)
class Shown:
    """What an audience is shown: its fragments by element id, and the digest of each."""

    fragments: dict[str, str]
    digests: dict[str, str]


PARTS: dict[str, Part] = {
    "room-turn": Part("_turn.html", turn.head),
    "room-desk": Part("_desk.html", turn.desk),
    "room-headlines": Part("_headlines.html", results.headlines),
    "room-map": Part("_map.html", relations.relations),
    "room-movers": Part("_movers.html", results.movers),
    "room-indicators": Part("_indicators.html", situation.indicators),
    "room-governments": Part("_governments.html", situation.governments),
    "room-measures": Part("_measures.html", situation.measures),
    "room-ledger": Part("_ledger.html", ledger),
    "room-budget": Part("_budget.html", lambda room: {"budget": orders.budget(room)}, True),
    "room-drafts": Part("_drafts.html", orders.drafts, True),
    "room-editing": Part("_editing.html", editing, True),
    "room-catalogue": Part("_catalogue.html", orders.catalogue, True),
    "count-orders": Part("_count_orders.html", orders.count, True),
    "room-docket": Part("_docket.html", council.docket),
    "room-rolls": Part("_rolls.html", roll_call.rolls),
    "count-council": Part("_count_council.html", council.count),
    "room-threads": Part("_threads.html", talks.threads),
    "room-offers": Part("_offers.html", talks.offers),
    "room-results": Part("_results.html", results.results),
    "room-objectives": Part("_objectives.html", objectives, True),
}
"""Every fragment of the room, by the id of its element."""


FLEETING = ("room-editing",)
"""Fragments that change without the cursor: rendered each time, and without opening the room."""
HEADING = "room-turn"
"""The fragment that says that a turn has come. It depends on no audience."""
KEPT = 200
_kept: OrderedDict[tuple[Any, ...], Shown] = OrderedDict()
_lock = Lock()


def fragments_for(game: Game, audience: str) -> dict[str, str]:
    """Every fragment of the room of `audience` as HTML, by element id.

    Rendered in the active language, once for each cursor of an audience: every change that the
    audience can see moves it.
    Facilitators have no team room: the control room fetches its own board when a push comes.
    """
    return shown_for(game, audience).fragments


def shown_for(game: Game, audience: str) -> Shown:
    """`fragments_for`, with the digest of each, which are kept too."""
    if audience == FACILITATOR:
        return Shown({}, {})
    key = (game.pk, cursor_for(game, audience), audience, get_language())
    shown = _rendered(key)
    if shown is None:
        room = open_room(game, audience)
        shown = _digested(render_parts(room, [name for name in PARTS if name not in FLEETING]))
        _keep(key, shown)
    fleeting = _digested(render_parts(doorway_of(game, audience), list(FLEETING)))
    return Shown(shown.fragments | fleeting.fragments, shown.digests | fleeting.digests)


def _digested(fragments: dict[str, str]) -> Shown:
    return Shown(fragments, {name: digest(html) for name, html in fragments.items()})


def heading_for(game: Game) -> dict[str, str]:
    """What tells of a new turn before anybody's page is rendered: the same for every audience."""
    return render_parts(open_heading(game), [HEADING])


def _rendered(key: tuple[Any, ...]) -> Shown | None:
    with _lock:
        if key in _kept:
            _kept.move_to_end(key)
            return _kept[key]
    return None


def _keep(key: tuple[Any, ...], shown: Shown) -> None:
    with _lock:
        _kept[key] = shown
        while len(_kept) > KEPT:
            _kept.popitem(last=False)


def render_parts(room: Doorway, names: list[str]) -> dict[str, str]:
    """These fragments of an opened room; those of a seat only where there is one."""
    return {
        name: render_part(room, PARTS[name])
        for name in names
        if room.seat or not PARTS[name].seat_only
    }


def render_part(room: Doorway, part: Part) -> str:
    """One fragment. Its template gets the room and what `prepare` made of it, no request."""
    return rendered(f"games/room/{part.template}", room, part.prepare(room))
