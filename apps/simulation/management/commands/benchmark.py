"""`manage.py benchmark NAME`: measure against a floor in the same run.

A benchmark is a module with `HELP`, `add_arguments(parser)` and `run(options) -> figures`. An app
offers its own by a dictionary `BENCHMARKS` (name -> module) in its package `benchmarks`; the
command finds them by the installed apps, so that no room has to import its neighbor.
"""

from __future__ import annotations

import json
from importlib import import_module
from importlib.util import find_spec
from types import ModuleType
from typing import Any

from django.apps import apps
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import DatabaseError


def benchmarks() -> dict[str, ModuleType]:
    """Every benchmark of the installed apps by name."""
    found: dict[str, ModuleType] = {}
    for app in apps.get_app_configs():
        if app.name.startswith(("apps.", "wargame.")) and find_spec(f"{app.name}.benchmarks"):
            offered = import_module(f"{app.name}.benchmarks").BENCHMARKS
            found |= {name: import_module(module) for name, module in offered.items()}
    return dict(sorted(found.items()))


class Command(BaseCommand):
    """Run one benchmark and print its figures as a table, or as JSON."""

    help = "Measure the product against a floor in the same run; see docs/performance.md."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        """One subcommand for each benchmark."""
        parser.set_defaults(benchmark=None)
        choices = parser.add_subparsers(title="benchmarks", metavar="NAME")
        for name, module in benchmarks().items():
            one = choices.add_parser(name, help=module.HELP, description=module.__doc__)
            module.add_arguments(one)
            one.add_argument("--json", action="store_true", help="print figures as JSON")
            one.set_defaults(benchmark=name)

    def handle(self, *args: Any, **options: Any) -> None:
        """Run the chosen benchmark."""
        name = options["benchmark"]
        if name is None:
            raise CommandError(f"name a benchmark: {', '.join(benchmarks())}")
        try:
            figures = benchmarks()[name].run(options)
        except (RuntimeError, TimeoutError) as error:
            raise CommandError(f"{name} could not be measured: {error}") from error
        except DatabaseError as error:
            raise CommandError(
                f"{name} plays in the database of the settings and takes it back afterwards, but "
                f"that cannot be used: {error}. Run manage.py migrate, or name another by "
                "WARGAME_DATABASE_URL."
            ) from error
        if options["json"]:
            self.stdout.write(json.dumps(figures, indent=2))
        else:
            self.stdout.write(table(figures["columns"], figures["rows"]))


def table(columns: dict[str, str], rows: list[dict]) -> str:
    """The figures as a Markdown table, ready for docs/performance.md."""
    lines = [list(columns.values())]
    lines += [["" if row[key] is None else str(row[key]) for key in columns] for row in rows]
    widths = [max(len(line[index]) for line in lines) for index in range(len(columns))]
    cells = [
        " | ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True))
        for line in lines
    ]
    rule = "|".join("-" * (width + 2) for width in widths)
    return "\n".join([f"| {cells[0]} |", f"|{rule}|", *(f"| {line} |" for line in cells[1:])])
