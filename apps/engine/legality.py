"""Which orders are allowed: moves open or closed with the reason, and named rejections."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from .board import Board
from .choosing import ParameterOption, options_for
from .orders import Order, Rejection
from .parameters import RefusedError, bind
from .placed import Placed
from .ruleset import Move, Ruleset
from .state import State

CLOSED = Rejection("closed", "The rules do not allow it now.")


@dataclass(frozen=True, slots=True)
class MoveOption:
    """A move of a seat: open, or closed with a reason for the player."""

    move: str
    title: str
    theme: str
    text: str
    open: bool
    code: str
    reason: str
    cost: float
    severity: float
    irreversible: bool
    secret: bool
    roles: tuple[str, ...]
    per_turn: int
    parameters: tuple[ParameterOption, ...]

    def to_json(self) -> dict[str, Any]:
        """The option as plain JSON values."""
        return {
            "move": self.move,
            "title": self.title,
            "theme": self.theme,
            "text": self.text,
            "open": self.open,
            "code": self.code,
            "reason": self.reason,
            "cost": self.cost,
            "severity": self.severity,
            "irreversible": self.irreversible,
            "secret": self.secret,
            "roles": list(self.roles),
            "per_turn": self.per_turn,
            "parameters": [parameter.to_json() for parameter in self.parameters],
        }


def legal_orders(ruleset: Ruleset, state: State, seat: str) -> list[MoveOption]:
    """Every move of the seat, open or closed with the reason; empty for an unknown seat."""
    if seat not in ruleset.layout.index:
        return []
    board = Board(ruleset, state)
    found = []
    for move in ruleset.moves.values():
        if seat not in move.by:
            continue
        cost = cost_of(ruleset, board, move, seat)
        parameters = options_for(ruleset, board, move, seat)
        refusal = closed(ruleset, board, move, seat, cost)
        if refusal is None:
            refusal = next((p.refusal for p in parameters if p.refusal is not None), None)
        found.append(
            MoveOption(
                move=move.id,
                title=move.title,
                theme=move.theme,
                text=move.text,
                open=refusal is None,
                code=refusal.code if refusal else "",
                reason=refusal.reason if refusal else "",
                cost=cost,
                severity=move.severity,
                irreversible=move.irreversible,
                secret=move.secret,
                roles=move.roles,
                per_turn=move.per_turn,
                parameters=parameters,
            )
        )
    return found


def check_order(ruleset: Ruleset, state: State, order: Order) -> Rejection | None:
    """Why this order alone would be refused now; None if it is allowed."""
    result = place(ruleset, Board(ruleset, state), order)
    return result if isinstance(result, Rejection) else None


def cost_of(ruleset: Ruleset, board: Board, move: Move, seat: str) -> float:
    """What the move costs the seat now, in units of the capital track; never negative."""
    if move.fixed_cost is not None:
        return move.fixed_cost
    return max(0.0, round(float(move.cost.run(board, ruleset.layout.index[seat])), 6))


def capital_of(ruleset: Ruleset, board: Board, seat: str) -> float | None:
    """What the seat can spend; None in a scenario without capital."""
    if not ruleset.capital:
        return None
    layout = ruleset.layout
    return float(board.values[layout.base[ruleset.capital] + layout.index[seat]])


def closed(ruleset: Ruleset, board: Board, move: Move, seat: str, cost: float) -> Rejection | None:
    """Why a move is closed to a seat, whatever the parameters; None if it is open."""
    if board.ended is not None:
        return Rejection("ended", "The game has ended.")
    actor = ruleset.layout.index[seat]
    last = board.last[move.index * ruleset.layout.stride + actor]
    if last and move.cooldown and board.turn - last <= move.cooldown:
        opens = last + move.cooldown + 1
        return Rejection("cooldown", f"It was ordered in turn {last} and is open again in {opens}.")
    if move.gates:
        # A gate looks at the actor alone; the other bindings are there but not read.
        alone = (actor, *(None for _ in move.parameters))
        for condition in move.gates:
            if not condition.formula.run(board, *alone):
                return Rejection("closed", condition.reason)
    capital = capital_of(ruleset, board, seat)
    if capital is not None and cost > capital:
        track = ruleset.tracks[ruleset.capital]
        return Rejection(
            "capital", f"It costs {cost:g}, and there is {capital:g} of {track.title.lower()}."
        )
    return None


def is_open(
    ruleset: Ruleset, board: Board, move: Move, actor: int, cost: float, capital: float | None
) -> bool:
    """Whether a move is open to a government, by its index: what `closed` says, without why."""
    if board.ended is not None or (capital is not None and cost > capital):
        return False
    if move.cooldown:
        last = board.last[move.index * board.layout.stride + actor]
        if last and board.turn - last <= move.cooldown:
            return False
    return move.gate is None or bool(move.gate(board, actor))


def place(ruleset: Ruleset, board: Board, order: Order) -> Placed | Rejection:
    """The order made ready, or why it is refused."""
    seat, move = order.seat, ruleset.moves.get(order.move)
    actor = ruleset.layout.index.get(seat)
    if actor is None:
        return Rejection("unknown_seat", f"There is no government “{seat}”.")
    if move is None:
        return Rejection("unknown_move", f"There is no move “{order.move}”.")
    if seat not in move.by:
        return Rejection("not_yours", f"“{move.title}” is not a move of {seat}.")
    cost = cost_of(ruleset, board, move, seat)
    if not is_open(ruleset, board, move, actor, cost, capital_of(ruleset, board, seat)):
        return closed(ruleset, board, move, seat, cost) or CLOSED
    try:
        clean, values = bind(ruleset, board, move, seat, order.parameters)
    except RefusedError as refused:
        return refused.rejection
    bindings = (actor, *values)
    for condition in move.checks:
        if not condition.formula.run(board, *bindings):
            return Rejection("closed", condition.reason)
    if not _as_given(clean, order.parameters):
        order = order.with_parameters(clean)
    return Placed(order, move, actor, bindings, cost, key_of(seat, move, clean))


def _as_given(clean: Mapping[str, Any], given: Mapping[str, Any]) -> bool:
    """Whether checking changed nothing of an order's parameters: 1 for 1.0 would be a change."""
    if len(clean) != len(given):
        return False
    for (name, value), (known, held) in zip(clean.items(), given.items(), strict=True):
        if name != known or value is not held:
            return False
    return True


def made_ready(
    ruleset: Ruleset,
    board: Board,
    seat: str,
    move: Move,
    parameters: dict[str, Any],
    cost: float,
    intent: str = "",
) -> Placed | None:
    """An order of an open move made ready; None where its parameters do not allow it."""
    try:
        clean, values = bind(ruleset, board, move, seat, parameters)
    except RefusedError:
        return None
    actor = ruleset.layout.index[seat]
    bindings = (actor, *values)
    if any(not check.formula.run(board, *bindings) for check in move.checks):
        return None
    order = Order(seat, move.id, clean, intent)
    return Placed(order, move, actor, bindings, cost, key_of(seat, move, clean))


def key_of(seat: str, move: Move, parameters: dict[str, Any]) -> str:
    """What an order is about, in one line: it keys the chance of rules on the order."""
    return "|".join([seat, move.id, *map(str, parameters.values())])
