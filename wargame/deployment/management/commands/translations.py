"""`manage.py translations`: gather marked texts, compile and check the catalogs."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from babel.messages.pofile import PoFileError
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from wargame.translation import catalogs, checks, extraction


class Command(BaseCommand):
    help = (
        "Keeps the catalogs of the interface's languages (locale/<language>/LC_MESSAGES/django.po; "
        "docs/translations.md). `update` takes in what the sources mark, `compile` makes what the "
        "server reads, `check` lists what is missing or does not agree. None needs gettext on "
        "the system."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "act",
            choices=["update", "compile", "check"],
            help="update: write newly marked texts into the catalogs, and drop those that no "
            "source marks any more; compile: write the .mo files; check: say what is wrong and "
            "end with 1 if anything is",
        )
        parser.add_argument(
            "--language",
            action="append",
            choices=[code for code, _ in settings.LANGUAGES if code != settings.LANGUAGE_CODE],
            help="only this language; may be given more than once (default: all but English)",
        )

    def handle(self, *, act: str, language: list[str] | None, **options: Any) -> None:
        codes = language or [code for code, _ in settings.LANGUAGES][1:]
        try:
            getattr(self, f"_{act}")(codes)
        except PoFileError as error:
            raise CommandError(f"{error}. Mend the line and run this again.") from error

    def _update(self, codes: list[str]) -> None:
        marked = extraction.marked()
        for code in codes:
            path = catalogs.LOCALE / code / "LC_MESSAGES" / "django.po"
            catalog = catalogs.read(path) if path.exists() else catalogs.new(code)
            catalog.update(marked, no_fuzzy_matching=True, update_creation_date=False)
            catalogs.write(catalog, path)
            missing = sum(line.startswith("missing") for line in checks.problems(catalog, marked))
            self.stdout.write(f"{code}: {len(marked)} texts, {missing} to translate")

    def _compile(self, codes: list[str]) -> None:
        for path in catalogs.compile_all():
            self.stdout.write(f"compiled {path.relative_to(catalogs.ROOT)}")

    def _check(self, codes: list[str]) -> None:
        marked, found = extraction.marked(), 0
        for code in codes:
            path = catalogs.LOCALE / code / "LC_MESSAGES" / "django.po"
            if not path.exists():
                raise CommandError(f"There is no {path}. `translations update` makes it.")
            for line in checks.problems(catalogs.read(path), marked):
                self.stdout.write(f"{code}: {line}")
                found += 1
        if found:
            raise CommandError(f"{found} to mend.")
        self.stdout.write("The catalogs are complete and agree with the sources.")
