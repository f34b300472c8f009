"""`manage.py benchmark simulation`: whole games by doctrine, and where their time goes.

The floor is what no Python engine can do without: asking a small compiled condition of every rule
and of every inclination of the doctrines once a turn, over a list of numbers, in the same run and
process. Games are timed by the processor's clock of one core. The rows by processes give both
clocks: the wall's, which needs cores that nobody else uses, and games to a second of all the
processors' time that was spent, starting and gathering included. Where the second does not fall as
processes are added, nothing but the number of cores stands in the way of the first.
The profile tells how the time of the games divides over the parts of the engine.
"""

from __future__ import annotations

import argparse
import cProfile
import os
import pstats
import resource
import statistics
import time
from collections import Counter
from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from apps.engine import Ruleset
from apps.scenarios.loading import load_path
from apps.scenarios.naming import path_named
from apps.scenarios.problem import ScenarioError
from apps.simulation.batches import play_batch, ranges
from apps.simulation.local import play_here

HELP = "whole games by doctrine: games per second and core, profile by part, processes"
PARTS = {
    "doctrine": "doctrines decide",
    "doctrine_random": "doctrines decide",
    "parameters": "orders are filled in and checked",
    "legality": "orders are filled in and checked",
    "stages": "stages: rules and their effects",
    "council": "bodies vote",
    "pacts": "agreements",
    "closing": "the turn's end: injects, objectives, endings",
    "whole_game": "courses and results are kept",
    "adjudication": "the turn's frame",
    "playing": "the turn's frame",
    "board": "the turn's frame",
    "turnwork": "the turn's frame",
    "applying": "stages: rules and their effects",
    "dispatches": "dispatches are drawn",
    "chance": "chance",
}
CHUNK = 10
"""Games that are timed together; the figures are medians over these."""
GENERATED = "stages: rules and their effects"
"""Compiled expressions and stages have no file of their own."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Which scenario, how many games, how many workers at most."""
    parser.add_argument("--scenario", default="korean_knot", help="an id of the library, or a path")
    parser.add_argument("--games", type=int, default=200, help="games of each row (default 200)")
    parser.add_argument("--turns", type=int, default=12, help="turns of each game (default 12)")
    parser.add_argument(
        "--jobs",
        type=int,
        default=min(os.cpu_count() or 1, 4),
        help="play in 1, 2, 4 ... processes up to this many",
    )


def run(options: dict[str, Any]) -> dict[str, Any]:
    """Measure; rows of games per second, then of the profile."""
    try:
        loaded = load_path(path_named(options["scenario"]))
    except ScenarioError as error:
        raise RuntimeError(str(error)) from error
    ruleset, games, turns = loaded.ruleset, options["games"], options["turns"]
    play_batch(ruleset, "warm", range(3), turns=turns)
    played = 0

    def whole(numbers: range) -> None:
        nonlocal played
        batch = play_batch(ruleset, "benchmark", numbers, turns=turns)
        assert batch is not None
        played += sum(game.turns for game in batch.games)

    # Floor and games in turns, so that other work on the machine slows both alike.
    floors, spans = [], []
    for numbers in ranges(games, CHUNK):
        asked = partial(_floor, ruleset, len(numbers), turns)
        floors.append(_cpu(asked) / len(numbers))
        spans.append(_cpu(partial(whole, numbers)) / len(numbers))
    floor, spent = statistics.median(floors), statistics.median(spans)
    rows = [
        {"what": "floor: every condition once a turn", "rate": f"{1 / floor:,.0f}", "ratio": "1.0"},
        {
            "what": f"one core, {played / games:.1f} turns a game",
            "rate": f"{1 / spent:,.0f}",
            "ratio": f"{spent / floor:.1f}",
        },
    ]
    rows += _with_workers(loaded.document, games, turns, options["jobs"])
    rows += _profile(ruleset, max(games // 4, 5), turns)
    return {
        "games_per_cpu_second": 1 / spent,
        "against_floor": spent / floor,
        "columns": {
            "what": f"{loaded.id}, {games} games",
            "rate": "games/s",
            "ratio": "time against floor",
        },
        "rows": rows,
    }


def _cpu(work: Callable[[], object]) -> float:
    """Seconds of this process's processor time."""
    begun = time.process_time()
    work()
    return max(time.process_time() - begun, 1e-9)


def _floor(ruleset: Ruleset, games: int, turns: int) -> int:
    """Asks a compiled condition for each rule and each seat's doctrine orders, every turn."""
    inclined = sum(
        len(next(iter(doctrines.values())).orders) for doctrines in ruleset.doctrines.values()
    )
    values = [float(number % 100) for number in range(64)]
    conditions = [
        eval(f"lambda v: v[{n % 60}] > {n % 90} and v[{(n + 7) % 60}] < 95")  # noqa: S307 - ours
        for n in range(len(ruleset.rules) + inclined)
    ]
    held = 0
    for _ in range(games * turns):
        for condition in conditions:
            if condition(values):
                held += 1
    return held


def _with_workers(
    document: Mapping[str, Any], games: int, turns: int, jobs: int
) -> list[dict[str, Any]]:
    """The rates in 1, 2, 4 ... processes, and against one process."""
    rows: list[dict[str, Any]] = []
    number, single, thrift = 1, 0.0, 0.0
    while number <= jobs:
        begun, spent = time.perf_counter(), _all_cpu()
        play_here(document, "benchmark", games * number, jobs=number, turns=turns)
        rate = games * number / (time.perf_counter() - begun)
        work = games * number / (_all_cpu() - spent)
        single, thrift = single or rate, thrift or work
        name = f"{number} process{'es' if number > 1 else ''}"
        rows += [
            {
                "what": f"{name}, wall clock",
                "rate": f"{rate:,.0f}",
                "ratio": f"{rate / single:.2f}x of one process",
            },
            {
                "what": f"{name}, a second of processors",
                "rate": f"{work:,.0f}",
                "ratio": f"{work / thrift:.2f}x of one process",
            },
        ]
        number *= 2
    return rows


def _all_cpu() -> float:
    """Seconds of processor time of this process and of its children that have ended."""
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(one.ru_utime + one.ru_stime for one in used)


def _profile(ruleset: Ruleset, games: int, turns: int) -> list[dict[str, Any]]:
    """The share of each part of the engine in the time of the games, the largest first."""
    profile = cProfile.Profile()
    profile.enable()
    play_batch(ruleset, "benchmark", range(games), turns=turns)
    profile.disable()
    shares: Counter[str] = Counter()
    for (file, _line, _name), (_calls, _all, own, _total, _callers) in pstats.Stats(
        profile
    ).stats.items():  # type: ignore[attr-defined]
        shares[_part(file)] += own
    total = sum(shares.values()) or 1.0
    return [
        {"what": f"profile: {part}", "rate": None, "ratio": f"{share / total:.0%} of the time"}
        for part, share in shares.most_common()
        if share / total >= 0.01
    ]


def _part(file: str) -> str:
    name = os.path.basename(file).removesuffix(".py")
    if file.startswith("<") or "expressions" in file:
        return GENERATED
    return PARTS.get(name, "built-in functions" if file == "~" else "everything else")
