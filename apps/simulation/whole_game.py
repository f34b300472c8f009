"""One whole game by doctrine: no database, no events, nothing but what statistics need.

The same rule set, seats and seed give the same game on every machine, so a batch may be played
twice and counts once.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from operator import itemgetter
from typing import Any

from apps.engine import Ruleset, State, initial_state
from apps.engine.chance import draw
from apps.engine.doctrine import BUILT_IN
from apps.engine.playing import TurnPlayed, play_turn

BY_LOT = "by_lot"
"""Instead of a doctrine: one of the scenario's doctrines for the seat, drawn for each game."""


@dataclass(frozen=True, slots=True)
class WholeGame:
    """What one game came to."""

    seed: str
    doctrines: dict[str, str]
    """By seat: the doctrine that played it."""
    ending: str
    """The id of the ending."""
    turns: int
    """How many turns were played."""
    tracks: dict[str, list[float]]
    """By track: its value at the opening and after each turn."""
    values: dict[str, dict[str, float]]
    """By seat and objective: how far it was reached, 0 to 1."""
    reached: dict[str, list[str]]
    """By seat: the objectives that were reached."""
    moves: dict[str, int]
    """By move: how often it was ordered and accepted."""
    resolutions: dict[str, int]
    """By outcome: adopted, failed, vetoed."""

    def score(self, seat: str, weights: Mapping[str, float]) -> float:
        """The seat's score, 0 to 100: its objectives' values by weight."""
        total = sum(weights.values()) or 1.0
        return (
            sum(self.values[seat][name] * weight for name, weight in weights.items()) * 100 / total
        )

    def to_json(self) -> dict[str, Any]:
        """The game as plain JSON values: its own, not copies, since a batch holds many."""
        return {name: getattr(self, name) for name in _FIELDS}

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> WholeGame:
        """The game that `to_json` wrote."""
        return cls(**data)


_FIELDS = tuple(field.name for field in fields(WholeGame))


def doctrines_for(ruleset: Ruleset, seats: Mapping[str, str], seed: str) -> dict[str, str]:
    """The doctrine that plays each seat of a game; by lot where `seats` does not say."""
    chosen = {}
    for seat in ruleset.layout.governments:
        wanted = seats.get(seat, BY_LOT)
        names = sorted(ruleset.doctrines.get(seat, {}))
        if wanted == BY_LOT:
            wanted = (
                names[int(draw(seed, 0, "doctrine", seat) * len(names))] if names else "passive"
            )
        elif wanted not in names and wanted not in BUILT_IN:
            raise ValueError(f"{seat} has no doctrine {wanted}: {', '.join([*names, *BUILT_IN])}")
        chosen[seat] = wanted
    return chosen


class Courses:
    """Reads the figures whose course a game keeps: all tracks but those of pairs."""

    def __init__(self, ruleset: Ruleset) -> None:
        shown = [
            (name, place)
            for place, name in enumerate(ruleset.layout.names)
            if name
            and ruleset.track_of[place] in ruleset.tracks
            and ruleset.tracks[ruleset.track_of[place]].scope != "pair"
        ]
        self.names = [name for name, _ in shown]
        self._read = itemgetter(*(place for _, place in shown), 0)

    def of(self, state: State) -> tuple[float, ...]:
        """The figures of a state, in the order of `names`."""
        return tuple(self._read(state.values)[:-1])

    def by_name(self, rows: Sequence[Sequence[float]]) -> dict[str, list[float]]:
        """By track its values in the rows, to two decimals."""
        columns = zip(*rows, strict=True)
        return {
            name: [round(value, 2) for value in column]
            for name, column in zip(self.names, columns, strict=True)
        }


def turns_of(
    ruleset: Ruleset,
    state: State,
    doctrines: Mapping[str, str],
    seed: str,
    fired: Counter[str] | None = None,
) -> Iterator[TurnPlayed]:
    """The turns of a game from `state` to its end; `fired` counts how often each rule fired.

    Doctrines may take irreversible steps here: nobody's seat is played for them.
    """
    played = 0
    tally = [0] * len(ruleset.rules)
    while state.ended is None and played < state.turns:
        turn = play_turn(ruleset, state, doctrines, seed, irreversible=True, tally=tally)
        yield turn
        state = turn.state
        played += 1
    if fired is not None:
        for rule in ruleset.rules.values():
            if tally[rule.index]:
                fired[rule.id] += tally[rule.index]


def play(
    ruleset: Ruleset,
    seed: str,
    *,
    seats: Mapping[str, str] | None = None,
    turns: int | None = None,
    fired: Counter[str] | None = None,
    courses: Courses | None = None,
) -> WholeGame:
    """Plays a game to its end. Who plays many games of a rule set makes its `courses` once.

    Raises ValueError for a doctrine that the scenario does not have.
    """
    doctrines = doctrines_for(ruleset, seats or {}, seed)
    courses = courses or Courses(ruleset)
    state = initial_state(ruleset, turns=turns)
    rows = [courses.of(state)]
    moves: Counter[str] = Counter()
    for turn in turns_of(ruleset, state, doctrines, seed, fired):
        moves.update([order.move for order in turn.orders])
        state = turn.state
        rows.append(courses.of(state))
    return _whole_game(ruleset, state, seed, doctrines, courses.by_name(rows), moves)


def _whole_game(
    ruleset: Ruleset,
    state: State,
    seed: str,
    doctrines: dict[str, str],
    tracks: dict[str, list[float]],
    moves: Counter[str],
) -> WholeGame:
    values: dict[str, dict[str, float]] = {seat: {} for seat in ruleset.layout.governments}
    reached: dict[str, list[str]] = {seat: [] for seat in ruleset.layout.governments}
    for objective in ruleset.objectives:
        value = state.objectives[objective.index]
        values[objective.seat][objective.id] = round(value, 4)
        if value >= objective.target:
            reached[objective.seat].append(objective.id)
    return WholeGame(
        seed=seed,
        doctrines=doctrines,
        ending=state.ended or "",
        turns=state.turn - (state.ended is None),
        tracks=tracks,
        values=values,
        reached=reached,
        moves=dict(moves),
        resolutions=dict(Counter(item.outcome for item in state.resolutions)),
    )
