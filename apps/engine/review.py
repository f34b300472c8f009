"""Which orders of a turn are allowed together: capital, number of orders, repetition."""

from __future__ import annotations

from collections.abc import Iterable
from operator import attrgetter

from .board import Board
from .legality import capital_of, place
from .orders import Order, Rejection, canonical, presentable
from .placed import Placed
from .ruleset import Move, Ruleset
from .state import State

_BY_KEY = attrgetter("key")
_BY_ALL = attrgetter("key", "order.intent", "order.id")


def check_orders(
    ruleset: Ruleset, state: State, orders: Iterable[Order]
) -> list[tuple[Order, Rejection | None]]:
    """Each order with its refusal, judged together: capital, number of orders, repetition."""
    accepted, rejected = review(ruleset, Board(ruleset, state), orders)
    judged: list[tuple[Order, Rejection | None]] = [(placed.order, None) for placed in accepted]
    return judged + [(order, rejection) for order, rejection in rejected]


def review(
    ruleset: Ruleset, board: Board, orders: Iterable[Order]
) -> tuple[list[Placed], list[tuple[Order, Rejection]]]:
    """Judge the orders of a turn together. The order in which they come changes nothing."""
    ready: list[Placed] = []
    rejected: list[tuple[Order, Rejection]] = []
    for order in orders:
        result = place(ruleset, board, order)
        if isinstance(result, Rejection):
            rejected.append((presentable(order), result))
        else:
            ready.append(result)
    accepted, excess = settle(ruleset, board, ready)
    rejected.sort(key=lambda pair: _rank(pair[0]))
    return accepted, rejected + excess


def settle(
    ruleset: Ruleset, board: Board, ready: list[Placed]
) -> tuple[list[Placed], list[tuple[Order, Rejection]]]:
    """Of orders that are each allowed, those that are allowed together, named and in order."""
    in_order(ready)
    accepted: list[Placed] = []
    excess: list[tuple[Order, Rejection]] = []
    sheets: dict[int, _Sheet] = {}
    for placed in ready:
        sheet = sheets.get(placed.seat)
        if sheet is None:
            sheet = sheets[placed.seat] = _Sheet(ruleset, board, placed.order.seat)
        refusal = sheet.take(placed)
        if refusal is None:
            accepted.append(placed)
        else:
            excess.append((placed.order, refusal))
    name(board, accepted)
    return accepted, excess


def in_order(ready: list[Placed]) -> None:
    """Sort orders by what they are about; alike ones by what their seat meant by them."""
    ready.sort(key=_BY_KEY)
    if len({placed.key for placed in ready}) < len(ready):
        ready.sort(key=_BY_ALL)


class _Sheet:
    """The orders of one seat as far as they were taken: how many, and what they cost."""

    __slots__ = ("capital", "left", "most", "repeated", "spent")

    def __init__(self, ruleset: Ruleset, board: Board, seat: str) -> None:
        self.most = self.left = ruleset.orders_per_turn
        self.capital = capital_of(ruleset, board, seat)
        self.spent = 0.0
        self.repeated: dict[str, int] = {}

    def take(self, placed: Placed) -> Rejection | None:
        """Why one order more is too many; counts it if it is not."""
        move = placed.move
        if not self.left:
            return Rejection("orders", f"A government gives at most {self.most} orders a turn.")
        times = self.repeated.get(move.id, 0)
        if times >= move.per_turn:
            return Rejection("per_turn", _too_often(move))
        total = self.spent + placed.cost
        if self.capital is not None and total > self.capital + 1e-9:
            return Rejection(
                "capital",
                f"Together the orders cost {total:g}, and there is {self.capital:g} to spend.",
            )
        self.left -= 1
        self.spent = total
        self.repeated[move.id] = times + 1
        return None


def _too_often(move: Move) -> str:
    times = "once" if move.per_turn == 1 else f"{move.per_turn} times"
    return f"“{move.title}” can be ordered {times} a turn."


def name(board: Board, accepted: list[Placed]) -> None:
    """Give each accepted order a reference that depends on the turn's orders alone."""
    counts: dict[str, int] = {}
    for placed in accepted:
        ref = f"{board.turn}-{placed.order.seat}-{placed.move.id}"
        count = counts[ref] = counts.get(ref, 0) + 1
        if count > 1:
            ref = f"{ref}-{count}"
            placed.key += f"-{count}"
        placed.ref = ref


def _rank(order: Order) -> tuple[str, ...]:
    return (order.seat, order.move, canonical(order.parameters), order.intent, order.id)
