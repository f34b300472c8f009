"""A compiled expression."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from ..expressions.nodes import Node

Figure = Callable[..., Any]


@dataclass(frozen=True, slots=True)
class Formula:
    """A compiled expression: `run(board, *bindings)`, and its typed form for explaining."""

    node: Node
    run: Figure
    source: str
