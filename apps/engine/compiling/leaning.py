"""What a doctrine is inclined to: one function over all its orders.

Two forms of one decision: from a view, which knows which moves are open, and from a board, where
the conditions of moves are asked together with the doctrine's own. Tests hold that they agree.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from ..chance import LOTS
from ..expressions.emit import build, prologue
from ..layout import Layout
from ..ruleset import DoctrineOrder, Figure, Move
from .settling import settled

STEP = (1.2 - 0.8) / 65536
"""Chance shifts an inclination by up to a fifth: a lot from 0 to 65,535 makes 0.8 to 1.2."""


def leaning(
    layout: Layout,
    orders: Sequence[DoctrineOrder],
    moves: Mapping[str, Move],
    actor: int,
    *,
    asking: bool,
) -> Figure:
    """`lean(board, s, daring, capital)`: minus weight, id and place of each order that is wanted.

    `s` are lots; without `daring` nothing irreversible is listed. With `asking`, a move has to be
    open on the board, and to cost no more than the capital.
    """
    lines: list[str] = []
    for place, order in enumerate(orders):
        move = moves[order.move]
        asked = [] if order.condition is None else [order.condition.node.emit()]
        if move.irreversible:
            asked.insert(0, "daring")
        if asking:
            asked += _open(layout, move)
        pad = " "
        if asked:
            lines.append(f" if {' and '.join(asked)}:")
            pad = "  "
        shift = f"(0.8 + {STEP!r} * s[{place % LOTS}])"
        lines.append(f"{pad}w = {order.weight.node.emit()}")
        lines.append(f"{pad}if w > 0:")
        lines.append(f"{pad} put((-w * {shift}, {order.id!r}, {place}))")
    lines = [settled(layout, line, {"actor": actor}) for line in lines]
    head = [*prologue(["turn", *lines]), " out = []", " put = out.append"]
    return build(
        layout,
        "lean",
        (),
        [*head, *lines, " return out"],
        ("s", "daring", "capital"),
        round=round,
        float=float,
    )


def _open(layout: Layout, move: Move) -> Iterator[str]:
    """Source of the conditions under which a move is open to the actor."""
    if move.cooldown:
        last = f"lo[{move.index * layout.stride} + b_actor]"
        yield f"({last} == 0 or turn - {last} > {move.cooldown})"
    if move.fixed_cost is None:
        yield f"max(0.0, round(float({move.cost.node.emit()}), 6)) <= capital"
    elif move.fixed_cost:
        yield f"{move.fixed_cost!r} <= capital"
    for gate in move.gates:
        yield gate.formula.node.emit()
