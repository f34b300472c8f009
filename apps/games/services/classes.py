"""Several sessions of one class: made alike, started and paused together."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterable

from django.db import transaction
from django.utils.translation import gettext as _

from apps.accounts.models import Person
from apps.accounts.permissions import Permission
from apps.games.models import Game
from apps.games.permissions import require
from apps.games.refusals import Refusal
from apps.games.rulesets import document_for
from apps.games.services.clock import pause_clock, resume_clock
from apps.games.services.creating import create_game
from apps.games.services.turns import start_game
from apps.games.sessions import session_for

MOST_AT_ONCE = 12


def duplicate_game(*, by: Person, game_id: uuid.UUID, title: str = "") -> Game:
    """A new session with the scenario and settings of an earlier one; nobody is in it but `by`."""
    earlier = Game.objects.filter(pk=game_id).first()
    if earlier is None:
        raise Refusal("no_such_game", _("There is no such session."))
    require(by, earlier, Permission.SEE_EVERYTHING)
    session = session_for(earlier)
    return create_game(
        by=by,
        scenario=document_for(earlier),
        title=title or earlier.title,
        turns=earlier.turns,
        seconds_per_turn=session.clock.seconds,
        timetable=session.timetable,
        grace_seconds=earlier.grace_seconds,
        review=earlier.review,
        class_group=earlier.class_group,
        heads_submit=session.heads_submit,
        seats={
            seat.government: {"mode": seat.mode, "doctrine": seat.doctrine}
            for seat in earlier.seats.all()
        },
    )


@transaction.atomic
def split_class(*, by: Person, game_id: uuid.UUID, count: int) -> list[Game]:
    """`count` more sessions like this one, as parallel worlds of one class."""
    if not 1 <= count <= MOST_AT_ONCE:
        raise Refusal(
            "bad_count",
            _("Make 1 to %(most_at_once)s sessions at a time.") % {"most_at_once": MOST_AT_ONCE},
        )
    first = Game.objects.filter(pk=game_id).first()
    if first is None:
        raise Refusal("no_such_game", _("There is no such session."))
    if not first.class_group:
        raise Refusal("no_class", _("Give the session a class first: the others will share it."))
    return [
        duplicate_game(by=by, game_id=game_id, title=f"{first.title}, world {number}")
        for number in range(2, count + 2)
    ]


def start_together(
    *, by: Person, game_ids: Iterable[uuid.UUID], lead_empty: bool = False
) -> dict[uuid.UUID, str]:
    """Start several sessions; the sentence of the refusal for each that could not start."""
    return _each(
        game_ids, lambda game_id: start_game(by=by, game_id=game_id, lead_empty=lead_empty)
    )


def pause_together(
    *, by: Person, game_ids: Iterable[uuid.UUID], for_seconds: int | None = None
) -> dict[uuid.UUID, str]:
    """Pause several clocks; the sentence of the refusal for each that could not be."""
    return _each(
        game_ids, lambda game_id: pause_clock(by=by, game_id=game_id, for_seconds=for_seconds)
    )


def resume_together(*, by: Person, game_ids: Iterable[uuid.UUID]) -> dict[uuid.UUID, str]:
    """Resume several clocks; the sentence of the refusal for each that could not be."""
    return _each(game_ids, lambda game_id: resume_clock(by=by, game_id=game_id))


def _each(game_ids: Iterable[uuid.UUID], act: Callable[[uuid.UUID], None]) -> dict[uuid.UUID, str]:
    """Act on each session by itself: one that refuses does not stop the others."""
    refused: dict[uuid.UUID, str] = {}
    for game_id in game_ids:
        try:
            act(game_id)
        except Refusal as refusal:
            refused[game_id] = refusal.sentence
    return refused
