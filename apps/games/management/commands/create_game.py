"""`manage.py create_game`: create a session of a scenario of the library."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from apps.accounts.named import account_named
from apps.games import services
from apps.games.refusals import Refusal
from apps.scenarios.library import load_scenario, scenario_ids
from apps.scenarios.problem import ScenarioError


class Command(BaseCommand):
    help = "Create a session and print its id and join code."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "scenario", help="a scenario of the library: " + ", ".join(scenario_ids())
        )
        parser.add_argument(
            "--facilitator", required=True, help="the username of the person who runs it"
        )
        parser.add_argument("--title", default="", help="what people see it called")
        parser.add_argument("--turns", type=int, help="how many turns; the scenario's by default")
        parser.add_argument(
            "--seconds", type=int, help="the clock of a turn in seconds; no clock by default"
        )
        parser.add_argument(
            "--reading", type=int, help="seconds for reading the results before the talks"
        )
        parser.add_argument(
            "--talks", type=int, help="seconds for talks before the orders; 0 waits for you"
        )
        parser.add_argument("--grace", type=int, default=0, help="seconds after the orders' clock")
        parser.add_argument("--review", action="store_true", help="hold results for review")
        parser.add_argument(
            "--doctrine",
            action="append",
            default=[],
            metavar="GOVERNMENT",
            help="let a doctrine lead this seat; may be given several times",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        person = account_named(options["facilitator"])
        try:
            game = services.create_game(
                by=person,
                scenario=load_scenario(options["scenario"]).document,
                title=options["title"],
                turns=options["turns"],
                seconds_per_turn=options["seconds"],
                timetable={
                    phase: options[phase] or None
                    for phase in ("reading", "talks")
                    if options[phase] is not None
                },
                grace_seconds=options["grace"],
                review=options["review"],
                seats={name: {"mode": "doctrine"} for name in options["doctrine"]},
            )
        except Refusal as refusal:
            raise CommandError(refusal.sentence) from refusal
        except ScenarioError as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"{game.pk}  join code {game.join_code}  {game.title}")
