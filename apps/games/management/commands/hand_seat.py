"""`manage.py hand_seat`: let people, a doctrine or nobody lead a seat."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.core.management.base import BaseCommand, CommandError, CommandParser

from apps.accounts.named import account_named
from apps.games import services
from apps.games.models import Seat
from apps.games.refusals import Refusal


class Command(BaseCommand):
    help = "Hand a seat of a session to people, a doctrine or nobody. Kept in the journal."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("game", type=UUID, help="the session's id (see list_games)")
        parser.add_argument("government", help="the seat, for example US")
        parser.add_argument("mode", choices=Seat.Mode.values, help="who leads it from now on")
        parser.add_argument("--doctrine", default="", help="which doctrine; its first by default")
        parser.add_argument("--by", required=True, help="the username of the one who does this")

    def handle(self, *args: Any, **options: Any) -> None:
        person = account_named(options["by"])
        try:
            services.hand_seat(
                by=person,
                game_id=options["game"],
                government=options["government"],
                mode=options["mode"],
                doctrine=options["doctrine"],
            )
        except Refusal as refusal:
            raise CommandError(refusal.sentence) from refusal
        self.stdout.write(f"{options['government']} is now led by {options['mode']}.")
