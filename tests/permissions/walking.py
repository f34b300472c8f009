"""Walking through the doors: each address asked by each role, with everything undone after."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import unquote

from django.conf import settings
from django.db import transaction
from django.test import Client
from django.urls import URLPattern, get_resolver, reverse

from apps.accounts.models import Person
from apps.accounts.permissions import Role
from apps.games import services
from tests.games.cast import Table, draft, facilitator, table

FORM = {"choice": "yes", "text": "Hello", "answer": "accept"}
"""Enough for a service of the room to come to the question whether they may."""
REFUSAL = "X-Room-Refusal"
NOT_FOR_THEM = ("Your role in this session does not allow", "Take a seat in a delegation first")


@dataclass
class Walk:
    """A session with somebody in every role, and a client signed in as each of them."""

    played: Table
    cookies: dict[str, str] = field(default_factory=dict)
    arguments: dict[str, Any] = field(default_factory=dict)

    def passes(self, role: str, name: str, method: str, given: dict[str, Any]) -> bool | None:
        """Whether `role` gets through: neither sent to sign in, nor refused, nor told of nothing.

        None where the address does not take the method.
        """
        client = Client(raise_request_exception=False)
        if self.cookies[role]:
            client.cookies[settings.SESSION_COOKIE_NAME] = self.cookies[role]
        with transaction.atomic():
            # As htmx asks, so that the room answers a refusal by a header and not by a page.
            ask = getattr(client, method.lower())
            told = FORM if method == "POST" and name.startswith("games:") else {}
            answer = ask(reverse(name, kwargs=given), told, headers={"HX-Request": "true"})
            transaction.set_rollback(True)
        if answer.status_code == 405:
            return None
        if answer.status_code in (301, 302) and "/sign-in/" in answer.headers["Location"]:
            return False
        if any(words in unquote(answer.headers.get(REFUSAL, "")) for words in NOT_FOR_THEM):
            return False
        return answer.status_code not in (401, 403, 404, 409)


def walk() -> Walk:
    """Everybody of the matrix, around one session in its second turn."""
    played = table(seconds_per_turn=600)
    draft(played.anna, "levy_toll")
    played.close()
    made = Walk(played)
    people = {"player": played.anna.person, "facilitator": played.dana}
    for role in (Role.CO_FACILITATOR, Role.OBSERVER, Role.ASSESSOR):
        people[role.value] = facilitator(role.value)
        services.add_member(
            by=played.dana, game_id=played.game.pk, person=people[role.value], role=role
        )
    people["stranger"] = facilitator("stranger")
    people["instructor"] = Person.objects.create_user(
        username="instructor", password="a long passphrase", kind=Person.Kind.INSTRUCTOR
    )
    people["site_admin"] = Person.objects.create_superuser(
        username="root", password="a long passphrase"
    )
    made.cookies["anonymous"] = ""
    for role, person in people.items():
        client = Client()
        client.force_login(person)
        made.cookies[role] = client.cookies[settings.SESSION_COOKIE_NAME].value
    order = draft(played.anna, "trade_visit", parameters={"partner": "OST", "barrels": 20})
    offer = services.make_offer(
        membership=played.ben,
        agreement="lanterns_accord",
        parties={"north": "COR", "south": "MAR"},
    )
    made.arguments = {
        "game_id": played.game.pk,
        "stream": played.game.pk,
        "membership_id": played.cora.pk,
        "draft": order.pk,
        "code": played.game.join_code,
        "viewer": "COR",
        "turn": 1,
        "slug": "public",
        "figure": "tension",
        "rule": "toll_is_levied",
        "scenario": "strait_of_veld",
        "form": "json",
        "offer": offer,
    }
    return made


def addresses() -> Iterator[tuple[str, list[str]]]:
    """Every address by its full name, with the names of its arguments."""
    yield from _addresses(get_resolver(), "")


def _addresses(resolver: Any, space: str) -> Iterator[tuple[str, list[str]]]:
    for pattern in resolver.url_patterns:
        if isinstance(pattern, URLPattern):
            if pattern.name:
                yield f"{space}{pattern.name}", list(pattern.pattern.converters)
        elif pattern.app_name != "admin":
            inner = f"{space}{pattern.namespace}:" if pattern.namespace else space
            yield from _addresses(pattern, inner)
