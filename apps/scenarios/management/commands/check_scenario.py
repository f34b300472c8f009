"""check_scenario: what is wrong with a scenario, with file, line, column and advice."""

from __future__ import annotations

from typing import Any

from django.core.management.base import CommandParser

from apps.scenarios.checking.report import Report, report_on
from apps.scenarios.management.scenario_command import ScenarioCommand
from apps.scenarios.naming import path_named
from apps.scenarios.problem import ScenarioError


class Command(ScenarioCommand):
    """Checks a scenario of the library, or a folder or file of your own."""

    help = (
        "Check a scenario: its structure, its names and types, its rules and their examples. "
        "Exit code 0: no errors; 1: errors (with --strict also warnings)."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        super().add_arguments(parser)
        parser.add_argument(
            "scenario", nargs="+", help="an id of the library, or a path to a folder or file"
        )
        parser.add_argument("--strict", action="store_true", help="treat warnings as errors")

    def handle(self, *args: Any, **options: Any) -> None:
        reports: list[Report] = []
        for name in options["scenario"]:
            try:
                reports.append(report_on(path_named(name)))
            except ScenarioError as error:
                reports.append(Report(None, error.problems))
        if options["json"]:
            written = [report.to_json() for report in reports]
            self.print_json(written[0] if len(written) == 1 else written)
        else:
            for name, report in zip(options["scenario"], reports, strict=True):
                self._print(name, report)
        if any(report.errors or (options["strict"] and report.warnings) for report in reports):
            raise SystemExit(1)

    def _print(self, name: str, report: Report) -> None:
        self.print_problems(list(report.problems), as_json=False)
        counts = ", ".join(f"{number} {what}" for what, number in report.counts().items())
        verdict = f"{len(report.errors)} errors, {len(report.warnings)} warnings"
        style = self.style.ERROR if report.errors else self.style.SUCCESS
        self.stdout.write(style(f"{name}: {verdict}") + (f" ({counts})" if counts else ""))
