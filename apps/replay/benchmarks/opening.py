"""`manage.py benchmark replay`: opening any turn of a long game, against a plain page.

A game of Korean Knot is played to its full length by seats that give no orders, then each of its
turns is opened through the whole stack of middleware, first for the first time (the moment is
built and drawn) and then again (warm). The floor is the sign-in page in the same process and run.
Everything happens in a transaction that is rolled back: nothing stays in the database.
"""

from __future__ import annotations

import argparse
import statistics
import time
from collections.abc import Callable
from functools import partial
from typing import Any

from django.conf import settings
from django.db import transaction
from django.test import Client
from django.test.utils import override_settings
from django.urls import reverse

from apps.accounts.models import Person
from apps.games import services
from apps.games.models import Game
from apps.replay.chapters import chapters_for, standing
from apps.replay.models import Chapter
from apps.replay.sources import source_for
from apps.scenarios.library import load_scenario

HELP = "opening any turn of a long game, against a plain page"
HOST = "localhost"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """How long the game is, and how often each page is asked for."""
    parser.add_argument("--turns", type=int, default=40, help="length of the game (2 to 40)")
    parser.add_argument("--repeat", type=int, default=5, help="warm openings of each turn")


def run(options: dict[str, Any]) -> dict[str, Any]:
    """Measure; the figures are server milliseconds, by the clock and of the processor."""
    with transaction.atomic(), override_settings(ALLOWED_HOSTS=[HOST, *settings.ALLOWED_HOSTS]):
        try:
            return _measured(options)
        finally:
            transaction.set_rollback(True)


def _measured(options: dict[str, Any]) -> dict[str, Any]:
    person = Person.objects.create_user(username="benchmark of replay", kind="instructor")
    game = _played(person, options["turns"])
    source = source_for(game.pk)
    assert source is not None
    built, _cpu = _timed(lambda: chapters_for(source))
    turns = [chapter.turn for chapter in standing(chapters_for(source))]
    client = Client(HTTP_HOST=HOST, headers={"HX-Request": "true"})
    client.force_login(person)
    address = reverse("replay:recording", args=[game.pk])

    def opened(turn: int) -> None:
        answer = client.get(address, {"turn": turn}, secure=True)
        if answer.status_code != 200:
            raise RuntimeError(f"turn {turn} answered {answer.status_code}")

    plain = Client(HTTP_HOST=HOST)
    sign_in = reverse("accounts:sign_in")
    plain.get(sign_in, secure=True)
    floor = [_timed(lambda: plain.get(sign_in, secure=True)) for _ in range(len(turns))]
    first = [_timed(partial(opened, turn)) for turn in turns]
    warm = [_timed(partial(opened, turn)) for _ in range(options["repeat"]) for turn in turns]
    events = Chapter.objects.filter(stream=game.pk).order_by("-last_sequence")[0].last_sequence
    base = statistics.median(clock for clock, _cpu in floor)
    rows = [_row("floor: sign-in page", floor, base), _row("a turn, first", first, base)]
    rows.append(_row("a turn, warm", warm, base))
    return {
        "turns": len(turns) - 1,
        "events": events,
        "chapters_built_ms": round(built, 1),
        "columns": {
            "what": f"{len(turns) - 1} turns, {events:,} events",
            "median": "median ms",
            "p95": "p95 ms",
            "cpu": "CPU ms",
            "ratio": "against floor",
        },
        "rows": rows,
    }


def _played(person: Person, turns: int) -> Game:
    """A game in which nobody orders anything, as long as the scenario lets it run."""
    document = load_scenario("korean_knot").document
    game = services.create_game(
        by=person,
        scenario=document,
        title="Benchmark",
        turns=turns,
        seats={one: {"mode": "nobody"} for one in document["governments"]},
    )
    services.start_game(by=person, game_id=game.pk)
    for turn in range(1, turns + 1):
        if not services.close_turn(game_id=game.pk, turn=turn, reason="facilitator", by=person):
            break
    return game


def _timed(act: Callable[[], object]) -> tuple[float, float]:
    """Milliseconds by the clock and of the processor."""
    clock, cpu = time.perf_counter(), time.process_time()
    act()
    return (time.perf_counter() - clock) * 1000, (time.process_time() - cpu) * 1000


def _row(what: str, times: list[tuple[float, float]], floor: float) -> dict[str, Any]:
    clocks = sorted(clock for clock, _cpu in times)
    median = statistics.median(clocks)
    return {
        "what": what,
        "median": round(median, 1),
        "p95": round(clocks[min(len(clocks) - 1, int(len(clocks) * 0.95))], 1),
        "cpu": round(statistics.median(cpu for _clock, cpu in times), 1),
        "ratio": f"{median / floor:.1f}x",
    }
