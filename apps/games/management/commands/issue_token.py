"""`manage.py issue_token`: let a program play a seat over the HTTP interface."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.core.management.base import BaseCommand, CommandError, CommandParser

from apps.accounts.named import account_named
from apps.games import services
from apps.games.refusals import Refusal


class Command(BaseCommand):
    help = "Let a program join a seat; prints its token, which is shown this once."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("game", type=UUID, help="the session's id (see list_games)")
        parser.add_argument("government", help="the seat, for example RUS")
        parser.add_argument("--name", default="Program", help="how it is called in the room")
        parser.add_argument("--by", required=True, help="the username of the facilitator")

    def handle(self, *args: Any, **options: Any) -> None:
        person = account_named(options["by"])
        try:
            token = services.issue_token(
                by=person,
                game_id=options["game"],
                government=options["government"],
                name=options["name"],
            )
        except Refusal as refusal:
            raise CommandError(refusal.sentence) from refusal
        self.stdout.write(token)
