"""News and broadcasts: the scenario's injects and ad hoc ones, previewed before they are sent."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from apps.accounts.permissions import Permission
from apps.facilitation import questions
from apps.facilitation.access import in_session
from apps.facilitation.asking import Ask
from apps.facilitation.news_preview import preview_of
from apps.facilitation.pages.acting import PREVIEW, Act, chosen, page, whole
from apps.games import selectors, services
from apps.games.models import Game
from apps.games.refusals import Refusal
from apps.games.rulesets import document_for
from apps.games.session import Session
from apps.games.sessions import session_for


@require_http_methods(["GET", "POST"])
@in_session(Permission.INJECT)
def news(request: HttpRequest, game: Game) -> HttpResponse:
    """The scenario's injects with schedule and condition, ad hoc news now or for a later turn, and
    broadcasts."""
    return page(request, game, "facilitation/news.html", _context, ACTS, ASKS)


def _context(request: HttpRequest, game: Game) -> dict[str, Any]:
    document = document_for(game)
    session = session_for(game)
    injects = document.get("injects", {})
    picked = _picked(request, session, injects)
    ticked = request.POST.getlist("to") if request.method == "POST" else picked.get("to") or []
    names = {name: about["name"] for name, about in document["governments"].items()}
    return {
        "injects": [
            {
                "id": name,
                **about,
                "when": when_of(about),
                "sent": name in session.injects,
                "for": about.get("audience", "public"),
            }
            for name, about in injects.items()
        ],
        "picked": picked,
        "turns": range(session.turn + 1, session.turns + 1),
        "open": session.turn_is_open,
        "waiting": [
            {**told, "id": key, "names": [names[one] for one in told["to"] or ()]}
            for key, told in sorted(session.scheduled.items(), key=lambda one: one[1]["turn"])
            if not told.get("sent")
        ],
        "governments": document["governments"],
        "ticked": ticked,
        "acted": request.POST.get("act", "").removeprefix(PREVIEW),
        "some": bool(ticked) and request.method == "GET",
        "preview": preview_of(request, game),
        "sent": selectors.statements_for(game, "facilitator", limit=12),
    }


def _picked(request: HttpRequest, session: Session, injects: Mapping[str, Any]) -> dict[str, Any]:
    """The news that the form begins with: one that waits, one of the scenario's, or none."""
    key = request.POST.get("schedule") or request.GET.get("schedule") or ""
    waiting = session.scheduled.get(key)
    if waiting and not waiting.get("sent"):
        return {**waiting, "id": waiting["inject"], "from": waiting["sender"], "schedule": key}
    name = request.POST.get("inject") or request.GET.get("inject") or ""
    if name not in injects:
        return {}
    audience = injects[name].get("audience", "public")
    to = audience if isinstance(audience, list) else None
    return {"id": name, **injects[name], "to": to}


def when_of(about: dict[str, Any]) -> str:
    """When a scenario's inject happens by itself, in words."""
    if about.get("at"):
        return str(_("when turn %(turn)s closes") % {"turn": about["at"]})
    if about.get("if") and about.get("chance"):
        return str(_("by chance, once its condition holds"))
    if about.get("if"):
        return str(_("once its condition holds"))
    if about.get("chance"):
        return str(_("by chance"))
    return str(_("only when you send it"))


def _send(request: HttpRequest, game: Game) -> str:
    """Send the news now, or have it wait for its turn."""
    post = request.POST
    words: dict[str, Any] = {
        "by": request.user,
        "game_id": game.pk,
        "inject": post.get("inject", ""),
        "title": post.get("title", ""),
        "text": post.get("text", ""),
        "sender": post.get("sender", ""),
        "to": chosen(request, "to", "everybody"),
    }
    schedule = _schedule(request) if post.get("schedule") else None
    if post.get("turn"):
        turn = whole(post["turn"], _("the turn"))
        services.schedule_inject(turn=turn, schedule=schedule, **words)
        return str(_("It waits, and goes out when turn %(turn)s opens.") % {"turn": turn})
    with transaction.atomic():
        if schedule is not None:
            services.withdraw_inject(by=request.user, game_id=game.pk, schedule=schedule)
        services.inject_now(**words)
    return str(_("The news is out."))


def _withdraw(request: HttpRequest, game: Game) -> str:
    services.withdraw_inject(by=request.user, game_id=game.pk, schedule=_schedule(request))
    return str(_("Withdrawn. Nobody learned of it."))


def _schedule(request: HttpRequest) -> uuid.UUID:
    try:
        return uuid.UUID(request.POST.get("schedule", ""))
    except ValueError:
        raise Refusal("no_such_inject", _("This news does not wait any more.")) from None


def _broadcast(request: HttpRequest, game: Game) -> str:
    services.broadcast(
        by=request.user,
        game_id=game.pk,
        text=request.POST.get("text", ""),
        to=chosen(request, "to", "everybody"),
    )
    return str(_("Your message is out."))


ACTS: dict[str, Act] = {"inject": _send, "broadcast": _broadcast, "withdraw": _withdraw}
ASKS: dict[str, Ask] = {"withdraw": questions.withdraw}
"""Sending is not asked about: nothing is taken away, and the preview is beside the button."""
