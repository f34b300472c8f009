"""playthrough: compare or rewrite the golden playthroughs of scenarios."""

from __future__ import annotations

from typing import Any

from django.core.management.base import CommandParser

from apps.scenarios.library import scenario_ids
from apps.scenarios.management.scenario_command import ScenarioCommand
from apps.scenarios.plays.playthrough import Playthrough, playthroughs_of
from apps.scenarios.problem import ScenarioError


class Command(ScenarioCommand):
    """Without --write it compares, and ends with exit code 1 if something differs."""

    help = (
        "Play the golden playthroughs of the library's scenarios and compare them with what is "
        "kept: every viewer's view, turn by turn. --write keeps what the rules say now; review "
        "its diff before you commit it."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("scenario", nargs="*", help="ids of the library; all, if none is given")
        parser.add_argument("--write", action="store_true", help="write the golden files anew")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            found = [
                one
                for scenario_id in options["scenario"] or scenario_ids()
                for one in playthroughs_of(scenario_id)
            ]
            outcomes = [self._one(one, write=options["write"]) for one in found]
        except ScenarioError as error:
            self.refuse(error, as_json=options["json"])
        if options["json"]:
            self.print_json(outcomes)
        else:
            for outcome in outcomes:
                for line in outcome["difference"]:
                    self.stdout.write(line)
                self.stdout.write(f"{outcome['scenario']}/{outcome['name']}: {outcome['verdict']}")
        if any(outcome["verdict"] == "differs" for outcome in outcomes):
            raise SystemExit(1)

    @staticmethod
    def _one(one: Playthrough, *, write: bool) -> dict[str, Any]:
        difference = one.difference()
        verdict = "as kept" if not difference else "written" if write else "differs"
        if difference and write:
            one.golden.write_text(one.rendered(), encoding="utf-8")
        return {
            "scenario": one.scenario,
            "name": one.name,
            "verdict": verdict,
            "difference": [] if write else difference,
        }
