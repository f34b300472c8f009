"""The words of a scenario that expressions may use, and where their values lie."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from ..layout import Layout
from .types import Type


@dataclass(slots=True)
class BodyWords:
    """What a body lends to expressions: members, their weights, draft attributes, clauses.

    The types of weights and attributes carry the ranges that members and clauses give them.
    """

    id: str
    members: tuple[str, ...]
    seats: Mapping[str, str]
    weights: Mapping[str, Type]
    attributes: Mapping[str, Type]
    clauses: tuple[str, ...]


@dataclass(slots=True)
class Vocabulary:
    """Every name of a scenario, with the type and the place of what it stands for."""

    layout: Layout
    types: dict[str, Type] = field(default_factory=dict)
    tracks: dict[str, str] = field(default_factory=dict)
    facts: dict[str, str] = field(default_factory=dict)
    measures: dict[str, tuple[str, ...]] = field(default_factory=dict)
    measure_index: dict[str, int] = field(default_factory=dict)
    moves: dict[str, float] = field(default_factory=dict)
    move_index: dict[str, int] = field(default_factory=dict)
    agreements: dict[str, int] = field(default_factory=dict)
    clauses: dict[str, int] = field(default_factory=dict)
    phases: dict[str, float] = field(default_factory=dict)
    bodies: dict[str, BodyWords] = field(default_factory=dict)
    turns: int = 40


@dataclass(slots=True)
class Scope:
    """Where an expression stands: its bindings, and whether it speaks of a draft or member.

    `orders` is false where nobody has ordered yet (a doctrine, the conditions of a move), so
    that `ordered(...)` would always be false. `outcome` is true after a vote.
    """

    bindings: Mapping[str, Type] = field(default_factory=dict)
    body: BodyWords | None = None
    member: bool = False
    outcome: bool = False
    orders: bool = True
