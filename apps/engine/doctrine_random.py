"""The built-in doctrine "random": open moves by lot, every parameter by lot."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from .board import Board
from .chance import draw
from .choosing import choices_for
from .legality import capital_of, cost_of, made_ready
from .placed import Placed
from .ruleset import Move, Parameter, Ruleset


def random_orders(
    ruleset: Ruleset,
    board: Board,
    seat: str,
    seed: str,
    irreversible: bool,
    is_open: Callable[[Move], bool],
) -> list[Placed]:
    """Some allowed orders: each move gets a lot, and the lowest lots are ordered."""

    def lot(about: str) -> float:
        return draw(seed, board.turn, "random", f"{seat}|{about}")

    moves = [move for move in ruleset.moves.values() if seat in move.by]
    moves.sort(key=lambda move: (lot(move.id), move.id))
    wanted = int(lot("how many") * (ruleset.orders_per_turn + 1))
    capital = capital_of(ruleset, board, seat)
    left = float("inf") if capital is None else capital
    found: list[Placed] = []
    for move in moves:
        if len(found) >= wanted:
            break
        cost = cost_of(ruleset, board, move, seat)
        if cost > left or (move.irreversible and not irreversible) or not is_open(move):
            continue
        placed = _order(ruleset, board, seat, move, lot, cost)
        if placed is not None:
            found.append(placed)
            left -= cost
    return found


def _order(
    ruleset: Ruleset,
    board: Board,
    seat: str,
    move: Move,
    lot: Callable[[str], float],
    cost: float,
) -> Placed | None:
    parameters = {}
    for parameter in move.parameters:
        about = partial(_lot_of, lot, f"{move.id}|{parameter.name}")
        value = _value(ruleset, board, seat, move, parameter, about)
        if value is not None:
            parameters[parameter.name] = value
    return made_ready(ruleset, board, seat, move, parameters, cost)


def _lot_of(lot: Callable[[str], float], name: str, key: str) -> float:
    return lot(f"{name}|{key}")


def _value(
    ruleset: Ruleset,
    board: Board,
    seat: str,
    move: Move,
    parameter: Parameter,
    lot: Callable[[str], float],
) -> Any:
    """A value for a parameter by lot, or None to leave it out."""
    if parameter.optional and lot("given") < 0.4:
        return None
    if parameter.type == "flag":
        return lot("flag") < 0.5
    if parameter.type == "text":
        return ""
    if parameter.type == "number":
        return _number(parameter, lot("number"))
    choices = sorted(choices_for(ruleset, board, move, parameter, seat))
    if not choices:
        return None
    if parameter.type != "clauses":
        return choices[int(lot("choice") * len(choices))]
    most = min(parameter.most, len(choices))
    count = min(max(parameter.fewest, 1 + int(lot("count") * most)), most)
    chosen: list[dict[str, Any]] = []
    for name in sorted(choices, key=lambda name: lot(name)):
        clause = ruleset.clauses[name]
        taken = [item["clause"] for item in chosen]
        if any(o in clause.excludes or name in ruleset.clauses[o].excludes for o in taken):
            continue
        if len(chosen) < count:
            phase = float(int(lot(f"{name}|phase") * (clause.phase_max + 1)))
            chosen.append({"clause": name, "phase_in": min(phase, clause.phase_max)})
    return chosen


def _number(parameter: Parameter, drawn: float) -> float:
    low, high = max(parameter.lo, -1e6), min(parameter.hi, 1e6)
    if parameter.step:
        steps = int((high - low) / parameter.step + 1e-9)
        return low + parameter.step * int(drawn * (steps + 1))
    return round(low + (high - low) * drawn, 3)
