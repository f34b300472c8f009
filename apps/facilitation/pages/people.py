"""People and seats: who leads what, who is absent, who moves, who gets a new link."""

from __future__ import annotations

import uuid
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from apps.accounts.models import Person
from apps.accounts.permissions import Permission, Role
from apps.facilitation import questions
from apps.facilitation.access import in_session
from apps.facilitation.asking import Ask, asked_first
from apps.facilitation.board import heading_for
from apps.facilitation.pages.acting import Act, page
from apps.games import services
from apps.games.models import Game, Seat
from apps.games.refusals import Refusal
from apps.games.rulesets import document_for
from apps.games.selectors import allows, seats_for
from apps.games.sessions import session_for
from apps.games.solo_form import BASELINES

STAFF_ROLES = {
    Role.CO_FACILITATOR: lazy("Co-facilitator: runs the session, removes nobody"),
    Role.ASSESSOR: lazy("Assessor: sees everything, pins notes"),
    Role.OBSERVER: lazy("Observer: sees what the public sees, pins notes"),
}


@require_http_methods(["GET", "POST"])
@in_session(Permission.ASSIGN_SEATS)
def people(request: HttpRequest, game: Game) -> HttpResponse:
    """Every seat and every person, and what can be done about each."""
    return page(request, game, "facilitation/people.html", _context, ACTS, ASKS)


@never_cache
@require_http_methods(["POST"])
@in_session(Permission.MANAGE_PEOPLE)
@asked_first(questions.new_link)
def new_link(request: HttpRequest, game: Game, membership_id: uuid.UUID) -> HttpResponse:
    """Make a new personal link and show it, this once."""
    token = services.new_link(
        by=request.user,
        game_id=game.pk,
        membership_id=membership_id,
        next_url=reverse("games:room", args=[game.pk]),
    )
    member = game.memberships.select_related("person").get(pk=membership_id)
    links = [
        {"name": str(member.person), "government": member.government, "url": _url(request, token)}
    ]
    shown = {"board": heading_for(game, request.user), "links": links}
    return render(request, "facilitation/links.html", shown)


@never_cache
@require_http_methods(["GET", "POST"])
@in_session(Permission.MANAGE_PEOPLE)
def roster(request: HttpRequest, game: Game) -> HttpResponse:
    """Admit a class from a list; answers with a personal link for each, to print or to send."""
    shown: dict[str, Any] = {"board": heading_for(game, request.user), "typed": request.POST}
    shown["governments"] = document_for(game)["governments"]
    if request.method == "GET":
        return render(request, "facilitation/roster.html", shown)
    try:
        rows = services.read_roster(_list_of(request))
        admitted = services.admit_roster(
            by=request.user,
            game_id=game.pk,
            rows=rows,
            next_url=reverse("games:room", args=[game.pk]),
        )
    except Refusal as refusal:
        shown["refusal"] = refusal
        return render(request, "facilitation/roster.html", shown, status=422)
    shown["links"] = [
        {"name": one.name, "government": one.government, "url": _url(request, one.token)}
        for one in admitted
    ]
    return render(request, "facilitation/links.html", shown)


def _list_of(request: HttpRequest) -> str:
    upload = request.FILES.get("file")
    if upload is None:
        return request.POST.get("list", "")
    if upload.size and upload.size > 100_000:
        raise Refusal("bad_roster", _("This file is too large for a class list."))
    try:
        return upload.read().decode("utf-8-sig")
    except UnicodeDecodeError:
        raise Refusal(
            "bad_roster", _("The file is no UTF-8 text. Save it as “CSV UTF-8” and try again.")
        ) from None


def _url(request: HttpRequest, token: str) -> str:
    return request.build_absolute_uri(reverse("accounts:rejoin", args=[token]))


def _context(request: HttpRequest, game: Game) -> dict[str, Any]:
    document = document_for(game)
    seats = seats_for(game)
    standing = session_for(game).seats
    policies = dict(game.seats.values_list("government", "absence"))
    for seat in seats:
        seat["absence"] = policies[seat["government"]]
        seat["doctrines"] = [
            {"id": name, **about}
            for name, about in document.get("doctrines", {}).get(seat["government"], {}).items()
        ] + [{"id": name, "title": title} for name, title in BASELINES]
        seat["irreversible"] = standing[seat["government"]].irreversible
    members = game.memberships.filter(removed_at=None).select_related("person")
    return {
        "seats": seats,
        "members": [
            {
                "id": str(member.pk),
                "name": str(member.person),
                "role": member.get_role_display(),
                "player": member.role == Role.PLAYER,
                "by_code": member.person.kind == Person.Kind.PLAYER,
                "government": member.government,
                "seat_role": member.seat_role,
                "deputy_for": member.deputy_for,
                "last_seen": member.last_seen,
                "yourself": member.person_id == request.user.pk,
            }
            for member in members
        ],
        "policies": Seat.Absence.choices,
        "staff_roles": [(role.value, words) for role, words in STAFF_ROLES.items()],
        "may_manage": allows(request.user, game, Permission.MANAGE_PEOPLE),
    }


def _member(request: HttpRequest) -> uuid.UUID:
    try:
        return uuid.UUID(request.POST.get("member", ""))
    except ValueError:
        raise Refusal("no_such_person", _("This person does not take part any more.")) from None


def _lead(request: HttpRequest, game: Game) -> str:
    mode, _separator, doctrine = request.POST.get("lead", "").partition(":")
    government = request.POST.get("government", "")
    services.hand_seat(
        by=request.user,
        game_id=game.pk,
        government=government,
        mode=mode,
        doctrine=doctrine,
        irreversible=bool(request.POST.get("irreversible")),
    )
    return str(_("%(seat)s has a new lead.") % {"seat": government})


def _absence(request: HttpRequest, game: Game) -> str:
    government = request.POST.get("government", "")
    services.set_absence(
        by=request.user,
        game_id=game.pk,
        government=government,
        policy=request.POST.get("policy", ""),
    )
    return str(_("Saved for %(seat)s.") % {"seat": government})


def _move(request: HttpRequest, game: Game) -> str:
    services.move_person(
        by=request.user,
        game_id=game.pk,
        membership_id=_member(request),
        government=request.POST.get("government", ""),
    )
    return str(_("Moved."))


def _deputy(request: HttpRequest, game: Game) -> str:
    services.name_deputy(
        by=request.user,
        game_id=game.pk,
        membership_id=_member(request),
        government=request.POST.get("government") or None,
    )
    return str(_("Saved."))


def _remove(request: HttpRequest, game: Game) -> str:
    services.remove_person(
        by=request.user,
        game_id=game.pk,
        membership_id=_member(request),
        reason=request.POST.get("reason", ""),
    )
    return str(_("Removed. Their links do not work any more."))


def _add(request: HttpRequest, game: Game) -> str:
    username, role = request.POST.get("username", "").strip(), request.POST.get("role", "")
    person = Person.objects.filter(username=username, is_active=True).first()
    if person is None or person.kind == Person.Kind.PLAYER:
        raise Refusal("no_such_account", _("There is no account with this username."))
    if role not in set(STAFF_ROLES):
        raise Refusal("no_such_role", _("Choose a role."))
    services.add_member(by=request.user, game_id=game.pk, person=person, role=Role(role))
    return str(_("%(name)s takes part now.") % {"name": person})


ACTS: dict[str, Act] = {
    "lead": _lead,
    "absence": _absence,
    "move": _move,
    "deputy": _deputy,
    "remove": _remove,
    "add": _add,
}
ASKS: dict[str, Ask] = {
    "lead": questions.lead,
    "move": questions.move,
    "deputy": questions.deputy,
    "remove": questions.remove,
}
