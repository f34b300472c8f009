"""`manage.py balance`: many games by doctrine, and whether the scenario keeps within its bounds."""

from __future__ import annotations

import json
import shlex
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from apps.scenarios.library import load_scenario, scenario_ids
from apps.simulation.balance_report import report
from apps.simulation.findings import Findings
from apps.simulation.local import play_here


class Command(BaseCommand):
    """Plays many games by doctrine and reports endings, objectives and moves."""

    help = (
        "Play many games by doctrine and report how they end, how often each government reaches "
        "its objectives, and how often each move is ordered. Ends with 1 if a bound is broken."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The options of the command."""
        parser.add_argument(
            "scenario", nargs="?", default="korean_knot", help="an id of the library"
        )
        parser.add_argument("--games", type=int, default=500, help="how many games (default 500)")
        parser.add_argument("--seed", default="balance", help="the seed of the dice")
        parser.add_argument("--turns", type=int, help="length of a game (default: the scenario's)")
        parser.add_argument(
            "--threshold",
            type=float,
            default=60,
            help="weight of objectives reached that counts as success, 0 to 100 (default 60)",
        )
        parser.add_argument("--jobs", type=int, default=2, help="processes (default 2)")
        parser.add_argument("--json", action="store_true", help="print JSON, for programs")
        parser.add_argument("--write", metavar="FILE", help="write the report to a file")

    def handle(self, *args: Any, **options: Any) -> None:
        """Plays, reports, and fails if a bound is broken."""
        scenario = options["scenario"]
        if scenario not in scenario_ids():
            known = ", ".join(scenario_ids())
            raise CommandError(f"there is no scenario {scenario} in the library: take {known}")
        if options["games"] < 1 or options["jobs"] < 1:
            raise CommandError("--games and --jobs must be 1 or more")
        document = load_scenario(scenario).document
        played = play_here(
            document,
            options["seed"],
            options["games"],
            jobs=options["jobs"],
            turns=options["turns"],
        )
        findings = Findings(played.games, options["threshold"], document)
        text = report(findings, _command(options))
        if options["write"]:
            Path(options["write"]).write_text(text, encoding="utf-8")
        self.stdout.write(json.dumps(_plain(findings), indent=1) if options["json"] else text)
        breaches = list(findings.breaches())
        if breaches:
            raise CommandError("outside the bounds: " + "; ".join(breaches))


def _command(options: dict[str, Any]) -> str:
    words = ["manage.py", "balance", options["scenario"], "--games", str(options["games"])]
    words += ["--seed", options["seed"], "--threshold", f"{options['threshold']:g}"]
    if options["turns"]:
        words += ["--turns", str(options["turns"])]
    return shlex.join(words)


def _plain(findings: Findings) -> dict[str, Any]:
    return {
        "games": len(findings.games),
        "threshold": findings.threshold,
        "endings": findings.endings(),
        "success": findings.success(),
        "all_satisfied": findings.all_satisfied(),
        "aims": findings.aims(),
        "doctrines": findings.doctrines(),
        "orders": findings.orders(),
        "resolutions": findings.resolutions(),
        "breaches": list(findings.breaches()),
    }
