"""Verify games: `manage.py verify FILE-OR-GAME ...`; without arguments, every game here."""

from __future__ import annotations

import uuid
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from apps.games.models import Game
from apps.games.verifying import verify_game
from apps.journal import store
from apps.replay.importing import checked
from apps.replay.models import SavedGame
from apps.replay.savefile import SaveFileError
from apps.replay.sources import source_for
from apps.replay.verification import verified


class Command(BaseCommand):
    """Checks the chain of digests and adjudicates every turn again."""

    help = (
        "Verify saved-game files and games of the database: the chain of digests is whole, and "
        "the same orders give the same events. Names the first thing that is wrong."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """Files and ids; none means every game of the database."""
        parser.add_argument("what", nargs="*", help="a file, or the id of a game")

    def handle(self, *args: Any, **options: Any) -> None:
        """Verify each, print a line for each, and fail if any of them is not whole."""
        what = options["what"] or [
            str(pk)
            for model in (Game, SavedGame)
            for pk in model.objects.order_by("created_at").values_list("pk", flat=True)
        ]
        wrong = 0
        for one in what:
            trouble = _trouble(one)
            wrong += trouble is not None
            self.stdout.write(f"{one}: {trouble or 'whole'}")
        if wrong:
            raise CommandError(f"{wrong} of {len(what)} not whole.")


def _trouble(what: str) -> str | None:
    """What is wrong with a file or game; None if it is whole."""
    path = Path(what)
    if path.is_file():
        try:
            checked(path.read_bytes())
        except SaveFileError as error:
            return str(error)
        return None
    try:
        source = source_for(uuid.UUID(what))
    except ValueError:
        return "no such file, and not the id of a game"
    if source is None:
        return "there is no such game"
    game = Game.objects.filter(pk=source.stream).first()
    if game is not None:
        return "; ".join(verify_game(game)) or None
    finding = verified(store.read(source.stream), source.document, source.seed)
    return str(finding) if finding else None
