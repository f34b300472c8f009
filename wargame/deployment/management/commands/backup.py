"""`manage.py backup`: the journal and the database in one file."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from wargame.deployment import archive

PATTERN = "korean-knot-*.tar.gz"


class Command(BaseCommand):
    help = (
        "Write every game, journal and account to one file, as of one moment, while the product "
        "runs. `manage.py restore` puts it into an empty database, SQLite or PostgreSQL."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "folder", type=Path, help="where the file goes; it is named by the time (UTC)"
        )
        parser.add_argument(
            "--keep",
            type=int,
            metavar="N",
            help="afterwards remove all but the N newest backups in the folder",
        )

    def handle(self, *args: Any, folder: Path, keep: int | None, **options: Any) -> None:
        if keep is not None and keep < 1:
            raise CommandError(f"--keep {keep} would remove the backup itself: give 1 or more")
        if not folder.is_dir():
            raise CommandError(f"{folder} is no folder: make it first")
        moment = datetime.now(UTC).strftime("%Y%m%dT%H%M%S%fZ")
        target = folder / f"korean-knot-{moment}.tar.gz"
        try:
            summary = archive.write(target)
        except OSError as error:
            raise CommandError(f"the backup cannot be written to {folder}: {error}") from error
        self.stdout.write(f"{target}: {summary.total} rows, {target.stat().st_size} bytes")
        if keep is not None:
            for old in sorted(folder.glob(PATTERN))[:-keep]:
                old.unlink()
                self.stdout.write(f"{old} removed")
