"""`manage.py purge_games`: delete sessions that are past the retention period."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from apps.games.services.retention import delete_past_retention, games_past_retention


class Command(BaseCommand):
    help = (
        "Delete, with their journals, the sessions that were archived or finished longer ago "
        "than the retention period. Lists them; deletes only with --yes. A tombstone stays."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--days", type=int, required=True, help="how long sessions are kept")
        parser.add_argument("--yes", action="store_true", help="delete what is listed")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["days"] < 1:
            raise CommandError("Keep sessions for at least one day.")
        games = games_past_retention(days=options["days"])
        for game in games:
            self.stdout.write(f"{game.pk}  {game.title}")
        if options["yes"]:
            delete_past_retention(days=options["days"])
        done = "deleted" if options["yes"] else "would be deleted (say --yes)"
        self.stdout.write(f"{len(games)} session(s) {done}.")
