"""How governments are led when nobody plays them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from .formula import Figure, Formula


@dataclass(frozen=True, slots=True)
class DoctrineOrder:
    """A doctrine's inclination to one move: whether, how strongly, with what and why.

    `fixed` says that its parameters are the same whatever the state. `ready` keeps each order that
    was made of it, by what it chose, since making one ready is slow.
    """

    id: str
    move: str
    condition: Formula | None
    weight: Formula
    parameters: Mapping[str, Any]
    intent: str
    reason: str
    fixed: bool
    ready: dict[tuple[Any, ...], Any]


@dataclass(frozen=True, slots=True)
class DoctrineOffer:
    """Whether a doctrine accepts (or proposes) an agreement, and why.

    For a proposal `parties` are the governments by role; empty where nobody fits.
    """

    id: str
    agreement: str
    to: str
    parties: Mapping[str, str]
    condition: Formula | None
    reason: str


@dataclass(frozen=True, slots=True)
class DoctrineStatement:
    """A public statement that a doctrine makes when its condition holds."""

    id: str
    condition: Formula | None
    text: str


@dataclass(frozen=True, slots=True)
class Doctrine:
    """How a government is led when nobody plays its seat.

    `lean` lists the orders whose conditions hold, `lean_on_board` those whose moves are open too
    (`compiling/leaning.py`).
    """

    id: str
    seat: str
    title: str
    text: str
    claims: tuple[str, ...]
    orders: tuple[DoctrineOrder, ...]
    lean: Figure
    lean_on_board: Figure
    offers: tuple[DoctrineOffer, ...]
    proposes: tuple[DoctrineOffer, ...]
    statements: tuple[DoctrineStatement, ...]
