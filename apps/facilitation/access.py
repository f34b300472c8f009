"""The door of the control room: which session, and whether this person may do this in it."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from functools import wraps
from typing import Any, cast

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from apps.accounts.models import Person
from apps.accounts.permissions import Permission
from apps.games.models import Game
from apps.games.permissions import allows
from apps.games.refusals import Refusal

View = Callable[..., HttpResponse]


def in_session(permission: Permission) -> Callable[[View], View]:
    """A view of one session, for those who have `permission` in it.

    The view gets the `Game` in place of its id. A session that the person has nothing to do with
    is not found, so that an address tells nobody what exists.
    """

    def decorate(view: View) -> View:
        @login_required
        @wraps(view)
        def inner(request: HttpRequest, game_id: uuid.UUID, **kwargs: Any) -> HttpResponse:
            game = Game.objects.select_related("resolved").filter(pk=game_id).first()
            if game is None or not _related(request, game):
                raise Http404(_("There is no such session."))
            if not allows(cast(Person, request.user), game, permission):
                raise PermissionDenied(_("Your role in this session does not allow this."))
            return _answer(request, view, game, kwargs)

        return inner

    return decorate


def _related(request: HttpRequest, game: Game) -> bool:
    return allows(cast(Person, request.user), game, Permission.SEE_PUBLIC)


def _answer(request: HttpRequest, view: View, game: Game, kwargs: dict[str, Any]) -> HttpResponse:
    """Run the view; what the game refuses is said on the board, and nothing is lost."""
    try:
        return view(request, game, **kwargs)
    except Refusal as refusal:
        messages.error(request, refusal.sentence)
        return redirect("facilitation:board", game_id=game.pk)
