"""adjudicate: a game file in, the same out with events, states and explanations."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import CommandParser

from apps.engine import FACILITATOR
from apps.scenarios.management.scenario_command import ScenarioCommand
from apps.scenarios.plays.game_file import read_game_file
from apps.scenarios.plays.results import results_of
from apps.scenarios.plays.run import play, scenario_of
from apps.scenarios.plays.telling import told
from apps.scenarios.problem import ScenarioError


class Command(ScenarioCommand):
    """Adjudicates a game that stands in a file, without a database or a server."""

    help = (
        "Adjudicate a game file: YAML or JSON with scenario, seed, turns and play (for each turn "
        "orders, votes, accords, injects). Prints what happened, or with --json the same file "
        "with results: events, states and explanations of each turn."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("file", help="the game file; docs/scenario-format.md describes it")
        parser.add_argument(
            "--as",
            dest="viewer",
            default="facilitator",
            metavar="VIEWER",
            help="public, facilitator (the default), or a government such as US",
        )

        parser.add_argument(
            "--why",
            action="store_true",
            help="print the reasons of each event, and what would have changed it",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        path = Path(options["file"])
        try:
            game = read_game_file(path)
            ruleset, _ = scenario_of(game, path)
            viewer = self.viewer_named(ruleset, options["viewer"])
            turns = list(play(ruleset, game))
        except ScenarioError as error:
            self.refuse(error, as_json=options["json"])
        if options["json"]:
            # The orders themselves are everybody's secrets: only the facilitator gets them back.
            kept = None if viewer == FACILITATOR else {"format", "title", "seed", "turns"}
            written = game.model_dump(mode="json", by_alias=True, exclude_none=True, include=kept)
            written["results"] = [results_of(ruleset, turn, viewer) for turn in turns]
            self.print_json(written)
            return
        for turn in turns:
            self.stdout.write(told(ruleset, turn, viewer, why=options["why"]))
