"""What one act costs a server in processor time, and what that means for a number of people.

Processor time is measured, not time by the clock: it hardly moves when the machine is busy with
something else. The game is made, played and measured within one transaction that is rolled back.
"""

from __future__ import annotations

import argparse
import itertools
import statistics
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from django.conf import settings
from django.db import transaction
from django.test import Client

from apps.accounts.models import Person
from apps.games import selectors, services
from apps.games.models import Game, Membership
from apps.scenarios.library import load_scenario

HELP = "processor time of a page, a push and a turn, and how many people a core carries"
ACTS_A_MINUTE = 6
"""Requests that a person in a delegation makes in a minute at work: saves, messages, looks."""
PAGES_A_MINUTE = 0.5
"""Whole pages among them: a room is loaded once and then pushed to."""
MOVES_A_MINUTE = 12
"""Changes in a game of six delegations that reach some audience in a minute."""
AUDIENCES = 8
"""Six delegations, the facilitator, the public: each is rendered once in a server process."""
SHARE = 0.6
"""Of a core, how much is planned for; the rest is for rushes."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Scenario, turns played before measuring, repetitions."""
    parser.add_argument("--scenario", default="korean_knot", help="the scenario (korean_knot)")
    parser.add_argument("--turns", type=int, default=6, help="turns played and measured (6)")
    parser.add_argument("--repeat", type=int, default=20, help="repetitions of a page (20)")


def run(options: dict[str, Any]) -> dict[str, Any]:
    """Measure, and compute what a core carries."""
    with rolled_back():
        game, membership = _game(options["scenario"])
        closing = [_cpu(_close(game, turn)) for turn in range(1, options["turns"] + 1)]
        client = Client(HTTP_HOST=next(iter(settings.ALLOWED_HOSTS), "localhost"))
        client.force_login(membership.person)

        def page() -> None:
            answer = client.get(f"/games/{game.pk}/", secure=True)
            if answer.status_code != 200:
                raise RuntimeError(f"the room answered {answer.status_code}")

        pages = _repeated(page, options["repeat"])
        acts = _repeated(_saving(client, membership), options["repeat"])
    person_seconds = PAGES_A_MINUTE * pages + (ACTS_A_MINUTE - PAGES_A_MINUTE) * acts
    # What changed is rendered anew, so a push is reckoned like a page.
    pushing = MOVES_A_MINUTE * AUDIENCES * pages
    figures = [
        ("a room's page", pages, f"{SHARE / pages:.0f} a second and core"),
        ("an act: a draft is saved as it is typed", acts, f"{SHARE / acts:.0f} a second and core"),
        (
            f"closing a turn, five seats by doctrine (median of {len(closing)})",
            statistics.median(closing),
            f"{SHARE / statistics.median(closing):.0f} a second and core",
        ),
        ("a minute of one person's requests", person_seconds, _people(person_seconds)),
        ("a minute of one game's pushes", pushing, f"{60 * SHARE / pushing:.0f} games a core"),
    ]
    return {
        "columns": {"what": "what", "cpu": "processor time (ms)", "means": "so"},
        "rows": [
            {"what": what, "cpu": f"{seconds * 1000:.1f}", "means": means}
            for what, seconds, means in figures
        ],
    }


def _people(seconds: float) -> str:
    return f"{60 * SHARE / seconds:.0f} people a core"


@contextmanager
def rolled_back() -> Iterator[None]:
    """Whatever the block writes is gone after it."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def _game(scenario: str) -> tuple[Game, Membership]:
    """A started game: a person leads the United States, doctrines lead the others."""
    document = load_scenario(scenario).document
    first = next(iter(document["governments"]))
    dana = Person.objects.create(username="sizing-dana")
    game = services.create_game(
        by=dana,
        scenario=document,
        title="Sizing",
        seats={name: {"mode": "doctrine"} for name in document["governments"] if name != first},
        seed="sizing",
    )
    membership = services.join_game(code=game.join_code, display_name="Anna", person=None)
    role = next(iter(document["governments"][first]["roles"]))
    services.take_seat(membership=membership, government=first, role=role)
    services.start_game(game_id=game.pk, by=dana)
    membership.refresh_from_db()
    return game, membership


def _saving(client: Client, membership: Membership) -> Callable[[], None]:
    """Saves a draft of the open turn, with other words each time."""
    game = Game.objects.get(pk=membership.game_id)
    options = selectors.moves_for(game, membership.government)
    move = next(option.move for option in options if option.open)
    draft = services.save_draft(membership=membership, move=move, parameters={})
    versions = itertools.count(draft.version)

    def save() -> None:
        version = next(versions)
        answer = client.post(
            f"/games/{game.pk}/orders/{draft.pk}/",
            {"version": version, "intent": f"Intent number {version}"},
            headers={"HX-Request": "true"},
            secure=True,
        )
        if answer.status_code != 200:
            raise RuntimeError(f"a draft was not saved: {answer.status_code}")

    return save


def _close(game: Game, turn: int) -> Callable[[], None]:
    def close() -> None:
        if not services.close_turn(game_id=game.pk, turn=turn, reason="facilitator"):
            raise RuntimeError(f"turn {turn} did not close")

    return close


def _cpu(act: Callable[[], Any]) -> float:
    began = time.process_time()
    act()
    return time.process_time() - began


def _repeated(act: Callable[[], Any], count: int) -> float:
    act()  # the first one fills caches that a server has filled
    return statistics.median(_cpu(act) for _ in range(count))
