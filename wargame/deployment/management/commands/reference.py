"""`manage.py reference`: writes docs/reference.md from the code."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from wargame.deployment.reference import UndocumentedError, page

PAGE = Path("docs") / "reference.md"


class Command(BaseCommand):
    help = "Write docs/reference.md: every command, address and kind of event, from the code."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--check", action="store_true", help="write nothing; fail if the page is not current"
        )

    def handle(self, *args: Any, check: bool, **options: Any) -> None:
        path = settings.BASE_DIR / PAGE
        try:
            text = page()
        except UndocumentedError as error:
            raise CommandError(str(error)) from error
        current = path.read_text() if path.exists() else ""
        if check and current != text:
            raise CommandError(f"{PAGE} is not current: run `manage.py reference` and commit it")
        if not check:
            path.write_text(text)
            self.stdout.write(f"{PAGE} written")
