"""What-if pages: the form, the fields of a move that is added, the runs, and their comparison."""

from __future__ import annotations

import uuid
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from apps.accounts.permissions import Permission
from apps.replay.access import Entry, entry_for, of_recording
from apps.replay.chapters import chapters_for, standing
from apps.replay.drawing import band_points, path_points
from apps.replay.inquiry import SEEDS, Inquiry, NothingAsked
from apps.replay.models import WhatIf
from apps.replay.names import Names
from apps.replay.outcomes import TrackOutcome, endings_of, table_of, tracks_of
from apps.replay.sources import Source, source_for
from apps.replay.what_ifs import NoSuchTurn, TooMany, ask, cancel

WIDE, TALL = 320, 110


@require_http_methods(["GET", "POST"])
@of_recording(Permission.BRANCH)
def what_if(request: HttpRequest, source: Source, entry: Entry) -> HttpResponse:
    """Ask what would have been: changes in one turn, run on by doctrine."""
    turns = [chapter.turn for chapter in standing(chapters_for(source)) if chapter.turn]
    if not turns:
        raise Http404(_("No turn of this game has been closed yet."))
    asked = (request.POST or request.GET).get("turn", "")
    turn = int(asked) if asked.isdecimal() and int(asked) in turns else turns[-1]
    inquiry = Inquiry(source, turn)
    trouble = ""
    if request.method == "POST":
        try:
            question = _asked(request, source, inquiry)
        except NothingAsked as nothing:
            trouble = str(nothing)
        else:
            return redirect("replay:runs", question=question.pk)
    context = {
        "source": source,
        "turns": turns,
        "turn": turn,
        "seats": inquiry.seats(),
        "votes": inquiry.votes(),
        "injects": inquiry.injects(),
        "seeds": SEEDS,
        "chosen_seeds": request.POST.get("seeds", "10"),
        "earlier": WhatIf.objects.filter(stream=source.stream, owner=request.user)[:20],
        "trouble": trouble,
        "posted": request.POST,
    }
    return render(request, "replay/what_if.html", context, status=422 if trouble else 200)


def _asked(request: HttpRequest, source: Source, inquiry: Inquiry) -> WhatIf:
    changes = inquiry.asked(request.POST)
    seeds = request.POST.get("seeds", "")
    if seeds not in {str(one) for one in SEEDS}:
        raise NothingAsked(_("Choose under how many seeds it is run."))
    title = request.POST.get("title", "").strip()[:200] or inquiry.sentence(changes)
    try:
        return ask(
            source=source,
            turn=inquiry.turn,
            changes=changes,
            seeds=int(seeds),
            title=title,
            by=request.user,
        )
    except (NoSuchTurn, TooMany) as error:
        raise NothingAsked(str(error)) from None


@require_GET
@of_recording(Permission.BRANCH)
def move_fields(request: HttpRequest, source: Source, entry: Entry) -> HttpResponse:
    """The fields of a move that is to be added to a seat's orders."""
    turn, seat = request.GET.get("turn", ""), request.GET.get("seat", "")
    if not turn.isdecimal():
        raise Http404(_("There is no such turn."))
    try:
        inquiry = Inquiry(source, int(turn))
    except NoSuchTurn:
        raise Http404(_("There is no such turn.")) from None
    move = request.GET.get(f"add-{seat}", "")
    option = next((one for one in inquiry.moves(seat) if one.move == move), None)
    return render(request, "replay/_move_fields.html", {"option": option, "seat": seat})


@require_GET
@login_required
def runs(request: HttpRequest, question: uuid.UUID) -> HttpResponse:
    """The runs of one what-if: progress while they go on, then the two arms side by side."""
    context = _runs_context(request, question)
    page = "replay/_runs.html" if request.htmx else "replay/runs.html"
    response = render(request, page, context)
    response["Vary"] = "HX-Request"
    return response


@require_POST
@login_required
def cancel_runs(request: HttpRequest, question: uuid.UUID) -> HttpResponse:
    """Stop the runs that have not begun."""
    row, _source = _question(request, question)
    cancel(what_if=row)
    messages.info(request, _("Stopped. What was run so far is kept."))
    return redirect("replay:runs", question=row.pk)


def _question(request: HttpRequest, question: uuid.UUID) -> tuple[WhatIf, Source]:
    row = get_object_or_404(WhatIf.objects.select_related("saved"), pk=question)
    source = source_for(row.stream)
    if source is None or not entry_for(request.user, source).allows(Permission.BRANCH):
        raise Http404(_("There is no such question."))
    return row, source


def _runs_context(request: HttpRequest, question: uuid.UUID) -> dict[str, Any]:
    row, source = _question(request, question)
    names = Names(source.document)
    done = list(row.runs.all())
    outcomes = tracks_of(done, source.document, names)
    return {
        "question": row,
        "source": source,
        "going": row.status in (WhatIf.Status.WAITING, WhatIf.Status.RUNNING),
        "done": len(done),
        "endings": endings_of(done, names),
        "tracks": [_drawn(one, row.turn) for one in outcomes],
        "parting": [{**line, "turn": row.turn + line["turn_offset"]} for line in row.parting],
    }


def _drawn(outcome: TrackOutcome, turn: int) -> dict[str, Any]:
    low, high = outcome.range
    size = {"width": WIDE, "height": TALL}
    return {
        "outcome": outcome,
        "changed": path_points(outcome.changed.mean, low, high, **size),
        "unchanged": path_points(outcome.unchanged.mean, low, high, **size),
        "changed_band": band_points(outcome.changed.low, outcome.changed.high, low, high, **size),
        "unchanged_band": band_points(
            outcome.unchanged.low, outcome.unchanged.high, low, high, **size
        ),
        "table": table_of(outcome, turn),
    }
