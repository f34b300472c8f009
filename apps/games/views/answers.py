"""How a post of the room is answered: by the fragments that it changed, or by a refusal.

A refusal is a sentence in the header X-Room-Refusal with status 422 (409 where a teammate was
quicker); the page shows it beside the form, and what was typed stays there.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable
from functools import wraps
from typing import Any
from urllib.parse import quote

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from apps.games import selectors
from apps.games.fragments import render_parts
from apps.games.models import Game, Membership
from apps.games.refusals import Refusal
from apps.games.room.opened import Room
from apps.games.room.opening import open_room

CONFLICTS = ("draft_conflict", "draft_gone", "offer_closed")
OVER = ("draft_gone", "turn_closed", "not_open", "led_by_doctrine")
"""Refusals after which a form has nothing to write to any more."""
View = Callable[..., HttpResponse]


def game_or_404(game_id: uuid.UUID) -> Game:
    """The game of an address."""
    game = selectors.game_for(game_id)
    if game is None:
        raise Http404
    return game


def member_of(request: HttpRequest, game_id: uuid.UUID) -> Membership:
    """The standing membership of whoever asks, with its game; 403 without, 404 without a game."""
    membership = selectors.membership_at(game_id, request.user)  # type: ignore[arg-type]
    if membership is None:
        game_or_404(game_id)
        raise PermissionDenied
    return membership


def post_of_room(view: View) -> View:
    """A view that takes a post of a member: `view(request, membership, **address)`.

    It returns the names of the fragments to answer with, or a response of its own.
    """

    @never_cache
    @require_POST
    @wraps(view)
    def answered(request: HttpRequest, game_id: uuid.UUID, **address: Any) -> HttpResponse:
        if not request.user.is_authenticated:
            return HttpResponse(status=403)
        membership = member_of(request, game_id)
        try:
            changed = view(request, membership, **address)
        except Refusal as refusal:
            return refused(request, membership, refusal)
        if isinstance(changed, HttpResponse):
            return changed
        return with_fragments(request, membership, changed)

    return answered


def page_of_room(view: View) -> View:
    """A view that shows a part of the room to a member: `view(request, membership, **address)`."""

    @never_cache
    @require_safe
    @wraps(view)
    def shown(request: HttpRequest, game_id: uuid.UUID, **address: Any) -> HttpResponse:
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        return view(request, member_of(request, game_id), **address)

    return shown


def room_of(membership: Membership) -> Room:
    """The member's room as it stands now."""
    game = selectors.game_for(membership.game_id)
    if game is None:
        raise Http404
    return open_room(game, membership.audience)


def with_fragments(
    request: HttpRequest, membership: Membership, names: list[str], *, said: str = ""
) -> HttpResponse:
    """Answer with these fragments as they are after the act; a plain form goes back to the room."""
    if not request.headers.get("HX-Request"):
        return redirect("games:room", game_id=membership.game_id)
    game = game_or_404(membership.game_id)
    cursor = selectors.cursor_for(game, membership.audience)
    parts = render_parts(open_room(game, membership.audience), names)
    response = fragments_response("\n".join(parts.values()), said=said)
    # A push may be quicker than this answer: the page then keeps what is newer.
    response["X-Room-Cursor"] = str(cursor)
    return response


def fragments_response(html: str, *, status: int = 200, said: str = "") -> HttpResponse:
    """Elements for the page to put in their places; `said` goes to screen readers."""
    response = HttpResponse(html, status=status)
    response["X-Room-Fragments"] = "1"
    if said:
        response["X-Room-Said"] = quote(said)
    return response


def refused(request: HttpRequest, membership: Membership, refusal: Refusal) -> HttpResponse:
    """Say why, beside the form; where a teammate was quicker, with the drafts as they are now."""
    if not request.headers.get("HX-Request"):
        messages.error(request, refusal.sentence)
        return redirect("games:room", game_id=membership.game_id)
    response = HttpResponse(status=409 if refusal.code in CONFLICTS else 422)
    response["X-Room-Refusal"] = quote(refusal.sentence)
    if refusal.code in OVER:
        response["X-Room-Over"] = "1"
    return response
