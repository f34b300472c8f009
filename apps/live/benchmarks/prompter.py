"""`python -m apps.live.benchmarks.prompter`: a game, and somebody who acts in it on command.

Prints one line of JSON with the game and a session cookie for each seat, then obeys lines on
standard input and answers each with a line: `orders` (every delegation drafts what its doctrine
would order), `close` (the facilitator closes the turn), `empty` (enqueue the empty task),
`turn` (talks, orders, and the turn closed in this process), `pages` (what pages cost here).
"""

from __future__ import annotations

import json
import os
import sys
from uuid import uuid4

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "wargame.settings")
django.setup()

from celery import current_app  # noqa: E402
from django.conf import settings  # noqa: E402
from django.contrib.auth import (  # noqa: E402
    BACKEND_SESSION_KEY,
    HASH_SESSION_KEY,
    SESSION_KEY,
)
from django.contrib.sessions.backends.db import SessionStore  # noqa: E402

from apps import engine  # noqa: E402
from apps.accounts.models import Person  # noqa: E402
from apps.games import selectors, services  # noqa: E402
from apps.games.models import Game, Membership  # noqa: E402
from apps.games.refusals import Refusal  # noqa: E402
from apps.games.rulesets import document_for, ruleset_for  # noqa: E402
from apps.live.benchmarks import costs  # noqa: E402
from apps.live.benchmarks.push import GAME as FLOOR_GAME  # noqa: E402
from apps.scenarios.library import load_scenario  # noqa: E402

BACKEND = "django.contrib.auth.backends.ModelBackend"


class Prompter:
    """One game of a scenario, a player in each delegation, and its facilitator."""

    def __init__(self, scenario: str, turns: int) -> None:
        document = load_scenario(scenario).document
        self.facilitator = Person.objects.create_user(
            username=f"benchmark-{uuid4().hex[:8]}", password=uuid4().hex
        )
        game = services.create_game(
            by=self.facilitator, scenario=document, turns=turns, seed="benchmark"
        )
        self.game_id = game.pk
        self.members: dict[str, Membership] = {}
        for seat in document["governments"]:
            member = services.join_game(code=game.join_code, display_name=f"Player {seat}")
            services.take_seat(membership=member, government=seat)
            member.refresh_from_db()
            self.members[seat] = member
        services.start_game(by=self.facilitator, game_id=self.game_id)

    def told(self) -> dict:
        """What the benchmark needs to open sockets."""
        people = [member.person for member in self.members.values()]
        return {"game": str(self.game_id), "cookies": [cookie_of(person) for person in people]}

    def orders(self) -> int:
        """Save the drafts that each government's first doctrine would order; how many."""
        game = Game.objects.get(pk=self.game_id)
        ruleset = ruleset_for(game)
        saved = 0
        for seat, member in self.members.items():
            doctrines = document_for(game).get("doctrines", {}).get(seat) or {}
            if not doctrines:
                continue
            view = selectors.view_for(game, f"seat:{seat}")
            assert view is not None
            seed = f"{game.seed}:{game.turn}"
            for choice in engine.choose_orders(ruleset, view, seat, next(iter(doctrines)), seed):
                try:
                    services.save_draft(
                        membership=member,
                        move=choice.order.move,
                        parameters=choice.order.parameters,
                        intent="As our doctrine has it.",
                        expects="We shall see.",
                    )
                    saved += 1
                except Refusal:
                    continue
        return saved

    def talk(self) -> None:
        """Every delegation says something in public and something to each other one."""
        for seat, member in self.members.items():
            services.publish_statement(membership=member, text=f"{seat} watches with concern.")
            for other in self.members:
                if other != seat:
                    services.send_message(membership=member, to=[other], text="Shall we talk?")

    def pages(self) -> dict[str, dict]:
        """What three pages cost here: the room, the control room's board, the replay."""
        player = next(iter(self.members.values())).person
        events = Game.objects.get(pk=self.game_id).sequence
        return {
            what: {"events": events, **costs.of_page(person, path)}
            for what, person, path in (
                ("room", player, f"/games/{self.game_id}/"),
                ("board", self.facilitator, f"/control/{self.game_id}/"),
                ("replay", self.facilitator, f"/replay/{self.game_id}/"),
            )
        }

    def obey(self, word: str) -> object:
        """Do one thing; the answer goes back as JSON."""
        if word == "orders":
            return self.orders()
        if word == "close":
            services.close_now(by=self.facilitator, game_id=self.game_id)
            return None
        if word == "turn":
            self.talk()
            self.orders()
            turn = Game.objects.values_list("turn", flat=True).get(pk=self.game_id)
            services.close_turn(game_id=self.game_id, turn=turn, reason="facilitator")
            return None
        if word == "pages":
            return self.pages()
        if word == "empty":
            current_app.send_task("benchmark.empty", args=[str(FLOOR_GAME)], queue="turns")
            return None
        raise ValueError(word)


def cookie_of(person: Person) -> str:
    """A session of `person`, as the cookie header of a handshake."""
    session = SessionStore()
    session[SESSION_KEY] = str(person.pk)
    session[BACKEND_SESSION_KEY] = BACKEND
    session[HASH_SESSION_KEY] = person.get_session_auth_hash()
    session.create()
    return f"{settings.SESSION_COOKIE_NAME}={session.session_key}"


def main() -> None:
    """Obey until standard input ends."""
    prompter = Prompter(sys.argv[1], int(sys.argv[2]))
    sys.stdout.write(json.dumps(prompter.told()) + "\n")
    sys.stdout.flush()
    for line in sys.stdin:
        sys.stdout.write(json.dumps(prompter.obey(line.strip())) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
