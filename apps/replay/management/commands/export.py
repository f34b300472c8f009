"""Export a game: `manage.py export GAME --format json|jsonl|csv [--output FILE]`."""

from __future__ import annotations

import sys
import uuid
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from apps.journal import store
from apps.replay.exporting import as_csv, as_json, as_json_lines
from apps.replay.sources import source_for


class Command(BaseCommand):
    """Writes a session or saved game to a file or to standard output."""

    help = (
        "Export a game. json is complete and can be imported and verified; jsonl and csv are for "
        "analysis. Every format holds secrets: orders, talks and votes of all governments."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """The game, the format, and where to write."""
        parser.add_argument("game", type=uuid.UUID, help="id of a session or saved game")
        parser.add_argument(
            "--format",
            choices=("json", "jsonl", "csv"),
            default="json",
            help="json (default) is complete and can be imported; jsonl and csv are tables",
        )
        parser.add_argument(
            "--output", type=Path, help="file to write; standard output if left out"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Write the export, or say that there is no such game."""
        source = source_for(options["game"])
        if source is None:
            raise CommandError(f"There is no game {options['game']}. Its id stands in its address.")
        records = store.read(source.stream)
        if options["format"] == "json":
            data = as_json(source, records)
        elif options["format"] == "jsonl":
            data = b"".join(as_json_lines(source, records))
        else:
            data = "".join(as_csv(records)).encode()
        if options["output"] is None:
            sys.stdout.buffer.write(data)
            return
        try:
            options["output"].write_bytes(data)
        except OSError as error:
            raise CommandError(
                f"{options['output']} cannot be written: {error.strerror}."
            ) from None
        self.stderr.write(f"{options['output']}: {len(records):,} events, {len(data):,} bytes")
