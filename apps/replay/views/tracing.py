"""The fragment that opens under an indicator, a vote, or "what almost happened"."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from apps.journal.store import Record
from apps.replay.access import Entry, of_recording, viewer_in
from apps.replay.chapters import chapters_for, records_of, session_of, standing
from apps.replay.doctrine_trace import doctrine_steps, leads_of
from apps.replay.models import Chapter
from apps.replay.moment import visible
from apps.replay.sharing import entry_of_link
from apps.replay.sources import Source
from apps.replay.steps import steps_of
from apps.replay.tracing import Step, trace_of
from apps.replay.views.reading import chapter_in


@require_GET
@of_recording()
def why(request: HttpRequest, source: Source, entry: Entry) -> HttpResponse:
    """Why, and what would have changed it."""
    return _trace(request, source, entry)


@require_GET
def shared_why(request: HttpRequest, token: str) -> HttpResponse:
    """The same for a share link's one perspective."""
    source, entry = entry_of_link(token, count=False)
    return _trace(request, source, entry)


@require_GET
@of_recording()
def steps(request: HttpRequest, source: Source, entry: Entry) -> HttpResponse:
    """The turn step by step."""
    return _steps(request, source, entry)


@require_GET
def shared_steps(request: HttpRequest, token: str) -> HttpResponse:
    """The same for a share link's one perspective."""
    source, entry = entry_of_link(token, count=False)
    return _steps(request, source, entry)


def _steps(request: HttpRequest, source: Source, entry: Entry) -> HttpResponse:
    viewer, chapter = _asked(request, source, entry)
    context = {
        "steps": steps_of(source, records_of(source, chapter), viewer),
        "turn": chapter.turn,
        "viewer": viewer,
    }
    return render(request, "replay/_steps.html", context)


def _asked(request: HttpRequest, source: Source, entry: Entry) -> tuple[str, Chapter]:
    viewer = viewer_in(request, entry)
    chapter = chapter_in(request, standing(chapters_for(source)))
    if chapter is None:
        raise Http404(_("No turn of this game has been closed yet."))
    return viewer, chapter


def _trace(request: HttpRequest, source: Source, entry: Entry) -> HttpResponse:
    viewer, chapter = _asked(request, source, entry)
    what, records = request.GET.get("what", ""), records_of(source, chapter)
    if what.startswith("doctrine:"):
        steps = _of_doctrine(source, chapter, records, viewer, what.removeprefix("doctrine:"))
    else:
        steps = trace_of(source, visible(source, records, viewer), what)
    return render(request, "replay/_trace.html", {"steps": steps})


def _of_doctrine(
    source: Source, chapter: Chapter, records: list[Record], viewer: str, seat: str
) -> list[Step]:
    """Why a seat's doctrine did what it did in the chapter's turn; nothing where that is secret."""
    before = [one for one in standing(chapters_for(source)) if one.turn == chapter.turn - 1]
    leads = leads_of(source, records, session_of(source, chapter), viewer)
    for lead in leads:
        if lead.seat == seat and before:
            return doctrine_steps(source, records, session_of(source, before[0]), lead)
    return []
