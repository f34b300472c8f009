"""Games and the people in them."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Mapping
from datetime import timedelta
from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone

from apps.accounts.models import Person
from apps.accounts.permissions import Permission, Role, site_allows
from apps.games.models import Game, Membership
from apps.games.permissions import audience_of, standing_membership
from apps.games.rulesets import document_for

HERE = timedelta(seconds=60)
"""Somebody whose page was open within this time counts as present."""


def game_for(game_id: uuid.UUID | str) -> Game | None:
    """The game with this id; None if there is none."""
    return Game.objects.filter(pk=game_id).first()


def membership_for(game: Game, person: Person) -> Membership | None:
    """The standing membership of `person`; None for somebody who takes no part or was removed."""
    return standing_membership(person, game)


def membership_at(game_id: uuid.UUID, person: Person) -> Membership | None:
    """The same where only the game's id is known, and with the game: one query for both."""
    standing = Membership.objects.filter(game=game_id, person=person, removed_at=None)
    return standing.select_related("game").first()


def audience_for(game: Game, person: Person) -> str | None:
    """What `person` sees: "facilitator", "seat:X", "public"; None for somebody with no part."""
    return audience_of(person, game)


def people_in(game: Game, audience: str) -> frozenset[str]:
    """The ids of everybody who sees `audience` now, as text."""
    return people_by_audience(game, [audience])[audience]


def people_by_audience(game: Game, audiences: Iterable[str]) -> dict[str, frozenset[str]]:
    """For each of `audiences` the ids of everybody who sees it now, as text; in one query, or two
    where the facilitator's is among them."""
    people: dict[str, set[str]] = {audience: set() for audience in audiences}
    members = game.memberships.filter(removed_at=None)
    for member in members:
        if member.audience in people:
            people[member.audience].add(str(member.person_id))
    if "facilitator" in people:
        site = Person.objects.filter(is_active=True).filter(
            Q(is_superuser=True) | Q(kind=Person.Kind.INSTRUCTOR)
        )
        part_takers = {member.person_id for member in members}
        everywhere = set(site.values_list("pk", flat=True)) - part_takers
        people["facilitator"] |= {str(person) for person in everywhere}
    return {audience: frozenset(found) for audience, found in people.items()}


def is_here(member: Membership) -> bool:
    """Whether a member's page was open within the last minute."""
    return member.last_seen is not None and member.last_seen >= timezone.now() - HERE


def games_for(person: Person) -> QuerySet[Game]:
    """The games that `person` may open, newest first."""
    if site_allows(person, Permission.SEE_EVERYTHING):
        return Game.objects.all()
    return Game.objects.filter(memberships__person=person, memberships__removed_at=None).distinct()


def seats_for(game: Game) -> list[dict[str, Any]]:
    """Every seat with its government, who leads it, whether it is ready, and its people.

    Public: holds no number of drafts, and names only what people chose to be called.
    """
    document = document_for(game)
    members = list(_players_of(game))
    shown = []
    for seat in game.seats.all():
        about = document["governments"][seat.government]
        roles = about.get("roles") or {}
        doctrines = document.get("doctrines", {}).get(seat.government, {})
        shown.append(
            {
                "government": seat.government,
                "name": about["name"],
                "short": about.get("short", seat.government),
                "color": about.get("color", ""),
                "mode": seat.mode,
                "doctrine": seat.doctrine,
                "doctrine_title": doctrines.get(seat.doctrine, {}).get(
                    "title", seat.doctrine.capitalize()
                ),
                "ready": seat.ready,
                "roles": [{"id": name, **role} for name, role in roles.items()],
                "people": _people_of(seat.government, members, roles),
            }
        )
    return shown


def delegation_for(game: Game, government: str) -> list[dict[str, Any]]:
    """The people of one seat, as `seats_for` has them; one query."""
    roles = document_for(game)["governments"][government].get("roles") or {}
    theirs = Q(government=government) | Q(deputy_for=government)
    return _people_of(government, _players_of(game).filter(theirs), roles)


def _players_of(game: Game) -> QuerySet[Membership]:
    standing = game.memberships.filter(removed_at=None, role=Role.PLAYER)
    return standing.select_related("person").order_by("joined_at")


def _people_of(
    government: str, members: Iterable[Membership], roles: Mapping[str, Any]
) -> list[dict[str, Any]]:
    return [
        {
            "membership": str(member.pk),
            "name": member.person.display_name,
            "role": member.seat_role,
            "role_title": roles.get(member.seat_role, {}).get("title", ""),
            "here": is_here(member),
            "last_seen": member.last_seen,
            "deputy": member.deputy_for == government,
        }
        for member in members
        if government in (member.government, member.deputy_for)
    ]


def programs_for(game: Game) -> list[dict[str, Any]]:
    """The programs that play in a game: seat, name, whether its token works, when it was used."""
    members = (
        game.memberships.filter(removed_at=None, tokens__isnull=False)
        .select_related("person")
        .prefetch_related("tokens")
        .distinct()
        .order_by("joined_at")
    )
    names = document_for(game)["governments"]
    found = []
    for member in members:
        tokens = list(member.tokens.all())
        works = any(token.revoked_at is None for token in tokens)
        found.append(
            {
                "membership": str(member.pk),
                "name": str(member.person),
                "government": names.get(member.government, {}).get("name", ""),
                "works": works,
                "issued_at": max(token.created_at for token in tokens),
                "used_at": max((t.used_at for t in tokens if t.used_at), default=None),
            }
        )
    return found
