"""The record: what was done in the session, notes pinned to it, turns reopened, view as a team."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from apps.accounts.models import Person
from apps.accounts.permissions import Permission
from apps.facilitation import questions
from apps.facilitation.access import in_session
from apps.facilitation.asking import Ask
from apps.facilitation.forms import ClockForm
from apps.facilitation.pages.acting import Act, page, whole
from apps.facilitation.pages.looking import audience_of, looking_as
from apps.games import services
from apps.games.models import Game, Turn
from apps.games.refusals import Refusal
from apps.games.selectors import allows
from apps.games.sessions import session_for
from apps.games.views.room import room_context
from apps.journal import store
from apps.journal.kinds import LIFECYCLE, sentence
from apps.journal.store import Record

PAGE = 60
QUIET = ("MessageSent", "OrdersSubmitted", "VoteInstructed")
"""Kinds that belong to the teams' own work: counted in replay, left out of the audit."""


@require_http_methods(["GET", "POST"])
@in_session(Permission.PIN_NOTES)
def record(request: HttpRequest, game: Game) -> HttpResponse:
    """Everything that was done to the session, latest first, and the notes pinned to it."""
    return page(request, game, "facilitation/record.html", _record, RECORD_ACTS)


def _record(request: HttpRequest, game: Game) -> dict[str, Any]:
    rows = _rows_for(request.user, game)
    notes = [row for row in rows if row.kind == "NotePinned"]
    places = {row.sequence: place for place, row in enumerate(rows, start=1)}
    told = {row.sequence: sentence(row.kind, row.payload) for row in rows}
    shown = Paginator(list(reversed(rows)), PAGE).get_page(request.GET.get("page"))
    names = _names(game, {row.actor for row in [*shown, *notes] if row.actor})
    return {
        "shown": shown,
        "rows": [
            {
                "place": places[row.sequence],
                "kind": row.kind,
                "at": row.at,
                "by": names.get(row.actor, "") if row.actor else _("the clock"),
                "sentence": sentence(row.kind, row.payload),
                "text": row.payload.get("text", ""),
                "reason": row.payload.get("reason", ""),
                "note": row.kind == "NotePinned",
                "about": told.get(row.payload.get("sequence"), "")
                if row.kind == "NotePinned"
                else "",
                "notes": [
                    {"text": note.payload["text"], "by": names.get(note.actor, "")}
                    for note in notes
                    if note.payload.get("sequence") == row.sequence
                ],
            }
            for row in shown
        ],
    }


def _rows_for(person: Any, game: Game) -> list[Record]:
    """The acts of the session that `person` may know of, oldest first. Their place in this list
    stands for them in the page: a number of the journal would count what is hidden."""
    if allows(person, game, Permission.SEE_EVERYTHING):
        return store.read(game.pk, kinds=[kind for kind in LIFECYCLE if kind not in QUIET])
    rows = store.read(game.pk, kinds=[*LIFECYCLE], audiences=["public"])
    notes = store.read(game.pk, kinds=["NotePinned"])
    rows += [note for note in notes if note.actor == person.pk]
    return sorted(rows, key=lambda row: row.sequence)


def _names(game: Game, people: set[Any]) -> dict[Any, str]:
    return {person.pk: str(person) for person in Person.objects.filter(pk__in=people)}


def _pin(request: HttpRequest, game: Game) -> str:
    about = request.POST.get("place")
    sequence = None
    if about:
        rows = _rows_for(request.user, game)
        place = whole(about, _("the event"))
        if not 1 <= place <= len(rows):
            raise Refusal("no_such_event", _("This event is not in the record."))
        sequence = rows[place - 1].sequence
    services.pin_note(
        by=request.user, game_id=game.pk, text=request.POST.get("text", ""), sequence=sequence
    )
    return str(_("Your note is pinned. Teams never see it."))


@require_http_methods(["GET", "POST"])
@in_session(Permission.REOPEN)
def turns(request: HttpRequest, game: Game) -> HttpResponse:
    """Every turn that was opened, and reopening one with a reason."""
    return page(request, game, "facilitation/turns.html", _turns, TURN_ACTS, TURN_ASKS)


def _turns(request: HttpRequest, game: Game) -> dict[str, Any]:
    session = session_for(game)
    typed = request.method == "POST" and request.POST.get("act") == "clocks"
    return {
        "clocks": ClockForm.of(session, request.POST if typed else None),
        "over": game.phase == Game.Phase.FINISHED or session.archived,
        "rows": [
            {
                "number": turn.number,
                "status": turn.get_status_display(),
                "superseded": turn.status == Turn.Status.SUPERSEDED,
                "opened_at": turn.opened_at,
                "closed_at": turn.closed_at,
                "reason": turn.close_reason.replace("_", " "),
                "can_reopen": turn.status in (Turn.Status.CLOSED, Turn.Status.HELD)
                and game.archived_at is None,
            }
            for turn in game.turn_rows.all()
        ],
    }


def _reopen(request: HttpRequest, game: Game) -> str:
    number = whole(request.POST.get("turn"), _("the turn"))
    services.reopen_turn(
        by=request.user, game_id=game.pk, turn=number, reason=request.POST.get("reason", "")
    )
    return str(_("Turn %(turn)s is open again. The teams were told.") % {"turn": number})


def _set_clocks(request: HttpRequest, game: Game) -> str:
    form = ClockForm.of(session_for(game), request.POST)
    if not form.is_valid():
        raise Refusal("bad_clock", _("Choose each clock from its list."))
    services.set_timetable(
        by=request.user,
        game_id=game.pk,
        seconds_per_turn=form.cleaned_data["seconds_per_turn"] or None,
        timetable=form.timetable,
    )
    return str(_("Saved. It holds for the phases that open from now on."))


@require_GET
@in_session(Permission.SEE_EVERYTHING)
def view_as(request: HttpRequest, game: Game, viewer: str) -> HttpResponse:
    """The room as a team or the public sees it: read only, marked on screen, and audited."""
    audience = audience_of(game, viewer)
    services.view_as(by=request.user, game_id=game.pk, viewer=audience)
    game.refresh_from_db()
    shown = {**room_context(game, audience), **looking_as(game, request.user, viewer)}
    return render(request, "facilitation/view_as.html", shown)


RECORD_ACTS: dict[str, Act] = {"note": _pin}
TURN_ACTS: dict[str, Act] = {"reopen": _reopen, "clocks": _set_clocks}
TURN_ASKS: dict[str, Ask] = {"reopen": questions.reopen}
