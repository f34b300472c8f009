"""`manage.py create_demo`: the demonstration's facilitator and a session that is ready."""

from __future__ import annotations

import json
import os
import secrets
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from apps.accounts.models import Person
from apps.games import services
from apps.games.models import Game
from apps.scenarios.library import load_scenario, scenario_ids

USERNAME = "demo"
PREFERRED = "korean_knot"
TITLE = "Demonstration"


class Command(BaseCommand):
    help = (
        "Make sure that there is a facilitator for the demonstration and a session to join, and "
        "print how to get in. Run it as often as you like: an open demonstration is kept. The "
        "password of a new account is taken from WARGAME_DEMO_PASSWORD, or made and printed."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--json", action="store_true", help="print one line of JSON")
        parser.add_argument("--scenario", help="the scenario of a new session")

    def handle(self, *args: Any, **options: Any) -> None:
        person, password = self._facilitator()
        game = self._open_game(person) or self._new_game(person, options["scenario"])
        told = {
            "username": person.username,
            "game": str(game.pk),
            "title": game.title,
            "code": game.join_code,
        }
        if options["json"]:
            self.stdout.write(json.dumps(told | ({"password": password} if password else {})))
            return
        shown = f", password {password}" if password else " (its password is unchanged)"
        self.stdout.write(f"facilitator: {person.username}{shown}")
        self.stdout.write(f"join code:   {game.join_code} ({game.title})")

    def _facilitator(self) -> tuple[Person, str]:
        """The account, and its password if it was made just now."""
        person = Person.objects.filter(username=USERNAME).first()
        if person is not None:
            return person, ""
        password = os.environ.get("WARGAME_DEMO_PASSWORD") or secrets.token_urlsafe(9)
        made = Person.objects.create_superuser(
            username=USERNAME, password=password, display_name="Facilitator"
        )
        return made, password

    def _open_game(self, person: Person) -> Game | None:
        return (
            Game.objects.filter(created_by=person, title=TITLE, archived_at=None)
            .exclude(phase=Game.Phase.FINISHED)
            .order_by("-created_at")
            .first()
        )

    def _new_game(self, person: Person, scenario: str | None) -> Game:
        known = scenario_ids()
        if not known:
            raise CommandError("The library holds no scenario.")
        chosen = scenario or (PREFERRED if PREFERRED in known else known[0])
        return services.create_game(by=person, scenario=load_scenario(chosen).document, title=TITLE)
