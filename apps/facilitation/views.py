"""Pages and acts of the control room. Each view parses, asks one service, and answers."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

import structlog
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from apps.accounts.permissions import Permission, site_allows
from apps.facilitation import questions
from apps.facilitation.access import in_session
from apps.facilitation.asking import asked_first
from apps.facilitation.board import board_for
from apps.facilitation.forms import ExtendForm, SessionForm
from apps.facilitation.joining import join_address, join_url, qr_code
from apps.facilitation.pages.acting import whole
from apps.facilitation.sessions import classes_for
from apps.games.models import Game
from apps.games.refusals import Refusal
from apps.games.services.clock import close_now, extend_deadline, pause_clock, resume_clock
from apps.games.services.creating import create_game
from apps.games.services.phases import go_on
from apps.games.services.turns import start_game
from apps.scenarios.library import load_scenario, scenario_ids
from apps.scenarios.problem import ScenarioError

log = structlog.get_logger(__name__)


@require_GET
@login_required
def sessions(request: HttpRequest) -> HttpResponse:
    """The sessions that this person runs or watches; the table alone where the page asks again."""
    _require_facilitator(request)
    archived = "archived" in request.GET
    shown = {"classes": classes_for(request.user, archived=archived), "archived": archived}
    part = request.headers.get("HX-Request") == "true"
    template = "facilitation/_sessions.html" if part else "facilitation/sessions.html"
    return render(request, template, shown)


@require_http_methods(["GET", "POST"])
@login_required
def new(request: HttpRequest) -> HttpResponse:
    """Make a session: what is not filled in has a sensible default."""
    _require_facilitator(request)
    documents = playable_scenarios()
    chosen = request.POST.get("scenario") or request.GET.get("scenario") or ""
    scenario = chosen if chosen in documents else next(iter(documents))
    titles = {one: document["scenario"]["title"] for one, document in documents.items()}
    form = SessionForm(
        request.POST or None,
        scenarios=list(titles.items()),
        document=documents[scenario],
        initial={"scenario": scenario, "title": titles[scenario]},
    )
    if request.method == "POST" and form.is_valid():
        try:
            game = _create(request, form, documents[scenario])
        except Refusal as refusal:
            form.add_error(None, refusal.sentence)
        else:
            messages.success(request, _("The session is ready. Let people join, then start."))
            return redirect("facilitation:board", game_id=game.pk)
    status = 422 if form.errors else 200
    return render(request, "facilitation/new.html", {"form": form}, status=status)


def playable_scenarios() -> dict[str, dict[str, Any]]:
    """Every scenario of the library that loads; one that does not is logged, and left out."""
    found = {}
    for scenario in scenario_ids():
        try:
            found[scenario] = load_scenario(scenario).document
        except ScenarioError as error:
            log.error("scenario left out", scenario=scenario, problems=len(error.problems))
    return found


def _create(request: HttpRequest, form: SessionForm, document: Mapping[str, Any]) -> Game:
    data = form.cleaned_data
    return create_game(
        by=request.user,
        scenario=document,
        title=data["title"],
        turns=data["turns"],
        seconds_per_turn=data["seconds_per_turn"] or None,
        timetable=form.timetable,
        review=data["review"],
        grace_seconds=data["grace_seconds"] or 0,
        class_group=data["class_group"],
        rehearsal=data["rehearsal"],
        heads_submit=data["heads_submit"],
        seats=form.seats,
    )


def _require_facilitator(request: HttpRequest) -> None:
    if not site_allows(request.user, Permission.CREATE_GAME):
        raise PermissionDenied(_("The control room is for facilitators who sign in."))


@require_GET
@in_session(Permission.SEE_EVERYTHING)
def board(request: HttpRequest, game: Game) -> HttpResponse:
    """The live board of one session."""
    return render(request, "facilitation/board.html", {"board": board_for(game, request.user)})


@require_GET
@in_session(Permission.SEE_EVERYTHING)
def fragment(request: HttpRequest, game: Game) -> HttpResponse:
    """The board alone, asked for again when the game moves."""
    return render(request, "facilitation/_board.html", {"board": board_for(game, request.user)})


@require_GET
@in_session(Permission.SEE_EVERYTHING)
def project(request: HttpRequest, game: Game) -> HttpResponse:
    """The join page for the projector and the printer."""
    url = join_url(request, game)
    return render(
        request,
        "facilitation/project.html",
        {
            "board": board_for(game, request.user),
            "join_url": url,
            "join_address": join_address(request),
            "spelled_code": " ".join(game.join_code),
            "qr": qr_code(url),
        },
    )


@require_GET
@in_session(Permission.SEE_EVERYTHING)
def joined(request: HttpRequest, game: Game) -> HttpResponse:
    """Who is in, for the join page."""
    return render(request, "facilitation/_joined.html", {"board": board_for(game, request.user)})


@require_POST
@in_session(Permission.RUN_CLOCK)
@asked_first(questions.start)
def start(request: HttpRequest, game: Game) -> HttpResponse:
    """Start the game: the first turn opens; doctrines lead the empty seats if that was chosen."""
    lead_empty = request.POST.get("sure") == "doctrine"
    start_game(game_id=game.pk, by=request.user, lead_empty=lead_empty)
    messages.success(request, _("The game has begun."))
    return redirect("facilitation:board", game_id=game.pk)


@require_POST
@in_session(Permission.RUN_CLOCK)
def pause(request: HttpRequest, game: Game) -> HttpResponse:
    """Stop the clock, for some minutes or until it is resumed; people can go on writing."""
    minutes = request.POST.get("minutes", "").strip()
    seconds = 60 * whole(minutes, _("the minutes")) if minutes else None
    pause_clock(game_id=game.pk, by=request.user, for_seconds=seconds)
    return redirect("facilitation:board", game_id=game.pk)


@require_POST
@in_session(Permission.RUN_CLOCK)
def resume(request: HttpRequest, game: Game) -> HttpResponse:
    """Let the clock run again."""
    resume_clock(game_id=game.pk, by=request.user)
    return redirect("facilitation:board", game_id=game.pk)


@require_POST
@in_session(Permission.RUN_CLOCK)
def extend(request: HttpRequest, game: Game) -> HttpResponse:
    """Add minutes to the running turn."""
    form = ExtendForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Give a whole number of minutes from 1 to 600."))
        return redirect("facilitation:board", game_id=game.pk)
    added = timedelta(minutes=form.cleaned_data["minutes"])
    extend_deadline(game_id=game.pk, by=request.user, seconds=int(added.total_seconds()))
    return redirect("facilitation:board", game_id=game.pk)


@require_POST
@in_session(Permission.RUN_CLOCK)
def next_phase(request: HttpRequest, game: Game) -> HttpResponse:
    """Open the next phase of the turn; the phase that was on the screen ends, and no other."""
    turn = whole(request.POST.get("turn"), _("the turn"))
    phase = request.POST.get("phase", "")
    if not go_on(game_id=game.pk, turn=turn, phase=phase, by=request.user):
        messages.info(request, _("That phase is over already."))
    return redirect("facilitation:board", game_id=game.pk)


@require_http_methods(["GET", "POST"])
@in_session(Permission.CLOSE_TURN)
def close(request: HttpRequest, game: Game) -> HttpResponse:
    """Ask first, then close the turn that was on the screen, and no other."""
    if request.method == "GET":
        shown = board_for(game, request.user)
        return render(request, "facilitation/close.html", {"board": shown})
    turn = request.POST.get("turn", "")
    if turn != str(game.turn) or not game.turn_is_open:
        messages.info(request, _("That turn is closed already."))
    else:
        close_now(game_id=game.pk, by=request.user)
        messages.success(request, _("Turn %(turn)s is being adjudicated.") % {"turn": turn})
    return redirect("facilitation:board", game_id=game.pk)
