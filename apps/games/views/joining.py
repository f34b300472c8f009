"""The front page, joining by code, and taking a seat."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from apps.accounts.models import Person
from apps.accounts.views import BACKEND, TOO_MANY, too_many_attempts
from apps.games.forms import CodeForm, SeatForm
from apps.games.models import Game, Membership
from apps.games.refusals import Refusal
from apps.games.room.parties import parties_of
from apps.games.rulesets import document_for
from apps.games.services.joining import game_of_code, join_game, take_seat

JOINS = "60/m"
"""Attempts to find or join a session that one address may make in a minute: a class at once."""
MISSES = "30/m"
"""Codes of no session that one address may try in a minute, by form or by link."""
JOINS_OF_GAME = "120/m"
"""Attempts to join one session in a minute, from wherever they come."""


@never_cache
@require_safe
def front(request: HttpRequest) -> HttpResponse:
    """What this is, and the way in."""
    context = {"form": CodeForm(), "games": games_of(request), "solo": settings.SOLO_GAMES > 0}
    return render(request, "games/front.html", context)


def games_of(request: HttpRequest) -> list[Membership]:
    """The sessions in which whoever asks takes part, newest first."""
    if not request.user.is_authenticated:
        return []
    return list(
        Membership.objects.filter(person=request.user.pk, removed_at=None, game__archived_at=None)
        .select_related("game")
        .order_by("-joined_at")[:8]
    )


@never_cache
@require_http_methods(["GET", "POST"])
def join(request: HttpRequest) -> HttpResponse:
    """Type a code; a good one leads to its session."""
    if request.method == "GET":
        code = request.GET.get("code", "")
        return render(request, "games/join_code.html", {"form": CodeForm(initial={"code": code})})
    form = CodeForm(request.POST)
    status = 422
    if guesses_too_often(request) or too_many_attempts(request, "join", JOINS):
        form.full_clean()
        form.add_error(None, TOO_MANY)
        status = 429
    elif form.is_valid():
        try:
            game = game_of_code(form.cleaned_data["code"])
        except Refusal as refusal:
            count_miss(request)
            form.add_error("code", refusal.sentence)
        else:
            return redirect("games:join_game", code=game.join_code)
    return render(request, "games/join_code.html", {"form": form}, status=status)


@never_cache
@require_http_methods(["GET", "POST"])
def join_session(request: HttpRequest, code: str) -> HttpResponse:
    """Give a name and choose a place; somebody who has one already goes on to the room."""
    if guesses_too_often(request):
        # Before the code is looked at: the answer must not tell a good code from a bad one.
        asked = CodeForm({"code": code})
        asked.full_clean()
        asked.add_error(None, TOO_MANY)
        return render(request, "games/join_code.html", {"form": asked}, status=429)
    try:
        game = game_of_code(code)
    except Refusal as refusal:
        count_miss(request)
        asked = CodeForm({"code": code})
        asked.full_clean()
        asked.add_error("code", refusal.sentence)
        return render(request, "games/join_code.html", {"form": asked}, status=404)
    membership = membership_of(request, game)
    if membership and (membership.government or membership.role != "player"):
        return redirect(room_or_control(membership))
    delegations = delegations_of(game)
    places = [
        r["value"] for d in delegations if not d["closed"] for r in d["roles"] if not r["taken"]
    ]
    named = membership is not None
    seat_form = SeatForm(request.POST or None, places=places, named=named)
    refusal_text = ""
    if request.method == "POST":
        by_game = too_many_attempts(request, "join-game", JOINS_OF_GAME, lambda *_: str(game.pk))
        if too_many_attempts(request, "join", JOINS) or by_game:
            refusal_text = str(TOO_MANY)
        elif seat_form.is_valid():
            try:
                return seated(request, game, membership, seat_form)
            except Refusal as refusal:
                refusal_text = refusal.sentence
    context = {
        "game": game,
        "summary": document_for(game)["scenario"].get("summary", ""),
        "form": seat_form,
        "delegations": delegations_of(game) if refusal_text else delegations,
        "membership": membership_of(request, game),
        "refusal": refusal_text,
    }
    return render(request, "games/join.html", context, status=422 if refusal_text else 200)


def guesses_too_often(request: HttpRequest) -> bool:
    """Whether this address has tried too many codes of no session; counts nothing."""
    return too_many_attempts(request, "join-miss", MISSES, count=False)


def count_miss(request: HttpRequest) -> None:
    """Count one code of no session."""
    too_many_attempts(request, "join-miss", MISSES)


def seated(
    request: HttpRequest, game: Game, membership: Membership | None, form: SeatForm
) -> HttpResponse:
    """Join and sit down; raises Refusal. A name stays taken if only the seat was refused."""
    if membership is None:
        person = request.user if isinstance(request.user, Person) else None
        membership = join_game(
            code=game.join_code, display_name=form.cleaned_data["display_name"], person=person
        )
        if person is None or person.pk != membership.person_id:
            login(request, membership.person, backend=BACKEND)
    government, role = form.chosen()
    take_seat(membership=membership, government=government, role=role)
    messages.success(request, _("You have your seat. Read your brief while the others arrive."))
    return redirect(reverse("games:room", args=[game.pk]))


def membership_of(request: HttpRequest, game: Game) -> Membership | None:
    """The standing membership of whoever asks."""
    if not request.user.is_authenticated:
        return None
    return game.memberships.filter(person=request.user.pk, removed_at=None).first()


def room_or_control(membership: Membership) -> str:
    """Where this member belongs: the team room, or the control room."""
    if membership.audience == "facilitator":
        return f"/control/{membership.game_id}/"
    return reverse("games:room", args=[membership.game_id])


def delegations_of(game: Game) -> list[dict[str, Any]]:
    """The governments of a game with their roles, the people there, and what is closed and why."""
    document = document_for(game)
    modes = {seat.government: seat.mode for seat in game.seats.all()}
    people = game.memberships.filter(removed_at=None).exclude(government="")
    sitting: dict[str, list[Membership]] = {}
    for member in people.select_related("person"):
        sitting.setdefault(member.government, []).append(member)
    found = []
    for party in parties_of(document).values():
        body = document["governments"][party.id]
        roles = body.get("roles") or {"": {"title": _("Member of the delegation")}}
        here = sitting.get(party.id, [])
        holders = {member.seat_role: str(member.person) for member in here}
        closed = "" if modes.get(party.id) != "doctrine" else _("Led by its doctrine")
        found.append(
            {
                "party": party,
                "text": body.get("article_view", ""),
                "closed": closed,
                "people": [
                    {"name": str(m.person), "role": roles.get(m.seat_role, {}).get("title", "")}
                    for m in here
                ],
                "roles": places_in(party.id, roles, holders),
            }
        )
    return found


def places_in(
    government: str, roles: dict[str, Any], holders: dict[str, str]
) -> list[dict[str, str]]:
    """The places of a delegation: its roles, and a seat without one once all of them are taken."""
    places = [
        {
            "value": f"{government}:{key}",
            "title": role["title"],
            "taken": holders.get(key, "") if key else "",
        }
        for key, role in roles.items()
    ]
    if all(place["taken"] for place in places):
        title = _("Member of the delegation")
        places.append({"value": f"{government}:", "title": title, "taken": ""})
    return places
