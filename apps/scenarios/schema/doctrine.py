"""Doctrines: how a government that nobody plays behaves."""

from __future__ import annotations

from pydantic import Field

from apps.scenarios.schema.parameter import ParameterValue
from apps.scenarios.schema.part import Expression, Id, Line, Part, Text


class OrderRule(Part):
    """An order that the doctrine considers."""

    move: Id
    """The move."""
    if_: Expression | None = Field(None, alias="if")
    """Considered when this holds; without it, always."""
    weight: Expression = 1
    """How much it is wanted; the heaviest that are open and affordable are given."""
    parameters: dict[Id, ParameterValue] = Field(default_factory=dict)
    """What is filled in."""
    intent: Line | None = None
    """What the order is meant to bring about, recorded with it."""
    reason: Line
    """Why, in the doctrine's words."""


class AnswerRule(Part):
    """How the doctrine answers an offer."""

    agreement: Id
    """The agreement offered."""
    accept_if: Expression
    """Accepted when this holds, else declined."""
    reason: Line
    """Why, in the doctrine's words."""


class ProposalRule(Part):
    """An offer that the doctrine makes."""

    agreement: Id
    """The agreement."""
    to: Id
    """The government that is asked."""
    if_: Expression | None = Field(None, alias="if")
    """Offered when this holds."""
    reason: Line
    """Why, in the doctrine's words."""


class StatementRule(Part):
    """A public statement that the doctrine makes."""

    if_: Expression | None = Field(None, alias="if")
    """Made when this holds."""
    text: Text
    """The statement."""


class Doctrine(Part):
    """A way to play a government, written down."""

    title: Line
    """What people read."""
    text: Text
    """The doctrine in words."""
    claims: list[Id] = Field(default_factory=list)
    """The claims that it encodes."""
    orders: dict[Id, OrderRule] = Field(default_factory=dict, max_length=60)
    """The orders that it considers."""
    offers: dict[Id, AnswerRule] = Field(default_factory=dict, max_length=40)
    """How it answers offers."""
    proposes: dict[Id, ProposalRule] = Field(default_factory=dict, max_length=40)
    """What it offers."""
    statements: dict[Id, StatementRule] = Field(default_factory=dict, max_length=40)
    """What it says in public."""
