"""Doctrines at work: what a government does when nobody plays its seat.

A doctrine decides from its seat's view alone, orders only what is allowed, gives a reason for
everything, and does nothing irreversible unless it is told that it may. Besides those of the
scenario there are two that every government has: "passive" does nothing, "random" does anything.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from .board import Board
from .chance import draw, lots
from .choosing import choices_for, may_choose
from .doctrine_random import random_orders
from .legality import capital_of, cost_of, is_open, made_ready
from .orders import Order
from .placed import Placed
from .recall import board_of_view
from .ruleset import Doctrine, DoctrineOrder, Move, Parameter, Ruleset
from .state import State

PASSIVE, RANDOM = "passive", "random"
BUILT_IN = (PASSIVE, RANDOM)
ANYTHING = float("inf")
View = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Choice:
    """An order that a doctrine gives, how strongly it was inclined to it, and why."""

    order: Order
    weight: float
    reason: str


def choose_orders(
    ruleset: Ruleset,
    view: View,
    seat: str,
    doctrine: str,
    seed: str,
    *,
    irreversible: bool = False,
) -> list[Choice]:
    """The orders of a seat, the strongest inclination first.

    `view` is the seat's own (`observe`); `doctrine` an id of the scenario or of the built-in
    ones. The same view and seed give the same orders. Unknown doctrines give none.
    """
    own = view.get("own")
    if not own or view["ended"]:
        return []
    is_open = {option["move"] for option in own["moves"] if option["open"]}
    board = board_of_view(ruleset, view)
    return _choose(ruleset, board, seat, doctrine, seed, irreversible, lambda m: m.id in is_open)


def choose_orders_in(
    ruleset: Ruleset,
    state: State,
    seat: str,
    doctrine: str,
    seed: str,
    *,
    irreversible: bool = False,
) -> list[Choice]:
    """As `choose_orders` of the seat's view of this state, without drawing the view."""
    if state.ended is not None:
        return []
    return _choose(ruleset, Board(ruleset, state), seat, doctrine, seed, irreversible)


def _choose(
    ruleset: Ruleset,
    board: Board,
    seat: str,
    doctrine: str,
    seed: str,
    irreversible: bool,
    is_open: Callable[[Move], bool] | None = None,
) -> list[Choice]:
    chosen = decide(ruleset, board, seat, doctrine, seed, irreversible, is_open)
    return [Choice(placed.order, round(weight, 6), reason) for placed, weight, reason in chosen]


def decide(
    ruleset: Ruleset,
    board: Board,
    seat: str,
    doctrine: str,
    seed: str,
    irreversible: bool,
    is_open: Callable[[Move], bool] | None = None,
) -> list[tuple[Placed, float, str]]:
    """The orders that a doctrine gives on a board, ready for the rules, with weight and reason.

    Without `is_open` the board itself says which moves are open.
    """
    if doctrine == RANDOM:
        is_open = is_open or _opens_on(ruleset, board, seat)
        found = random_orders(ruleset, board, seat, seed, irreversible, is_open)
        return [(placed, 1.0, "Chosen by lot.") for placed in found]
    held = ruleset.doctrines.get(seat, {}).get(doctrine)
    if held is None:
        return []
    capital = capital_of(ruleset, board, seat)
    left = ANYTHING if capital is None else capital
    lean = held.lean if is_open else held.lean_on_board
    inclined = lean(board, lots(seed, board.turn, "inclination", seat), irreversible, left)
    inclined.sort()
    return _affordable(ruleset, board, held, inclined, seed, left, is_open)


def _opens_on(ruleset: Ruleset, board: Board, seat: str) -> Callable[[Move], bool]:
    """Whether a move is open to a seat on a board."""
    actor, capital = ruleset.layout.index[seat], capital_of(ruleset, board, seat)

    def opens(move: Move) -> bool:
        cost = cost_of(ruleset, board, move, seat)
        return is_open(ruleset, board, move, actor, cost, capital)

    return opens


def _affordable(
    ruleset: Ruleset,
    board: Board,
    doctrine: Doctrine,
    inclined: list[tuple[float, str, int]],
    seed: str,
    left: float,
    is_open: Callable[[Move], bool] | None,
) -> list[tuple[Placed, float, str]]:
    """As many of the strongest inclinations as capital and the number of orders allow."""
    seat, moves, most = doctrine.seat, ruleset.moves, ruleset.orders_per_turn
    given: dict[str, int] = {}
    chosen: list[tuple[Placed, float, str]] = []
    for turned, _, place in inclined:
        item = doctrine.orders[place]
        move = moves[item.move]
        cost = move.fixed_cost
        if cost is None:
            cost = cost_of(ruleset, board, move, seat)
        if cost > left or (move.id in given and given[move.id] >= move.per_turn):
            continue
        if is_open is not None and not is_open(move):
            continue
        placed = _order(ruleset, board, seat, move, item, seed, cost)
        if placed is None:
            continue
        left -= cost
        given[move.id] = given.get(move.id, 0) + 1
        chosen.append((placed, -turned, item.reason))
        if len(chosen) >= most:
            break
    return chosen


def _order(
    ruleset: Ruleset,
    board: Board,
    seat: str,
    move: Move,
    item: DoctrineOrder,
    seed: str,
    cost: float,
) -> Placed | None:
    """The order with every parameter filled, or None where it cannot be."""
    parameters: dict[str, Any] = {}
    key: tuple[Any, ...] = ()
    if not item.fixed:
        parameters = _filled(ruleset, board, seat, move, item, seed)
        key = tuple([(name, _known_by(value)) for name, value in parameters.items()])
    made: Placed | None = item.ready.get(key)
    if made is not None:
        for check in move.checks:
            if not check.formula.run(board, *made.bindings):
                return None
        return Placed(made.order, move, made.seat, made.bindings, cost, made.key)
    if item.fixed:
        parameters = _filled(ruleset, board, seat, move, item, seed)
    intent = item.intent or item.reason
    placed = made_ready(ruleset, board, seat, move, parameters, cost, intent)
    if placed is not None:
        item.ready[key] = Placed(placed.order, move, placed.seat, placed.bindings, 0.0, placed.key)
    return placed


def _filled(
    ruleset: Ruleset, board: Board, seat: str, move: Move, item: DoctrineOrder, seed: str
) -> dict[str, Any]:
    """The parameters of an order, all of them allowed now."""
    parameters = {}
    for parameter in move.parameters:
        value = _fill(ruleset, board, seat, move, parameter, item, seed)
        if value is not None:
            parameters[parameter.name] = value
    return parameters


def _known_by(value: Any) -> Any:
    """What tells two values of a parameter apart; the phase-in of a clause is the doctrine's."""
    if isinstance(value, list):
        return tuple([str(p.get("clause")) if isinstance(p, Mapping) else str(p) for p in value])
    return value


def _fill(
    ruleset: Ruleset,
    board: Board,
    seat: str,
    move: Move,
    parameter: Parameter,
    item: DoctrineOrder,
    seed: str,
) -> Any:
    """A parameter's value: the doctrine's, else the default, else one that is open, by lot."""
    given = item.parameters.get(parameter.name)
    if parameter.type == "clauses" and given:
        return _clauses(ruleset, board, seat, move, parameter, given)
    if given is not None or parameter.default is not None or parameter.optional:
        return given
    if parameter.type == "number":
        return max(parameter.lo, min(0.0, parameter.hi))
    choices = sorted(choices_for(ruleset, board, move, parameter, seat))
    if not choices:
        return None
    drawn = draw(seed, board.turn, "parameter", f"{seat}|{item.id}|{parameter.name}")
    chosen = choices[int(drawn * len(choices))]
    return [chosen] if parameter.type == "clauses" else chosen


def _clauses(
    ruleset: Ruleset, board: Board, seat: str, move: Move, parameter: Parameter, given: Any
) -> list[Any]:
    """The wanted clauses that can still be chosen and do not exclude each other."""
    listed = given if isinstance(given, list | tuple) else [given]
    kept: list[Any] = []
    names: list[str] = []
    for part in listed:
        name = str(part.get("clause") if isinstance(part, Mapping) else part)
        if name in names or len(kept) >= parameter.most:
            continue
        if not may_choose(ruleset, board, move, parameter, seat, name):
            continue
        excluded = ruleset.clauses[name].excludes
        if any(other in excluded or name in ruleset.clauses[other].excludes for other in names):
            continue
        kept.append(part)
        names.append(name)
    return kept
