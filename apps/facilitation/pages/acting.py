"""How a page of the control room acts: one of its named acts, and nothing typed is lost.

A refusal comes back on the same page with its sentence and with everything that was filled in.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from apps.facilitation.asking import Ask, ask, is_sure
from apps.facilitation.board import heading_for
from apps.games.models import Game
from apps.games.refusals import Refusal

Act = Callable[[HttpRequest, Game], str]
"""Does one thing by a service; returns the sentence that says what was done."""
PREVIEW = "preview-"
"""An act with this before its name shows what would be sent, and sends nothing."""
Context = Callable[[HttpRequest, Game], dict[str, Any]]


def page(
    request: HttpRequest,
    game: Game,
    template: str,
    context: Context,
    acts: Mapping[str, Act],
    asks: Mapping[str, Ask] | None = None,
) -> HttpResponse:
    """Show the page, or do the act that the form names and show it again.

    An act that is in `asks` is done once its question was answered.
    """
    refusal = None
    name = request.POST.get("act", "")
    if request.method == "POST" and not name.startswith(PREVIEW):
        act = acts.get(name)
        try:
            if act is None:
                raise Refusal("no_such_act", _("This page has changed. Look again, then repeat."))
            about = (asks or {}).get(name)
            question = about(request, game) if about and not is_sure(request) else None
            if question is not None:
                return ask(request, question, board=heading_for(game, request.user))
            said = act(request, game)
        except Refusal as refused:
            refusal = refused
        else:
            messages.success(request, said)
            return redirect(request.path)
    shown = {
        "board": heading_for(game, request.user),
        "refusal": refusal,
        "typed": request.POST,
        **context(request, game),
    }
    return render(request, template, shown, status=422 if refusal else 200)


def whole(text: str | None, what: str) -> int:
    """A whole number that was typed; a refusal names `what` is meant."""
    try:
        return int(text or "")
    except ValueError:
        raise Refusal(
            "not_a_number", _("Write %(what)s as a whole number.") % {"what": what}
        ) from None


def chosen(request: HttpRequest, field: str, whole_field: str) -> list[str] | None:
    """The delegations ticked in `field`; None for all of them (`whole_field` is ticked)."""
    if request.POST.get(whole_field):
        return None
    return request.POST.getlist(field)
