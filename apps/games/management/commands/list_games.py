"""`manage.py list_games`: every session, with where it stands."""

from __future__ import annotations

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.db.models import Count, Q

from apps.games.models import Game


def described(game: Any) -> dict[str, Any]:
    """What the list tells of a session that was counted with its `people`."""
    return {
        "id": str(game.pk),
        "code": game.join_code,
        "phase": game.phase,
        "turn": game.turn,
        "turns": game.turns,
        "people": game.people,
        "title": game.title,
    }


class Command(BaseCommand):
    help = "List the sessions, newest first: id, join code, phase, turn, people, title."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--all", action="store_true", help="archived sessions too")
        parser.add_argument(
            "--phase", choices=Game.Phase.values, help="only sessions in this phase"
        )
        parser.add_argument("--json", action="store_true", help="one JSON list, for a program")

    def handle(self, *args: Any, **options: Any) -> None:
        games = Game.objects.all() if options["all"] else Game.objects.filter(archived_at=None)
        if options["phase"]:
            games = games.filter(phase=options["phase"])
        here = Count("memberships", filter=Q(memberships__removed_at=None))
        rows = [described(game) for game in games.annotate(people=here)]
        if options["json"]:
            self.stdout.write(json.dumps(rows, ensure_ascii=False))
            return
        for row in rows:
            self.stdout.write(
                f"{row['id']}  {row['code']}  {row['phase']:8}  {row['turn']:2}/{row['turns']:<2}  "
                f"{row['people']:2} people  {row['title']}"
            )
        if not rows:
            self.stdout.write("No sessions. `manage.py create_demo` makes one.")
