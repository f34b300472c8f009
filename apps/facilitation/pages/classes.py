"""Several sessions at once: duplicate, split a class into worlds, start and pause together."""

from __future__ import annotations

import uuid
from collections.abc import Callable

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from apps.accounts.permissions import Permission
from apps.facilitation import questions
from apps.facilitation.access import in_session
from apps.facilitation.asking import ask, asked_first, is_sure
from apps.facilitation.pages.acting import whole
from apps.games import services
from apps.games.models import Game
from apps.games.permissions import allows

TOGETHER: dict[str, Callable[..., dict[uuid.UUID, str]]] = {
    "start": services.start_together,
    "pause": services.pause_together,
    "resume": services.resume_together,
}


@require_POST
@login_required
def together(request: HttpRequest) -> HttpResponse:
    """Start, pause or resume every session that was ticked; each refuses for itself."""
    act = TOGETHER.get(request.POST.get("act", ""))
    ticked = [_uuid(text) for text in request.POST.getlist("game")]
    found = Game.objects.filter(pk__in=[one for one in ticked if one])
    games = {game.pk: game for game in found if allows(request.user, game, Permission.SEE_PUBLIC)}
    if act is None or not games:
        messages.error(request, _("Tick the sessions first."))
        return redirect("facilitation:list")
    if not is_sure(request):
        question = questions.together(request.POST["act"], list(games.values()))
        return ask(request, question, back=reverse("facilitation:list"))
    starts = act is services.start_together
    led = {"lead_empty": True} if starts and request.POST["sure"] == "doctrine" else {}
    refused = act(by=request.user, game_ids=list(games), **led)
    for game_id, words in refused.items():
        messages.error(request, f"{games[game_id].title}: {words}")
    done = len(games) - len(refused)
    if done:
        said = ngettext("Done for %(n)s session.", "Done for %(n)s sessions.", done)
        messages.success(request, said % {"n": done})
    return redirect("facilitation:list")


def _uuid(text: str) -> uuid.UUID | None:
    try:
        return uuid.UUID(text)
    except ValueError:
        return None


@require_POST
@in_session(Permission.SEE_EVERYTHING)
def duplicate(request: HttpRequest, game: Game) -> HttpResponse:
    """A new session with the same scenario and settings."""
    made = services.duplicate_game(by=request.user, game_id=game.pk)
    messages.success(request, _("A session like it is ready. Nobody is in it yet."))
    return redirect("facilitation:board", game_id=made.pk)


@require_POST
@in_session(Permission.MANAGE_PEOPLE)
def split(request: HttpRequest, game: Game) -> HttpResponse:
    """More sessions like this one, as parallel worlds of its class."""
    count = whole(request.POST.get("count"), _("how many"))
    made = services.split_class(by=request.user, game_id=game.pk, count=count)
    said = ngettext("%(n)s parallel session is ready.", "%(n)s parallel sessions are ready.", count)
    messages.success(request, said % {"n": len(made)})
    return redirect("facilitation:list")


@require_POST
@in_session(Permission.ARCHIVE)
@asked_first(questions.archive)
def archive(request: HttpRequest, game: Game) -> HttpResponse:
    """Close the session for good."""
    services.archive_game(by=request.user, game_id=game.pk)
    messages.success(request, _("Archived: it can be replayed, and nothing changes any more."))
    return redirect("facilitation:list")


@require_POST
@in_session(Permission.CLOSE_TURN)
@asked_first(questions.rehearse)
def rehearse(request: HttpRequest, game: Game) -> HttpResponse:
    """Hand every seat to its doctrine and play one turn, for a rehearsal of the session."""
    services.run_branch(by=request.user, game_id=game.pk, turns=1)
    messages.success(request, _("One turn was played by doctrine."))
    return redirect("facilitation:board", game_id=game.pk)
