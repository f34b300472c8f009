"""legal_orders: what a government can order, and why the rest is closed."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import CommandParser

from apps.engine import MoveOption, Ruleset, State, initial_state, legal_orders
from apps.scenarios.loading import load_path
from apps.scenarios.management.scenario_command import ScenarioCommand
from apps.scenarios.naming import path_named
from apps.scenarios.plays.game_file import read_game_file
from apps.scenarios.plays.run import play, scenario_of
from apps.scenarios.problem import ScenarioError


class Command(ScenarioCommand):
    """Lists the moves of a seat at the opening, or after the turns of a game file."""

    help = (
        "List the orders that a government can give, with cost and parameters, and why a move is "
        "closed: at the opening of a scenario, or with --after a game file, in its next turn."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("scenario", help="an id of the library, or a path")
        parser.add_argument("government", help="the government that orders, e.g. US")
        parser.add_argument("--after", metavar="FILE", help="a game file to play first")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            ruleset, state = self._position(options)
            seat = self.seat_named(ruleset, options["government"])
        except ScenarioError as error:
            self.refuse(error, as_json=options["json"])
        moves = legal_orders(ruleset, state, seat)
        if options["json"]:
            moves_json = [move.to_json() for move in moves]
            self.print_json({"turn": state.turn, "seat": seat, "moves": moves_json})
            return
        self.stdout.write(f"Turn {state.turn} of {state.turns}, {seat}")
        for move in moves:
            self.stdout.write(self._line(move))

    def _position(self, options: dict[str, Any]) -> tuple[Ruleset, State]:
        if not options["after"]:
            ruleset = load_path(path_named(options["scenario"])).ruleset
            return ruleset, initial_state(ruleset)
        path = Path(options["after"])
        game = read_game_file(path)
        named = game.model_copy(update={"scenario": game.scenario or options["scenario"]})
        ruleset, _ = scenario_of(named, path)
        state = initial_state(ruleset, turns=game.turns)
        for turn in play(ruleset, named):
            state = turn.result.state
        return ruleset, state

    def _line(self, move: MoveOption) -> str:
        mark = "+" if move.open else "-"
        parameters = ", ".join(one.name for one in move.parameters)
        told = f"  {mark} {move.move}: {move.title}, cost {move.cost:g}"
        told += f" ({parameters})" if parameters else ""
        return told if move.open else f"{told}\n      {move.reason}"
