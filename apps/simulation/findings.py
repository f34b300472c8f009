"""What many games by doctrine came to, and whether a scenario keeps within its bounds."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from apps.simulation.whole_game import WholeGame

LARGEST_ENDING = 0.6
"""No ending may take a greater share of games."""
SUCCESS = (0.1, 0.7)
"""A government reaches its objectives at least and at most in this share of games."""
LARGEST_MOVE = 0.15
"""No move may take a greater share of all orders."""
SUREST_MOVE = 0.9
"""No move may come with success in a greater share of the games in which it was ordered."""
SELDOM = 0.05
"""A move ordered in a smaller share of games says too little about success to be judged."""


@dataclass(frozen=True, slots=True)
class MoveUse:
    """A move in a share of games, and how often a government that can order it then succeeded."""

    seat: str
    move: str
    games: float
    success: float


@dataclass(frozen=True, slots=True)
class Findings:
    """Figures over games; `threshold` is the weight of objectives reached that is a success."""

    games: Sequence[WholeGame]
    threshold: float
    document: Mapping[str, Any]

    def endings(self) -> dict[str, float]:
        """The share of games with each ending, the most frequent first."""
        counted = Counter(game.ending for game in self.games)
        return {name: count / len(self.games) for name, count in counted.most_common()}

    def succeeded(self, game: WholeGame, seat: str) -> bool:
        """Whether a government reached objectives of the threshold's weight."""
        aims = self.document["objectives"][seat]
        return sum(aims[name]["weight"] for name in game.reached[seat]) >= self.threshold

    def success(self) -> dict[str, float]:
        """The share of games in which each government reached its objectives."""
        seats = list(self.document["objectives"])
        return {
            seat: self._share(self.succeeded(game, seat) for game in self.games) for seat in seats
        }

    def all_satisfied(self) -> float:
        """The share of games in which every government reached its objectives."""
        return self._share(
            all(self.succeeded(game, seat) for seat in game.reached) for game in self.games
        )

    def aims(self) -> dict[str, dict[str, float]]:
        """The share of games in which each objective was reached."""
        return {
            seat: {
                name: self._share(name in game.reached[seat] for game in self.games)
                for name in aims
            }
            for seat, aims in self.document["objectives"].items()
        }

    def doctrines(self) -> dict[str, dict[str, tuple[int, float]]]:
        """By government and doctrine: games played by it, and the share that succeeded."""
        found: dict[str, dict[str, list[bool]]] = {}
        for game in self.games:
            for seat, name in game.doctrines.items():
                found.setdefault(seat, {}).setdefault(name, []).append(self.succeeded(game, seat))
        return {
            seat: {name: (len(won), sum(won) / len(won)) for name, won in sorted(names.items())}
            for seat, names in found.items()
        }

    def orders(self) -> dict[str, tuple[float, float]]:
        """By move: the share of games in which anybody ordered it, and its share of all orders."""
        played: Counter[str] = Counter()
        orders: Counter[str] = Counter()
        for game in self.games:
            orders.update(game.moves)
            played.update(game.moves.keys())
        total = sum(orders.values()) or 1
        return {
            move: (played[move] / len(self.games), orders[move] / total)
            for move in self.document["moves"]
        }

    def uses(self) -> list[MoveUse]:
        """Every move that is frequent enough to judge, by each government that can order it."""
        found = []
        for move, body in self.document["moves"].items():
            used = [game for game in self.games if move in game.moves]
            if len(used) < SELDOM * len(self.games) or not used:
                continue
            for seat in body["by"]:
                won = sum(self.succeeded(game, seat) for game in used) / len(used)
                found.append(MoveUse(seat, move, len(used) / len(self.games), won))
        return sorted(found, key=lambda use: (-use.success, use.seat, use.move))

    def resolutions(self) -> dict[str, float]:
        """Drafts adopted, failed and vetoed, a game."""
        counted: Counter[str] = Counter()
        for game in self.games:
            counted.update(game.resolutions)
        return {name: count / len(self.games) for name, count in sorted(counted.items())}

    def breaches(self) -> Iterator[str]:
        """Each bound that the games break, in a sentence."""
        for name, share in self.endings().items():
            if share > LARGEST_ENDING:
                yield f"the ending {name} takes {share:.0%} of games, above {LARGEST_ENDING:.0%}"
        for seat, share in self.success().items():
            if not SUCCESS[0] <= share <= SUCCESS[1]:
                yield f"{seat} reaches its objectives in {share:.0%} of games, outside 10 to 70 %"
        for move, (games, orders) in self.orders().items():
            if not games:
                yield f"the move {move} is never ordered"
            if orders > LARGEST_MOVE:
                yield f"the move {move} takes {orders:.0%} of all orders"
        for use in self.uses():
            if use.success > SUREST_MOVE:
                yield f"{use.seat} succeeds in {use.success:.0%} of games with {use.move}"

    def _share(self, happened: Iterator[bool]) -> float:
        return sum(happened) / len(self.games)
