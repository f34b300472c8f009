"""Several sessions in one view: where each stands, what it waits for, grouped by class."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import groupby
from typing import Any

from django.db.models import Count, Q
from django.utils import timezone

from apps.accounts.models import Person
from apps.accounts.permissions import Permission, Role, site_allows
from apps.facilitation.board import PHASES, TONES
from apps.games.models import Game, Membership, Turn

MOST = 200
STAFF = (Role.FACILITATOR, Role.CO_FACILITATOR, Role.ASSESSOR, Role.OBSERVER)


def classes_for(person: Person, *, archived: bool = False) -> list[dict[str, Any]]:
    """The sessions that `person` runs or watches, those of a class together, newest class first;
    every session for who may see everything. At most `MOST`."""
    games = Game.objects.select_related("resolved").filter(solo=False)
    games = games.filter(archived_at__isnull=not archived)
    if not site_allows(person, Permission.SEE_EVERYTHING):
        games = games.filter(
            memberships__person=person,
            memberships__removed_at=None,
            memberships__role__in=[role.value for role in STAFF],
        ).distinct()
    rows = rows_of(list(games[:MOST]))
    order = {
        name: place for place, name in enumerate(dict.fromkeys(r["class_group"] for r in rows))
    }
    rows.sort(key=lambda row: order[row["class_group"]])
    return [
        {"name": name, "sessions": list(group)}
        for name, group in groupby(rows, key=lambda row: row["class_group"])
    ]


def rows_of(games: Sequence[Game]) -> list[dict[str, Any]]:
    """What the list shows of each session; the number of queries does not depend on how many."""
    ids = [game.pk for game in games]
    people = Counter(
        Membership.objects.filter(
            game__in=ids, removed_at=None, role=Role.PLAYER.value
        ).values_list("game_id", flat=True)
    )
    led = Q(seats__mode="people")
    seats = {
        row["pk"]: row
        for row in Game.objects.filter(pk__in=ids)
        .order_by()
        .values("pk")
        .annotate(
            expected=Count("seats", filter=led),
            ready=Count("seats", filter=led & Q(seats__ready=True)),
        )
    }
    clocks = {
        turn.game_id: turn
        for turn in Turn.objects.filter(game__in=ids, status=Turn.Status.OPEN).defer("snapshot")
    }
    now = timezone.now()
    return [
        {
            "id": game.id,
            "title": game.title,
            "scenario": game.resolved.title,
            "status": PHASES[game.phase],
            "tone": TONES[game.phase],
            "turn": game.turn,
            "turns": game.turns,
            "people": people[game.id],
            "deciding": game.phase == Game.Phase.ORDERS,
            "ready": seats[game.id]["ready"],
            "expected": seats[game.id]["expected"],
            "running": game.turn_is_open,
            "due": clocks[game.id].due_at if game.turn_is_open and game.id in clocks else None,
            "paused": game.turn_is_open and game.due_at is None and bool(game.seconds_per_turn),
            "now": now,
            "code": game.join_code,
            "class_group": game.class_group,
            "created_at": game.created_at,
        }
        for game in games
    ]
