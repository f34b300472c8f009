"""Deleting a saved game, and playing a session again from one of its turns."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from apps.accounts.permissions import Permission, site_allows
from apps.games import services
from apps.games.refusals import Refusal
from apps.replay.access import Entry, of_recording
from apps.replay.models import SavedGame
from apps.replay.sources import Source


@require_http_methods(["GET", "POST"])
@of_recording(Permission.SEE_EVERYTHING)
def delete(request: HttpRequest, source: Source, entry: Entry) -> HttpResponse:
    """Ask first, then delete one's own saved game for good, with the branches that grew from it."""
    owns = source.owner is not None and source.owner == request.user.pk
    if source.origin == "session" or not (owns or site_allows(request.user, Permission.ADMINISTER)):
        raise PermissionDenied(_("Only a saved game of your own can be deleted here."))
    if request.method == "GET":
        branches = SavedGame.objects.filter(parent=source.stream).count()
        return render(request, "replay/delete.html", {"source": source, "branches": branches})
    get_object_or_404(SavedGame, pk=source.stream).delete()
    messages.success(request, _("“%(title)s” was deleted.") % {"title": source.title})
    return redirect("replay:gallery")


@require_POST
@of_recording(Permission.BRANCH)
def play_again(request: HttpRequest, source: Source, entry: Entry) -> HttpResponse:
    """A new session that is alike to this one until the chosen turn, to be played by people."""
    turn = request.POST.get("turn", "")
    try:
        if source.origin != "session" or not turn.isdecimal():
            raise Refusal("no_such_turn", _("Branch from a turn that was played."))
        game = services.branch_game(by=request.user, game_id=source.stream, turn=int(turn))
    except Refusal as refusal:
        messages.error(request, refusal.sentence)
        return redirect("replay:recording", stream=source.stream)
    messages.success(request, _("A new session stands at turn %(turn)s.") % {"turn": turn})
    return redirect("facilitation:board", game_id=game.pk)
