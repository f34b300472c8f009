"""`manage.py restore`: a backup into an empty database."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from wargame.deployment import archive


class Command(BaseCommand):
    help = (
        "Put a file of `manage.py backup` into the database of WARGAME_DATABASE_URL, which must "
        "be migrated and empty. All of it or nothing; every journal's chain is verified."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, help="the backup")

    def handle(self, *args: Any, file: Path, **options: Any) -> None:
        try:
            summary = archive.read(file)
        except archive.UnusableBackupError as error:
            raise CommandError(str(error)) from error
        for label, count in summary.rows.items():
            if count:
                self.stdout.write(f"{count:>8}  {label}")
        self.stdout.write(
            f"{summary.total} rows of {summary.made} (release {summary.release}) are back"
        )
