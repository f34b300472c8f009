"""Plays the games of a batch. The command, the Celery task and the benchmark all run this."""

from __future__ import annotations

import gc
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from apps.engine import Ruleset
from apps.simulation.whole_game import Courses, WholeGame, play


@dataclass(frozen=True, slots=True)
class Played:
    """The games of a batch, and how often each rule fired in them."""

    games: list[WholeGame]
    fired: dict[str, int]

    def to_json(self) -> dict[str, Any]:
        """The batch's result as plain JSON values."""
        return {"games": [game.to_json() for game in self.games], "fired": self.fired}

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Played:
        """The result that `to_json` wrote."""
        return cls([WholeGame.from_json(one) for one in data["games"]], dict(data["fired"]))


def seed_of(seed: str, number: int) -> str:
    """The seed of a study's n-th game: the same in every arm, so that arms share their dice."""
    return f"{seed}/{number}"


def play_batch(
    ruleset: Ruleset,
    seed: str,
    numbers: range,
    *,
    seats: Mapping[str, str] | None = None,
    turns: int | None = None,
    stopped: Callable[[], bool] = lambda: False,
) -> Played | None:
    """Plays the games of these numbers; None if `stopped` said so on the way."""
    fired: Counter[str] = Counter()
    courses = Courses(ruleset)
    games = []
    with _no_collection():
        for number in numbers:
            if stopped():
                return None
            games.append(
                play(
                    ruleset,
                    seed_of(seed, number),
                    seats=seats,
                    turns=turns,
                    fired=fired,
                    courses=courses,
                )
            )
    return Played(games, dict(fired))


@contextmanager
def _no_collection() -> Iterator[None]:
    """Holds the garbage collector off for a batch: games make no cycles, and it costs a third."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def ranges(games: int, size: int) -> Iterator[range]:
    """The numbers 0 to `games` - 1 in batches of at most `size`."""
    for first in range(0, games, size):
        yield range(first, min(first + size, games))
