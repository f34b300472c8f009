"""scenario_schema: the JSON Schema of the scenario format."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import CommandError, CommandParser

from apps.scenarios.json_schema import SCHEMA_FILE, json_schema_text
from apps.scenarios.management.scenario_command import ScenarioCommand
from apps.scenarios.reference import REFERENCE_FILE, with_reference


class Command(ScenarioCommand):
    """Prints or writes the JSON Schema."""

    help = (
        "Print the JSON Schema of the scenario format (it is JSON in any case). Point your editor "
        f"at it, or at {SCHEMA_FILE}, to complete and check files as you type."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("--write", metavar="FILE", help="write it to a file")
        parser.add_argument(
            "--docs",
            action="store_true",
            help=f"write {SCHEMA_FILE}, and the reference in {REFERENCE_FILE}, anew",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        text = json_schema_text()
        if options["docs"]:
            page = Path(settings.BASE_DIR, REFERENCE_FILE)
            self._write(Path(settings.BASE_DIR, SCHEMA_FILE), text)
            self._write(page, with_reference(page.read_text(encoding="utf-8")))
        elif options["write"]:
            self._write(Path(options["write"]), text)
        else:
            self.stdout.write(text, ending="")

    def _write(self, path: Path, text: str) -> None:
        try:
            path.write_text(text, encoding="utf-8")
        except OSError as error:
            raise CommandError(f"cannot write {path}: {error.strerror}") from error
        self.stdout.write(f"wrote {path}")
