"""The pages of a debrief: the fog lifted, the whole game, the pack, the presenter, comparisons."""

from __future__ import annotations

import uuid
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from apps.accounts.permissions import Permission, site_allows
from apps.journal import store
from apps.replay.access import Entry, entry_for, of_recording, viewer_in
from apps.replay.chapters import chapters_for, standing
from apps.replay.comparison import MOST, NotComparable, compare
from apps.replay.debrief import pack_of, subtitle_of
from apps.replay.fog import sides_of
from apps.replay.gallery import gallery_for
from apps.replay.models import Note, Opening
from apps.replay.moment import moment_of
from apps.replay.names import Names
from apps.replay.paper import as_pdf
from apps.replay.participation import participation
from apps.replay.promises import tally
from apps.replay.recording import turns_of
from apps.replay.sources import Source, source_for
from apps.replay.story import Story, story_of
from apps.replay.views.reading import chapter_in


@require_GET
@of_recording(Permission.SEE_EVERYTHING)
def fog(request: HttpRequest, source: Source, entry: Entry) -> HttpResponse:
    """One turn from every side, with what each side did not know."""
    every = chapters_for(source)
    chapters = standing(every)
    chapter = chapter_in(request, chapters)
    if chapter is None:
        raise Http404(_("No turn of this game has been closed yet."))
    turns = [one.turn for one in chapters]
    place = turns.index(chapter.turn)
    context = {
        "source": source,
        "turn": chapter.turn,
        "whole": moment_of(source, every, chapter, "facilitator"),
        "sides": sides_of(source, every, chapter, entry.viewers),
        "before": turns[place - 1] if place else None,
        "after": turns[place + 1] if place + 1 < len(turns) else None,
    }
    return render(request, "replay/fog.html", context)


@require_GET
@of_recording()
def overview(request: HttpRequest, source: Source, entry: Entry) -> HttpResponse:
    """The whole game on one page: decisions against outcomes, promises, participation."""
    viewer = viewer_in(request, entry)
    story = _story(source, viewer)
    shares = []
    if entry.allows(Permission.SEE_EVERYTHING):
        shares = participation(turns_of(store.read(source.stream)))
    names = Names(source.document)
    context = {
        "source": source,
        "viewer": viewer,
        "viewer_name": names.viewer(viewer),
        "story": story,
        "tally": tally(story.promises),
        "shares": [
            {"share": share, "government": names.short(share.government)} for share in shares
        ],
        "may_open": entry.allows(Permission.SHARE) and source.origin == "session",
        "opened": Opening.objects.filter(pk=source.stream).exists(),
        "running": source.running,
    }
    return render(request, "replay/overview.html", context)


@require_POST
@of_recording(Permission.SHARE)
def open_debrief(request: HttpRequest, source: Source, entry: Entry) -> HttpResponse:
    """Open every perspective to those who played, or close them again."""
    if source.running or source.origin != "session":
        messages.error(request, _("A debrief can be opened once the game has ended."))
    elif "close" in request.POST:
        Opening.objects.filter(pk=source.stream).delete()
        messages.success(request, _("Players see their own and the public view again."))
    else:
        Opening.objects.get_or_create(stream=source.stream, defaults={"by": request.user})
        messages.success(request, _("Those who played can now see every perspective."))
    return redirect("replay:overview", stream=source.stream)


@require_GET
@of_recording(Permission.EXPORT)
def pack(request: HttpRequest, source: Source, entry: Entry) -> HttpResponse:
    """The debrief pack as a page to print, or as a PDF with ?format=pdf."""
    viewer = viewer_in(request, entry)
    story = _story(source, viewer)
    sections, subtitle = pack_of(story), subtitle_of(story)
    if request.GET.get("format") == "pdf":
        response = HttpResponse(
            as_pdf(_("Debrief: %(title)s") % {"title": source.title}, subtitle, sections),
            content_type="application/pdf",
        )
        name = f"debrief-{slugify(source.title) or 'game'}.pdf"
        response["Content-Disposition"] = f'attachment; filename="{name}"'
        response["Cache-Control"] = "no-store"
        return response
    context = {"source": source, "viewer": viewer, "subtitle": subtitle, "sections": sections}
    return render(request, "replay/pack.html", context)


@require_GET
@of_recording()
def present(request: HttpRequest, source: Source, entry: Entry) -> HttpResponse:
    """Presenter's mode: the chosen moments one by one, large; else the turning points."""
    viewer = viewer_in(request, entry)
    every = chapters_for(source)
    chapters = standing(every)
    if not chapters:
        raise Http404(_("No turn of this game has been closed yet."))
    may_see_notes = entry.allows(Permission.PIN_NOTES) or entry.allows(Permission.SEE_EVERYTHING)
    outline = _outline(source, chapters, viewer, notes=may_see_notes)
    asked = request.GET.get("slide", "0")
    slide = min(int(asked), len(outline) - 1) if asked.isdecimal() else 0
    turn = outline[slide]["turn"]
    chapter = next(one for one in chapters if one.turn == turn)
    context = {
        "source": source,
        "viewer": viewer,
        "viewer_name": Names(source.document).viewer(viewer),
        "outline": outline,
        "slide": slide,
        "item": outline[slide],
        "moment": moment_of(source, every, chapter, viewer),
        "before": slide - 1 if slide else None,
        "after": slide + 1 if slide + 1 < len(outline) else None,
    }
    return render(request, "replay/present.html", context)


@require_GET
@login_required
def comparing(request: HttpRequest) -> HttpResponse:
    """Choose games, then see them over each other."""
    if not site_allows(request.user, Permission.CREATE_GAME):
        raise PermissionDenied(_("Comparing games is for facilitators and instructors."))
    chosen = [
        source for one in request.GET.getlist("game")[:MOST] if (source := _seen(request, one))
    ]
    trouble, comparison = "", None
    if len(chosen) == 1:
        trouble = _("Choose at least two games.")
    elif chosen:
        try:
            comparison = compare(chosen)
        except NotComparable as error:
            trouble = str(error)
    context = {
        "comparison": comparison,
        "trouble": trouble,
        "chosen": [str(source.stream) for source in chosen],
        "cards": gallery_for(request.user, {}, request.GET.get("page", 1)),
        "most": MOST,
    }
    return render(request, "replay/compare.html", context)


def _seen(request: HttpRequest, stream: str) -> Source | None:
    """The game of that id, if this person may see the public's view of it."""
    try:
        source = source_for(uuid.UUID(stream))
    except ValueError:
        return None
    if source is None or "public" not in entry_for(request.user, source).viewers:
        return None
    return source


def _story(source: Source, viewer: str) -> Story:
    story = story_of(source, viewer)
    if story is None:
        raise Http404(_("No turn of this game has been closed yet."))
    return story


def _outline(
    source: Source, chapters: list[Any], viewer: str, *, notes: bool
) -> list[dict[str, Any]]:
    """The notes that are meant to be shown, in order; else the opening, turning points and end."""
    rows = Note.objects.filter(stream=source.stream, in_outline=True) if notes else []
    turns = {chapter.turn for chapter in chapters}
    chosen = [
        {"turn": row.turn, "title": row.title, "body": row.body}
        for row in rows
        if row.turn in turns
    ]
    if chosen:
        return chosen
    found = [{"turn": 0, "title": _("The opening"), "body": ""}]
    for chapter in chapters:
        points = chapter.summary.get(viewer, {}).get("points", ())
        if chapter.turn and points:
            found.append({"turn": chapter.turn, "title": points[0]["text"], "body": ""})
    if chapters[-1].turn != found[-1]["turn"]:
        found.append({"turn": chapters[-1].turn, "title": _("How it stands"), "body": ""})
    return found
