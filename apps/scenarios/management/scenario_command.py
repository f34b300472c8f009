"""What the scenario commands share: naming a scenario, JSON output, refusals and exit codes."""

from __future__ import annotations

import json
from typing import Any, NoReturn

from django.core.management.base import BaseCommand, CommandParser

from apps.engine import FACILITATOR, PUBLIC, Ruleset
from apps.scenarios.problem import Problem, ScenarioError, did_you_mean


class ScenarioCommand(BaseCommand):
    """A command about scenarios.

    Exit codes: 0 all is well, 1 the scenario or the input has errors, 2 the command was not
    understood.
    """

    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        """Adds `--json`; commands add their own."""
        parser.add_argument("--json", action="store_true", help="print JSON, for programs")

    def seat_named(self, ruleset: Ruleset, name: str) -> str:
        """The government of that id, in any case.

        Raises ScenarioError when the scenario has none.
        """
        known = {government.id.lower(): government.id for government in ruleset.governments}
        if name.lower() not in known:
            suggestion = did_you_mean(name, known.values()) or f"known: {', '.join(known.values())}"
            raise ScenarioError(
                [Problem("no-government", f"there is no government {name}", suggestion=suggestion)]
            )
        return known[name.lower()]

    def viewer_named(self, ruleset: Ruleset, name: str) -> str:
        """The engine's viewer for `public`, `facilitator`, or a government.

        Raises ScenarioError for any other name.
        """
        if name in (PUBLIC, FACILITATOR):
            return name
        return f"seat:{self.seat_named(ruleset, name.removeprefix('seat:'))}"

    def print_json(self, value: Any) -> None:
        """Prints a value as JSON, readable and with its letters as they are."""
        self.stdout.write(json.dumps(value, indent=2, ensure_ascii=False))

    def refuse(self, error: ScenarioError, *, as_json: bool) -> NoReturn:
        """Prints why a scenario cannot be used, and ends with exit code 1."""
        self.print_problems(list(error.problems), as_json=as_json)
        raise SystemExit(1)

    def print_problems(self, problems: list[Problem], *, as_json: bool) -> None:
        """Prints problems: as JSON on the output, else one a line on the error output."""
        if as_json:
            self.print_json({"problems": [problem.to_json() for problem in problems]})
            return
        for problem in problems:
            style = self.style.ERROR if problem.severity == "error" else self.style.WARNING
            self.stderr.write(style(str(problem)), ending="\n")
