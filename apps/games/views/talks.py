"""Threads, messages, statements, and structured offers."""

from __future__ import annotations

import uuid
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from apps.engine.viewers import audience_for, includes
from apps.games import services
from apps.games.models import Membership, Message
from apps.games.refusals import Refusal
from apps.games.room import talks
from apps.games.room.opened import Room
from apps.games.views.answers import page_of_room, post_of_room, room_of
from apps.games.views.orders import whole

AFTER_OFFERS = ["room-offers", "room-desk", "room-ledger"]


@require_http_methods(["GET", "HEAD", "POST"])
def thread(request: HttpRequest, game_id: uuid.UUID, slug: str) -> HttpResponse:
    """A thread: shown on GET, said into on POST."""
    if request.method == "POST":
        return say(request, game_id=game_id, slug=slug)
    return show(request, game_id=game_id, slug=slug)


@page_of_room
def show(request: HttpRequest, membership: Membership, slug: str) -> HttpResponse:
    """A thread with its last messages; `before` and `after` give more messages alone."""
    room = room_of(membership)
    name = readable(room, slug)
    before, after = whole(request.GET.get("before")), whole(request.GET.get("after"))
    page = talks.page_of(room, name, before=before, after=after)
    if before is not None or after is not None:
        return render(request, "games/room/_messages.html", {"room": room, "page": page})
    return thread_page(request, room, name, page)


def thread_page(request: HttpRequest, room: Room, name: str, page: dict[str, Any]) -> HttpResponse:
    """A thread with its form."""
    context = {
        "room": room,
        "slug": talks.slug_of(name),
        "title": talks.title_of(room, name),
        "page": page,
        "readers": [] if name == "public" else talks.readers_of(room, name),
        "speaks": bool(room.seat),
    }
    return render(request, "games/room/_thread.html", context)


def readable(room: Room, slug: str) -> str:
    """The thread of an address, if this audience reads it; else there is no such page."""
    name = talks.thread_of(slug)
    governments = [] if name == "public" else name.partition(":")[2].split(",")
    if not includes(name, room.audience) or any(g not in room.parties for g in governments):
        raise Http404
    return name


@post_of_room
def say(request: HttpRequest, membership: Membership, slug: str) -> Any:
    """Send a message into a thread, or publish a statement."""
    name = readable(room_of(membership), slug)
    text = request.POST.get("text", "")
    if name == "public":
        services.publish_statement(membership=membership, text=text)
    else:
        others = [g for g in name.partition(":")[2].split(",") if g != membership.acts_for]
        services.send_message(membership=membership, to=others, text=text)
    return ["room-threads"]


@page_of_room
def new_thread(request: HttpRequest, membership: Membership) -> HttpResponse:
    """Open the thread with these governments, whether it was begun or not."""
    room = room_of(membership)
    chosen = [name for name in request.GET.getlist("with") if name in room.parties]
    name = audience_for([room.seat, *chosen]) if room.seat else "public"
    return thread_page(request, room, name, talks.page_of(room, name))


@post_of_room
def read(request: HttpRequest, membership: Membership, slug: str) -> HttpResponse:
    """Remember how far somebody has read a thread."""
    name = readable(room_of(membership), slug)
    position = whole(request.POST.get("position")) or 0
    last = Message.objects.filter(game=membership.game_id, thread=name, number=position).first()
    if last:
        services.mark_read(membership=membership, thread=name, sequence=last.sequence)
    return HttpResponse(status=204)


@post_of_room
def make_offer(request: HttpRequest, membership: Membership) -> Any:
    """Make a structured offer, or counter one."""
    terms: dict[str, Any] = {
        "membership": membership,
        "agreement": request.POST.get("agreement", ""),
        "parties": {
            key.removeprefix("party-"): value
            for key, value in request.POST.items()
            if key.startswith("party-")
        },
        "text": request.POST.get("text", ""),
        "open_for": whole(request.POST.get("open_for")) or 1,
    }
    countered = request.POST.get("counter_to", "")
    if countered:
        services.counter_offer(offer_id=offer_id(countered), **terms)
    else:
        services.make_offer(**terms)
    return AFTER_OFFERS


@post_of_room
def answer_offer(request: HttpRequest, membership: Membership, offer: uuid.UUID) -> Any:
    """Accept, decline or withdraw an offer."""
    answer, text = request.POST.get("answer", ""), request.POST.get("text", "")
    if answer == "accept":
        services.accept_offer(membership=membership, offer_id=offer, text=text)
    elif answer == "decline":
        services.decline_offer(membership=membership, offer_id=offer, text=text)
    elif answer == "withdraw":
        services.withdraw_offer(membership=membership, offer_id=offer)
    else:
        raise Refusal("no_such_answer", _("Accept, decline or withdraw."))
    return AFTER_OFFERS


def offer_id(text: str) -> uuid.UUID:
    """A posted id of an offer."""
    try:
        return uuid.UUID(text)
    except ValueError:
        raise Refusal("offer_closed", _("This offer is not open any more.")) from None
