"""Import a saved game: `manage.py import_game FILE [--owner USERNAME]`."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from apps.accounts.models import Person
from apps.replay.importing import import_game
from apps.replay.savefile import SaveFileError


class Command(BaseCommand):
    """Checks a file, adjudicates it again, and keeps it as a saved game."""

    help = "Import a saved-game file (.json). Nothing is kept unless every check passes."

    def add_arguments(self, parser: CommandParser) -> None:
        """The file and whose game it becomes."""
        parser.add_argument("file", type=Path, help="a file of `manage.py export`, format json")
        parser.add_argument(
            "--owner", help="username of who owns it; without one, site administrators see it"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Import the file and print the new game's id."""
        owner = None
        if options["owner"]:
            owner = Person.objects.filter(username=options["owner"]).first()
            if owner is None:
                raise CommandError(f"Nobody has the username {options['owner']}.")
        try:
            saved = import_game(data=options["file"].read_bytes(), owner=owner)
        except OSError as error:
            raise CommandError(f"{options['file']} cannot be read: {error.strerror}.") from None
        except SaveFileError as error:
            raise CommandError(f"{options['file']} was not imported. {error}") from None
        self.stdout.write(str(saved.pk))
