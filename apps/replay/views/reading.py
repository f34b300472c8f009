"""The gallery and the recording with its scrubber."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from apps.accounts.permissions import Permission, site_allows
from apps.replay.access import Entry, of_recording, viewer_in
from apps.replay.chapters import chapters_for, standing
from apps.replay.forms import GalleryForm, NoteForm
from apps.replay.gallery import choices_for, gallery_for
from apps.replay.models import Chapter, Note
from apps.replay.names import Names
from apps.replay.pages import shown_of
from apps.replay.scrubber import stops_for
from apps.replay.sources import Source


@require_GET
@login_required
def gallery(request: HttpRequest) -> HttpResponse:
    """The games that this person may replay."""
    form = GalleryForm(request.GET or None, choices=choices_for(request.user))
    filters = form.cleaned_data if form.is_bound and form.is_valid() else {}
    query = request.GET.copy()
    query.pop("page", None)
    context = {
        "form": form,
        "page": gallery_for(request.user, filters, request.GET.get("page", 1)),
        "filtered": any(filters.values()),
        "query": query.urlencode(),
        "may_import": site_allows(request.user, Permission.CREATE_GAME),
    }
    return render(request, "replay/gallery.html", context)


@require_GET
@of_recording()
def recording(request: HttpRequest, source: Source, entry: Entry) -> HttpResponse:
    """One game: the scrubber, and the moment that ?turn= and ?as= name."""
    context = recording_context(request, source, entry)
    name = (
        "replay/_moment.html" if request.htmx and context["chapters"] else "replay/recording.html"
    )
    response = render(request, name, context)
    response["Vary"] = "HX-Request"
    return response


def recording_context(
    request: HttpRequest, source: Source, entry: Entry, *, shared: str = ""
) -> dict[str, Any]:
    """What the recording's page and its fragment show. `shared` is the token of a share link."""
    viewer = viewer_in(request, entry)
    every = chapters_for(source)
    chapters = standing(every)
    chapter = chapter_in(request, chapters, start=not source.running)
    headline = source.headline
    shown = None
    if chapter is not None:
        base = (
            reverse("replay:shared", args=[shared])
            if shared
            else reverse("replay:recording", args=[source.stream])
        )
        shown = shown_of(source, every, chapter, viewer, base)
    return {
        "source": source,
        "shared": shared,
        "viewer": viewer,
        "viewpoints": [_viewpoint(source, one) for one in entry.viewers],
        "chapters": stops_for(source, chapters, viewer),
        "last_turn": chapters[-1].turn if chapters else 0,
        "headline_title": headline["title"] if headline else "",
        "moment": shown.moment if shown else None,
        "body": shown.body if shown else "",
        "notes": notes_for(request, source, chapter, viewer, entry),
        "note_form": NoteForm(auto_id="note-%s"),
        "may": {
            "note": not shared and entry.allows(Permission.PIN_NOTES),
            "branch": entry.allows(Permission.BRANCH),
            "share": entry.allows(Permission.SHARE),
            "export": entry.allows(Permission.EXPORT),
            "delete": not shared and source.owner == request.user.pk and source.origin != "session",
            "lift": not shared and entry.allows(Permission.SEE_EVERYTHING),
        },
    }


def chapter_in(
    request: HttpRequest, chapters: list[Chapter], *, start: bool = False
) -> Chapter | None:
    """The chapter that ?turn= names; a 404 for a turn that is none.

    Without it the last one, or with `start` the first that was played.
    """
    if not chapters:
        return None
    asked = request.GET.get("turn", "")
    if not asked:
        return chapters[min(1, len(chapters) - 1)] if start else chapters[-1]
    for chapter in chapters:
        if asked == str(chapter.turn):
            return chapter
    raise Http404(_("This game has no such turn to replay."))


def notes_for(
    request: HttpRequest, source: Source, chapter: Chapter | None, viewer: str, entry: Entry
) -> list[dict[str, Any]]:
    """The notes on a turn: for those who may pin notes or see everything, never for players."""
    if chapter is None or not (
        entry.allows(Permission.PIN_NOTES) or entry.allows(Permission.SEE_EVERYTHING)
    ):
        return []
    rows = Note.objects.filter(stream=source.stream, turn=chapter.turn).select_related("author")
    return [
        {
            "id": row.pk,
            "title": row.title,
            "body": row.body,
            "author": str(row.author),
            "mine": row.author_id == request.user.pk,
        }
        for row in rows
    ]


def _viewpoint(source: Source, viewer: str) -> dict[str, str]:
    names = Names(source.document)
    color = names.color(viewer[5:]) if viewer.startswith("seat:") else ""
    name = names.short(viewer[5:]) if viewer.startswith("seat:") else names.viewer(viewer)
    return {"viewer": viewer, "name": name, "color": color}
