"""Programs that play a seat: a token for each, shown once, and taken back."""

from __future__ import annotations

import uuid
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from apps.accounts.permissions import Permission
from apps.facilitation.access import in_session
from apps.facilitation.board import heading_for
from apps.games import services
from apps.games.models import Game
from apps.games.refusals import Refusal
from apps.games.rulesets import document_for
from apps.games.selectors import programs_for


@never_cache
@require_http_methods(["GET", "POST"])
@in_session(Permission.ASSIGN_SEATS)
def programs(request: HttpRequest, game: Game) -> HttpResponse:
    """Let a program play a seat over the interface, or take its token back.

    The answer to a POST holds the new token and is kept nowhere: it cannot be shown again.
    """
    shown: dict[str, Any] = {"typed": request.POST}
    status = 200
    if request.method == "POST":
        try:
            shown |= _done(request, game)
        except Refusal as refusal:
            shown["refusal"], status = refusal, 422
    shown |= {
        "board": heading_for(game, request.user),
        "governments": _free_for_programs(game),
        "programs": programs_for(game),
        "base": request.build_absolute_uri("/"),
        "description": request.build_absolute_uri("/api/v1/openapi.json"),
    }
    return render(request, "facilitation/programs.html", shown, status=status)


def _done(request: HttpRequest, game: Game) -> dict[str, Any]:
    act = request.POST.get("act", "")
    if act == "issue":
        name = request.POST.get("name", "")
        token = services.issue_token(
            by=request.user,
            game_id=game.pk,
            government=request.POST.get("government", ""),
            name=name,
        )
        return {"token": token, "name": name, "typed": {}}
    membership_id = _membership_in(request)
    if act == "renew":
        token = services.renew_token(by=request.user, game_id=game.pk, membership_id=membership_id)
        member = game.memberships.select_related("person").get(pk=membership_id)
        return {"token": token, "name": str(member.person)}
    if act == "revoke":
        services.revoke_tokens(by=request.user, game_id=game.pk, membership_id=membership_id)
        return {"said": _("The token works no more. Its program stands in the delegation still.")}
    raise Refusal("no_such_act", _("This page has no such button. Reload it."))


def _membership_in(request: HttpRequest) -> uuid.UUID:
    try:
        return uuid.UUID(request.POST.get("member", ""))
    except ValueError:
        raise Refusal("no_such_program", _("There is no such program. Reload the page.")) from None


def _free_for_programs(game: Game) -> list[dict[str, str]]:
    """The seats of people: a seat that is led by a doctrine or by nobody takes no program."""
    names = document_for(game)["governments"]
    return [
        {"id": seat.government, "name": names[seat.government]["name"]}
        for seat in game.seats.all()
        if seat.mode == "people"
    ]
