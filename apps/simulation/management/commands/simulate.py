"""simulate: many whole games by doctrine, and what they came to."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from apps.scenarios.loading import load_path
from apps.scenarios.naming import path_named
from apps.scenarios.problem import ScenarioError
from apps.simulation.local import play_here
from apps.simulation.report import report_of
from apps.simulation.services import Question, create_study
from apps.simulation.statistics import summary_of
from apps.simulation.tables import columns_of, csv_lines, rows_of
from apps.simulation.whole_game import doctrines_for


class Command(BaseCommand):
    """Plays in this machine's processes, or with --queue through the workers."""

    help = (
        "Play many whole games in which every government follows a doctrine, and print endings, "
        "scores, moves and rules that never fired. The same seed gives the same games, with any "
        "number of jobs."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--scenario", default="korean_knot", help="an id of the library, or a path"
        )
        parser.add_argument("--games", type=int, default=200, help="how many games (default 200)")
        parser.add_argument("--seed", default="1", help="the seed of the dice (default 1)")
        parser.add_argument("--jobs", type=int, default=1, help="processes (default 1)")
        parser.add_argument(
            "--turns", type=int, help="turns of each game; the scenario's, if not given"
        )
        parser.add_argument(
            "--seat",
            action="append",
            default=[],
            metavar="US=hard_line",
            help="the doctrine of a government: an id, passive, random, or by_lot (the default)",
        )
        parser.add_argument("--csv", metavar="FILE", help="write one row a game")
        parser.add_argument("--json", action="store_true", help="print everything as JSON")
        parser.add_argument(
            "--queue",
            action="store_true",
            help="make a study of the lab and let the workers play it; prints its address",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if not 1 <= options["games"] <= 1_000_000 or not 1 <= options["jobs"] <= 256:
            raise CommandError("--games goes from 1 to 1,000,000, --jobs from 1 to 256")
        try:
            loaded = load_path(path_named(options["scenario"]))
            seats = self._seats(options["seat"], loaded.document)
            self._check_turns(options["turns"], loaded.document)
            self._check_csv(options["csv"])
            doctrines_for(loaded.ruleset, seats, options["seed"])
        except (ScenarioError, ValueError) as error:
            raise CommandError(str(error)) from error
        if options["queue"]:
            self._queue(loaded.id, loaded.document, seats, options)
            return
        played = play_here(
            loaded.document,
            options["seed"],
            options["games"],
            jobs=options["jobs"],
            seats=seats,
            turns=options["turns"],
            progress=lambda done: self._progress(done, options["games"]),
        )
        if options["csv"]:
            columns = columns_of(loaded.document, played.games[0])
            lines = csv_lines(columns, rows_of(loaded.document, "", played.games))
            Path(options["csv"]).write_text("".join(lines), encoding="utf-8")
        summary = summary_of(played.games, played.fired, loaded.document)
        if options["json"]:
            self.stdout.write(json.dumps(summary, indent=2, ensure_ascii=False))
        else:
            self.stdout.write(report_of(summary, loaded.document))

    @staticmethod
    def _seats(given: list[str], document: dict[str, Any]) -> dict[str, str]:
        seats = {}
        known = list(document["governments"])
        for one in given:
            seat, sign, doctrine = one.partition("=")
            if not sign:
                raise ValueError(f"write --seat GOVERNMENT=DOCTRINE, not {one}")
            if seat not in known:
                raise ValueError(f"there is no government {seat}: {', '.join(known)}")
            seats[seat] = doctrine
        return seats

    @staticmethod
    def _check_turns(turns: int | None, document: dict[str, Any]) -> None:
        limits = document["scenario"]["turns"]
        if turns is not None and not limits["min"] <= turns <= limits["max"]:
            raise ValueError(f"--turns goes from {limits['min']} to {limits['max']} here")

    @staticmethod
    def _check_csv(given: str | None) -> None:
        """Before the games are played: nobody waits for a thousand that cannot be written."""
        if given and (Path(given).is_dir() or not Path(given).absolute().parent.is_dir()):
            raise ValueError(f"--csv needs a file in a folder that exists, not {given}")

    def _progress(self, done: int, games: int) -> None:
        if self.stderr.isatty():
            self.stderr.write(f"\r{done} of {games} games", ending="" if done < games else "\n")

    def _queue(
        self,
        scenario: str,
        document: dict[str, Any],
        seats: dict[str, str],
        options: dict[str, Any],
    ) -> None:
        study = create_study(
            by=None,
            question=Question(
                title=f"{document['scenario']['title']}, {options['games']} games",
                scenario=scenario,
                document=document,
                games=options["games"],
                seed=options["seed"],
                turns=options["turns"],
                seats=seats,
            ),
        )
        address = f"/lab/{study.pk}/"
        if options["json"]:
            self.stdout.write(json.dumps({"study": str(study.pk), "address": address}))
        else:
            self.stdout.write(f"The workers play it now: {address}")
