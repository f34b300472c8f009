"""An order that is allowed, made ready for the rules."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from .orders import Order
from .ruleset import Move


@dataclass(slots=True)
class Placed:
    """An accepted order, ready for the rules: `bindings` in the order of the move's rules."""

    order: Order
    move: Move
    seat: int
    bindings: tuple[Any, ...]
    cost: float
    key: str
    ref: str = ""
