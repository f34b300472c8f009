"""The page of the team room and the parts that it asks for by themselves."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import segno
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from apps.accounts.models import Person
from apps.accounts.rejoin import issue_link
from apps.games import selectors, services
from apps.games.fragments import PARTS, render_parts
from apps.games.models import Game, Membership
from apps.games.panels import panels_for, put_together
from apps.games.room import causes, talks
from apps.games.room.doorway import Doorway
from apps.games.room.opened import Room
from apps.games.room.opening import doorway_of
from apps.games.room.results import turn_results
from apps.games.views.answers import page_of_room, room_of


@page_of_room
def room(request: HttpRequest, membership: Membership) -> HttpResponse:
    """The team room of a member; the facilitator belongs in the control room."""
    game = membership.game
    if membership.audience == "facilitator":
        return redirect(f"/control/{game.pk}/")
    if game.solo and game.archived_at:
        return redirect("replay:recording", stream=game.pk)
    if membership.role == "player" and not membership.acts_for:
        return redirect("games:join_game", code=game.join_code)
    services.mark_seen(membership)
    context = room_context(game, membership.audience, role=membership.seat_role)
    context |= {
        "membership": membership,
        "connected": True,
        "marks": json.dumps(talks.marks_of(membership)),
    }
    return render(request, "games/room/page.html", context)


def room_context(game: Game, audience: str, *, role: str = "") -> dict[str, Any]:
    """What the page of the room needs for an audience, but for what belongs to one person."""
    shown = panels_for(game, audience, role=role)
    return {
        "room": shown.doorway,
        "fragments": shown.fragments,
        "panels": shown.panels,
        "cursor": shown.cursor,
        "stamp": shown.stamp,
        **_around(shown.doorway),
    }


def context_on_paper(opened: Room) -> dict[str, Any]:
    """The same for a room that is on paper only: of a state that nobody has been shown."""
    fragments = render_parts(opened, list(PARTS))
    return {
        "room": opened,
        "fragments": fragments,
        "panels": put_together(opened, fragments, ""),
        **_around(opened),
    }


def _around(doorway: Doorway) -> dict[str, Any]:
    return {
        "server_now": datetime.now(UTC).isoformat(timespec="milliseconds"),
        "people": people_of(doorway),
        "marks": "{}",
        "words": words_of_refusals(),
    }


def words_of_refusals() -> dict[str, str]:
    """What the page says where an answer brings no words, by status; "failed" for any other.

    And the names of what a person may do about a refusal.
    """
    return {
        "unsaved": _("Not sent: a draft is not saved yet. Its card says why."),
        "keep_ours": _("Keep our words"),
        "take_theirs": _("Take theirs"),
        "save_again": _("Save again"),
        "put_away": _("Put my words away"),
        "0": _(
            "Not sent: the connection is down. What you typed stays here and is sent when it is "
            "back."
        ),
        "403": _(
            "Your sign-in has ended, or this is not open to you. Reload the page; what you typed "
            "is kept."
        ),
        "404": _("This is no longer there: a teammate may have removed it."),
        "413": _("That is too long to send."),
        "429": _("Too many requests at once. Wait a moment; what you typed is kept."),
        "failed": _("This failed on our side. What you typed is kept; try again in a moment."),
    }


def people_of(doorway: Doorway) -> list[dict[str, Any]]:
    """The people of our delegation, and whether their page is open."""
    return selectors.delegation_for(doorway.game, doorway.seat) if doorway.seat else []


@page_of_room
def people(request: HttpRequest, membership: Membership) -> HttpResponse:
    """Who of the delegation is here; the page asks now and then, and is thereby seen itself."""
    services.mark_seen(membership)
    doorway = doorway_of(membership.game, membership.audience)
    context = {"room": doorway, "people": people_of(doorway)}
    return render(request, "games/room/_people.html", context)


def known(find: Callable[[], dict[str, Any]]) -> dict[str, Any]:
    """What `find` finds; what this audience may not know, a KeyError, is not there: Http404."""
    try:
        return find()
    except KeyError:
        raise Http404 from None


@page_of_room
def why(request: HttpRequest, membership: Membership, figure: str) -> HttpResponse:
    """Why a figure stands where it does."""
    opened = room_of(membership)
    context = known(lambda: causes.why(opened, figure))
    return render(request, "games/room/_why.html", {"room": opened, **context})


@page_of_room
def results(request: HttpRequest, membership: Membership, turn: int) -> HttpResponse:
    """The results of an earlier turn."""
    opened = room_of(membership)
    if turn not in opened.closed_turns:
        raise Http404
    context = {"room": opened, **turn_results(opened, turn)}
    return render(request, "games/room/_turn_results.html", context)


@page_of_room
def parts(request: HttpRequest, membership: Membership, turn: int, figure: str) -> HttpResponse:
    """What made a figure change in an earlier turn."""
    opened = room_of(membership)
    mover = known(lambda: causes.parts_in(opened, turn, figure))
    return render(request, "games/room/_parts.html", {"mover": mover})


@page_of_room
def cause(request: HttpRequest, membership: Membership, turn: int, rule: str) -> HttpResponse:
    """What a rule saw and did in an earlier turn."""
    opened = room_of(membership)
    fired = known(lambda: causes.firings_in(opened, turn, rule))
    return render(request, "games/room/_firings.html", {"rule": fired})


@page_of_room
def device(request: HttpRequest, membership: Membership) -> HttpResponse:
    """A personal link and its QR code, to go on with another device."""
    person = membership.person
    if person.kind != Person.Kind.PLAYER:
        raise PermissionDenied
    token = issue_link(person=person, next_url=reverse("games:room", args=[membership.game_id]))
    link = request.build_absolute_uri(reverse("accounts:rejoin", args=[token]))
    picture = segno.make(link, error="m").svg_inline(
        scale=5, border=2, dark="#000", light="#fff", omitsize=True
    )
    context = {"link": link, "picture": picture, "membership": membership}
    return render(request, "games/device.html", context)
