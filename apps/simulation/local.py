"""Plays games in this machine's processes, without database or broker.

A process gets the document once, when it starts; a batch is no more than the numbers of its games.
"""

from __future__ import annotations

import json
import multiprocessing
import sys
import threading
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ProcessPoolExecutor, as_completed
from typing import Any

from apps.scenarios.loading import ruleset_for
from apps.simulation.batches import Played, play_batch, ranges

BATCH_GAMES = 20
_table: dict[str, Any] = {}
"""What this process plays: "ruleset", "seed", "seats" and "turns"."""


def play_here(
    document: Mapping[str, Any],
    seed: str,
    games: int,
    *,
    jobs: int = 1,
    seats: Mapping[str, str] | None = None,
    turns: int | None = None,
    progress: Callable[[int], None] = lambda done: None,
) -> Played:
    """Plays games number 0 to `games` - 1 in `jobs` processes; the result does not depend on them.

    `progress` is told how many games are done. Raises ValueError for an unknown doctrine.
    """
    work = list(ranges(games, BATCH_GAMES))
    jobs = min(jobs, len(work))
    found: dict[int, Played] = {}
    done = 0
    if jobs <= 1:
        _sit_down(json.dumps(document), seed, dict(seats or {}), turns)
        for numbers in work:
            found[numbers.start] = _play(numbers)
            progress(done := done + len(numbers))
    else:
        for numbers, played in _in_processes(
            jobs, work, (json.dumps(document), seed, dict(seats or {}), turns)
        ):
            found[numbers.start] = played
            progress(done := done + len(numbers))
    fired: Counter[str] = Counter()
    for batch in found.values():
        fired.update(batch.fired)
    return Played([game for first in sorted(found) for game in found[first].games], dict(fired))


def _in_processes(
    jobs: int, work: list[range], about: tuple[str, str, dict[str, str], int | None]
) -> Iterator[tuple[range, Played]]:
    """Each batch with its games, as they are finished."""
    forking = sys.platform == "linux" and threading.active_count() == 1
    if forking:
        # A forked process has the compiled rules and every module already: to load them would
        # take it longer than a hundred games. With other threads about, a fork is not safe.
        _sit_down(*about)
    start: dict[str, Any] = {} if forking else {"initializer": _sit_down, "initargs": about}
    with ProcessPoolExecutor(
        max_workers=jobs,
        mp_context=multiprocessing.get_context("fork" if forking else "spawn"),
        **start,
    ) as pool:
        waiting = {pool.submit(_play, numbers): numbers for numbers in work}
        for future in as_completed(waiting):
            yield waiting[future], future.result()


def _sit_down(text: str, seed: str, seats: dict[str, str], turns: int | None) -> None:
    """Make ready what this process plays."""
    ruleset = ruleset_for(json.loads(text))
    _table.update(ruleset=ruleset, seed=seed, seats=seats, turns=turns)


def _play(numbers: range) -> Played:
    played = play_batch(
        _table["ruleset"], _table["seed"], numbers, seats=_table["seats"], turns=_table["turns"]
    )
    assert played is not None, "nobody stops games that are played here"
    return played
