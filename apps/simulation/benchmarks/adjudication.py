"""`manage.py benchmark adjudication`: a full turn adjudicated, against `diplomacy`'s process().

Contenders take turns in one process, and what is measured is the processor's time, so that a
busy machine disturbs all alike:

- process(): the package `diplomacy` adjudicates a movement phase of seven powers with random
  orders. Install it with `uv pip install --group benchmark`; without it the next line is the
  floor.
- rules alone: every condition and amount of the turn is evaluated, and nothing is done with them.
- state only: the turn as simulations adjudicate it.
- with events: the turn as a game adjudicates it, each event with all that explains it, nothing
  put off until somebody reads it.
- with JSON values: the same, and each event as the plain values that the journal is given.
- one condition: a rule's condition, the mean of all that look at the board alone.

The turn is the fifth of a game in which every government follows its first doctrine.
"""

from __future__ import annotations

import argparse
import gc
import random
import statistics
import time
from collections.abc import Callable
from typing import Any

from apps.engine import Order, Ruleset, State, adjudicate, initial_state
from apps.engine.board import Board
from apps.engine.doctrine import choose_orders_in
from apps.engine.ruleset import Rule
from apps.scenarios.library import load_scenario

HELP = "a full turn adjudicated, against diplomacy's process()"
SEED = "benchmark"
TURN = 5
CONDITION_ROUNDS = 20


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Scenario and number of repetitions."""
    parser.add_argument("--scenario", default="korean_knot", help="an id of the library")
    parser.add_argument("--repeat", type=int, default=200, metavar="N", help="repetitions")


def run(options: dict[str, Any]) -> dict[str, Any]:
    """Measure all contenders in turn."""
    ruleset = load_scenario(options["scenario"]).ruleset
    state, orders = full_turn(ruleset)
    contenders: dict[str, Callable[[], float]] = {}
    movement = _movement_phases()
    if movement is not None:
        contenders["diplomacy process()"] = movement
    contenders["rules alone"] = lambda: _timed(lambda: _rules_alone(ruleset, state))
    contenders["state only"] = lambda: _timed(
        lambda: adjudicate(ruleset, state, orders, (), SEED, record=False)
    )
    contenders["with events"] = lambda: _timed(lambda: adjudicate(ruleset, state, orders, (), SEED))
    contenders["with JSON values"] = lambda: _timed(
        lambda: [e.to_json() for e in adjudicate(ruleset, state, orders, (), SEED).events]
    )
    conditions = [
        rule.condition.run
        for rule in ruleset.rules.values()
        if rule.condition is not None and _plain(rule)
    ]
    contenders["one condition"] = lambda: (
        _timed(lambda: _conditions(ruleset, state, conditions))
        / (len(conditions) * CONDITION_ROUNDS)
    )
    times = measured(contenders, options["repeat"])
    floor = next(iter(contenders))
    base = statistics.median(times[floor])
    events = len(adjudicate(ruleset, state, orders, (), SEED).events)
    sizes = {
        "state only": f"{len(orders)} orders",
        "with events": f"{events} events",
        "one condition": f"mean of {len(conditions)}",
    }
    return {
        "scenario": options["scenario"],
        "floor": floor,
        "columns": {
            "what": "what",
            "median": "median ms",
            "fastest": "fastest ms",
            "ratio": f"ratio to {floor}",
            "size": "size",
        },
        "rows": [
            {
                "what": name,
                "median": f"{statistics.median(found) * 1e3:.4f}",
                "fastest": f"{min(found) * 1e3:.4f}",
                "ratio": f"{statistics.median(found) / base:.2f}",
                "size": sizes.get(name),
            }
            for name, found in times.items()
        ],
    }


def full_turn(ruleset: Ruleset) -> tuple[State, list[Order]]:
    """A state in mid-game and an order sheet of every government for it."""
    cast = {seat: next(iter(held)) for seat, held in ruleset.doctrines.items() if held}
    state = initial_state(ruleset)
    while True:
        orders = [
            choice.order
            for seat, doctrine in cast.items()
            for choice in choose_orders_in(ruleset, state, seat, doctrine, SEED)
        ]
        after = adjudicate(ruleset, state, orders, (), SEED, record=False).state
        if state.turn >= TURN or after.ended is not None:
            return state, orders
        state = after


def measured(contenders: dict[str, Callable[[], float]], repeat: int) -> dict[str, list[float]]:
    """Seconds of processor time of each contender, taken in turns in random order."""
    times: dict[str, list[float]] = {name: [] for name in contenders}
    for contender in contenders.values():
        contender()
    gc.collect()
    gc.freeze()
    try:
        for _ in range(repeat):
            for name in random.sample(list(contenders), len(contenders)):
                times[name].append(contenders[name]())
    finally:
        gc.unfreeze()
    return times


def _timed(work: Callable[[], object]) -> float:
    begun = time.process_time_ns()
    kept = work()
    spent = time.process_time_ns() - begun
    del kept
    return spent / 1e9


def _rules_alone(ruleset: Ruleset, state: State) -> object:
    board = Board(ruleset, state, SEED)
    return [stage.quick(board) for stage in ruleset.stages]


def _plain(rule: Rule) -> bool:
    """Whether a rule has a condition that looks at the board alone."""
    return rule.condition is not None and not rule.bindings


def _conditions(ruleset: Ruleset, state: State, conditions: list[Callable[..., Any]]) -> None:
    board = Board(ruleset, state, SEED)
    for condition in conditions * CONDITION_ROUNDS:
        condition(board)


def _movement_phases() -> Callable[[], float] | None:
    """A contender that processes one movement phase of a standard game; None without it."""
    try:
        from diplomacy import Game
    except ImportError:
        return None
    lot = random.Random(SEED)
    games = [Game(map_name="standard")]

    def process() -> float:
        while True:
            if games[0].is_game_done:
                games[0] = Game(map_name="standard")
            game = games[0]
            possible = game.get_all_possible_orders()
            for power in game.powers:
                places = game.get_orderable_locations(power)
                game.set_orders(power, [lot.choice(possible[p]) for p in places if possible[p]])
            moving = game.phase_type == "M"
            spent = _timed(game.process)
            if moving:
                return spent

    return process
