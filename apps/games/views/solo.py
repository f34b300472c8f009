"""Playing alone: choose a government, and be in its room at once."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.contrib.auth import login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from apps.accounts.models import Person
from apps.accounts.views import BACKEND, TOO_MANY, too_many_attempts
from apps.games.models import Membership
from apps.games.refusals import Refusal
from apps.games.room.parties import parties_of
from apps.games.services import solo
from apps.games.solo_form import SoloForm
from apps.games.views.answers import post_of_room
from apps.scenarios.library import load_scenario, scenario_ids

PREFERRED = "korean_knot"
STARTS = "60/h"
"""Games alone that one address may begin in an hour: a class that tries it at once."""


@never_cache
@require_http_methods(["GET", "POST"])
def begin(request: HttpRequest) -> HttpResponse:
    """Choose a government, a length and the others' doctrines; the game begins with the press."""
    asked = request.POST or request.GET
    scenario = scenario_asked(asked.get("scenario", ""))
    document = load_scenario(scenario).document
    form = SoloForm(
        request.POST or None, document=document, initial={"government": asked.get("as")}
    )
    refusal, status = "", 200
    if request.method == "POST":
        status = 422
        if too_many_attempts(request, "solo", STARTS):
            refusal, status = str(TOO_MANY), 429
        elif form.is_valid():
            try:
                return redirect("games:room", game_id=begun(request, document, form).game_id)
            except Refusal as refused:
                refusal = refused.sentence
    context = {
        "form": form,
        "scenario": document["scenario"],
        "governments": governments_of(document, form),
        "others": [about_scenario(name) for name in scenario_ids() if name != scenario],
        "refusal": refusal,
        "full": not solo.solo_games_left(),
    }
    return render(request, "games/solo.html", context, status=status)


def scenario_asked(name: str) -> str:
    """The scenario asked for, if the library has it; else the one that the product is about."""
    known = scenario_ids()
    for wanted in (name, PREFERRED):
        if wanted in known:
            return wanted
    return known[0]


def about_scenario(name: str) -> Mapping[str, Any]:
    """The outline of a scenario of the library."""
    outline: Mapping[str, Any] = load_scenario(name).document["scenario"]
    return outline


def governments_of(document: Mapping[str, Any], form: SoloForm) -> list[dict[str, Any]]:
    """The governments that may be chosen, as the page shows them."""
    chosen = form["government"].value()
    return [
        {
            "party": party,
            "text": document["governments"][name].get("article_view", ""),
            "checked": chosen == name,
            "doctrine": form[f"doctrine_{name}"],
        }
        for name, party in parties_of(document).items()
    ]


def begun(request: HttpRequest, document: Mapping[str, Any], form: SoloForm) -> Membership:
    """Make the game and sign its player in; raises Refusal."""
    person = request.user if isinstance(request.user, Person) else None
    membership = solo.create_solo_game(
        scenario=document,
        government=form.cleaned_data["government"],
        person=person,
        turns=form.cleaned_data["turns"],
        doctrines=form.doctrines,
        by_lot=form.cleaned_data["others"] == "lot",
    )
    if person is None:
        login(request, membership.person, backend=BACKEND)
    messages.success(
        request, _("You lead this government. Read the brief, then choose your orders.")
    )
    return membership


@post_of_room
def give_up(request: HttpRequest, membership: Membership) -> HttpResponse:
    """End one's own game alone; what was played can be replayed."""
    if not membership.game.solo:
        raise PermissionDenied(_("Only a game that is played alone is given up."))
    solo.give_up_solo_game(membership=membership)
    messages.success(request, _("You gave this game up. Its replay shows every government's side."))
    return redirect("replay:recording", stream=membership.game_id)
