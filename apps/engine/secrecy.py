"""Hidden orders: kept from others until what the scenario says makes them known."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from .parameters import nothing
from .ruleset import Ruleset
from .state import HiddenOrder
from .turnwork import TurnWork


def reveal(work: TurnWork) -> None:
    """Reveal the hidden orders of earlier turns whose time has come."""
    board = work.board
    for held in list(board.hidden):
        if _revealed(work, held):
            move = work.ruleset.moves[held.move]
            work.happened(
                "OrderRevealed",
                {
                    "ref": held.ref,
                    "turn": held.turn,
                    "order": {
                        "seat": held.seat,
                        "move": held.move,
                        "parameters": json.loads(held.parameters),
                    },
                    "title": move.title,
                    "severity": move.severity,
                },
            )


def _revealed(work: TurnWork, held: HiddenOrder) -> bool:
    move = work.ruleset.moves[held.move]
    if move.reveal_after is not None and work.board.turn >= held.turn + move.reveal_after:
        return True
    if move.reveal_when is None:
        return False
    if not move.parameters:
        return bool(move.reveal_when.run(work.board, work.ruleset.layout.index[held.seat]))
    return bool(move.reveal_when.run(work.board, *rebind(work.ruleset, held)))


@lru_cache(maxsize=1024)
def _parsed(parameters: str) -> Mapping[str, Any]:
    """Parameters that were kept as text; asked for every turn until they are revealed."""
    found: Mapping[str, Any] = json.loads(parameters)
    return found


def rebind(ruleset: Ruleset, held: HiddenOrder) -> tuple[Any, ...]:
    """The values that rules bind of an order that was accepted in an earlier turn."""
    given = _parsed(held.parameters)
    values: list[Any] = [ruleset.layout.index[held.seat]]
    for parameter in ruleset.moves[held.move].parameters:
        value = given.get(parameter.name)
        if value is None:
            values.append(nothing(ruleset, parameter))
        elif parameter.type == "government":
            values.append(ruleset.layout.index[value])
        elif parameter.type == "clauses":
            values.append({item["clause"]: item["phase_in"] for item in value})
        else:
            values.append(value)
    return tuple(values)
