"""Pinning and removing notes."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from apps.accounts.permissions import Permission
from apps.replay.access import Entry, of_recording
from apps.replay.chapters import chapters_for, standing
from apps.replay.forms import NoteForm
from apps.replay.models import Note
from apps.replay.sources import Source


@require_POST
@of_recording(Permission.PIN_NOTES)
def add_note(request: HttpRequest, source: Source, entry: Entry) -> HttpResponse:
    """Pin a note to a turn."""
    form = NoteForm(request.POST)
    turns = {str(one.turn): one.turn for one in standing(chapters_for(source))}
    turn, viewer = turns.get(request.POST.get("turn", "")), request.POST.get("as", "")
    if turn is None or viewer not in entry.viewers:
        messages.error(request, _("This game has no such moment."))
        return redirect("replay:recording", stream=source.stream)
    if not form.is_valid():
        messages.error(request, _("A note needs a title of at most 120 characters."))
    else:
        Note.objects.create(
            stream=source.stream, turn=turn, viewer=viewer, author=request.user, **form.cleaned_data
        )
    return redirect(_moment_url(source, turn, viewer))


@require_POST
@of_recording(Permission.PIN_NOTES)
def remove_note(request: HttpRequest, source: Source, entry: Entry, note: int) -> HttpResponse:
    """Take back one's own note."""
    row = get_object_or_404(Note, pk=note, stream=source.stream, author=request.user)
    row.delete()
    return redirect(_moment_url(source, row.turn, row.viewer))


def _moment_url(source: Source, turn: int, viewer: str) -> str:
    return f"{reverse('replay:recording', args=[source.stream])}?turn={turn}&as={viewer}#notes"
