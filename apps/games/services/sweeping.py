"""What is due: read from rows, so that a restart of anything loses no deadline."""

from __future__ import annotations

import uuid
from datetime import timedelta

from django.db.models import Exists, OuterRef
from django.utils import timezone

from apps.games.models import Game, Seat, Turn
from apps.games.models.game import OPEN_PHASES
from apps.games.services.clock import resume_clock
from apps.games.services.phases import go_on


def turns_due() -> list[tuple[uuid.UUID, int, str]]:
    """(game, turn, reason) of every open turn that should be closed by now.

    A turn whose delegations are all ready is among them: the task that their last press sent may
    have been lost with Redis.
    """
    now = timezone.now()
    people = Seat.objects.filter(game=OuterRef("game"), mode=Seat.Mode.PEOPLE)
    turns = (
        Turn.objects.filter(
            status=Turn.Status.OPEN, game__phase__in=OPEN_PHASES, game__archived_at=None
        )
        .annotate(any_people=Exists(people), any_waiting=Exists(people.filter(ready=False)))
        .select_related("game")
        .only("number", "due_at", "called", "game__id", "game__phase", "game__grace_seconds")
    )
    due: list[tuple[uuid.UUID, int, str]] = []
    for turn in turns:
        if turn.called:
            due.append((turn.game_id, turn.number, "called"))
        elif turn.game.phase != Game.Phase.ORDERS:
            continue
        elif turn.any_people and not turn.any_waiting:
            due.append((turn.game_id, turn.number, "all_ready"))
        elif turn.due_at and turn.due_at + timedelta(seconds=turn.game.grace_seconds) <= now:
            due.append((turn.game_id, turn.number, "deadline"))
    return due


def resume_paused_clocks() -> int:
    """Resume every clock whose pause had an end that has come; returns how many."""
    over = Turn.objects.filter(
        status=Turn.Status.OPEN, resume_at__lte=timezone.now(), game__archived_at=None
    ).values_list("game_id", flat=True)
    for game_id in over:
        resume_clock(by=None, game_id=game_id)
    return len(over)


def end_phases_due() -> int:
    """End every phase before the orders whose clock has run out; returns how many ended."""
    over = Turn.objects.filter(
        status=Turn.Status.OPEN,
        game__phase__in=(Game.Phase.READING, Game.Phase.TALKS),
        due_at__lte=timezone.now(),
        called=False,
        game__archived_at=None,
    ).values_list("game_id", "number", "game__phase")
    return sum(
        go_on(game_id=game_id, turn=number, phase=phase, by=None) for game_id, number, phase in over
    )
