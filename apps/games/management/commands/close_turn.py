"""`manage.py close_turn`: close a turn from the command line."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.core.management.base import BaseCommand, CommandError, CommandParser

from apps.games import services
from apps.games.models import Game


class Command(BaseCommand):
    help = (
        "Close the open turn of a session now, with drafts as they stand, in this process. "
        "For an operator whose worker is away; a facilitator uses the control room."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("game", type=UUID, help="the session's id (see list_games)")
        parser.add_argument(
            "--turn", type=int, help="refuse unless this turn is open; the open one by default"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        game = Game.objects.filter(pk=options["game"]).first()
        if game is None:
            raise CommandError("There is no such session. `manage.py list_games` lists them.")
        turn = options["turn"] or game.turn
        if not services.close_turn(game_id=game.pk, turn=turn, reason="facilitator"):
            raise CommandError(f"Turn {turn} is not open: the session is at {game.phase}.")
        game.refresh_from_db()
        self.stdout.write(f"Turn {turn} is closed; the session is at {game.phase}, {game.turn}.")
