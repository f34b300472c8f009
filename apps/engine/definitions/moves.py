"""Moves, with their parameters, conditions and acts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from .formula import Figure, Formula


@dataclass(frozen=True, slots=True)
class Parameter:
    """What a move has to be told. `type` as in the scenario format."""

    name: str
    type: str
    title: str
    choices: Mapping[str, str]
    lo: float
    hi: float
    step: float
    unit: str
    body: str
    fewest: int
    most: int
    optional: bool
    default: Any


@dataclass(frozen=True, slots=True)
class Condition:
    """When a move is open; `reason` is what the player reads when it is not."""

    formula: Formula
    reason: str
    of_order: bool


@dataclass(frozen=True, slots=True)
class Act:
    """What an order does to a docket; values name parameters of the move."""

    kind: str
    body: str
    clauses: str
    draft: str
    joint_with: str
    joint_if: Formula | None


@dataclass(frozen=True, slots=True)
class Move:
    """A move that governments may order.

    Of its conditions, `gates` look at the actor alone and close the move (`gate` is all of them
    at once), `checks` look at the parameters of an order. `fixed_cost` is its cost where that
    never changes.
    """

    id: str
    index: int
    title: str
    theme: str
    text: str
    by: tuple[str, ...]
    cost: Formula
    severity: float
    cooldown: int
    per_turn: int
    secret: bool
    reveal_after: int | None
    reveal_when: Formula | None
    irreversible: bool
    roles: tuple[str, ...]
    parameters: tuple[Parameter, ...]
    conditions: tuple[Condition, ...]
    gates: tuple[Condition, ...]
    checks: tuple[Condition, ...]
    gate: Figure | None
    fixed_cost: float | None
    act: Act | None
    claims: tuple[str, ...]
