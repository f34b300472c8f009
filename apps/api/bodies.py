"""What a program sends: typed bodies, with unknown keys refused."""

from __future__ import annotations

from typing import Any, Literal
from uuid import UUID

from ninja import Schema
from pydantic import ConfigDict, Field

NAME = Field(max_length=60)


class Body(Schema):
    """Refuses keys that mean nothing, so that a misspelling is told and not ignored."""

    model_config = ConfigDict(extra="forbid")


class OrderBody(Body):
    """One order: a move of the seat with its parameters, intent and expected reaction."""

    move: str = NAME
    parameters: dict[str, Any] = Field(default_factory=dict)
    intent: str = Field(max_length=280)
    expects: str = Field(default="", max_length=280)


class OrdersBody(Body):
    """The seat's orders for the open turn, whole. An empty list passes the turn."""

    turn: int = Field(ge=1, le=1000)
    orders: list[OrderBody] = Field(max_length=20)


class VoteBody(Body):
    """An instruction to the seat's member of a body."""

    choice: Literal["yes", "no", "abstain"]
    explanation: str = Field(default="", max_length=2000)


class MessageBody(Body):
    """A message to delegations; with nobody named, a note within the own delegation."""

    to: list[str] = Field(default_factory=list, max_length=20)
    text: str = Field(min_length=1, max_length=4000)


class StatementBody(Body):
    """A public statement of the government."""

    text: str = Field(min_length=1, max_length=4000)


class OfferBody(Body):
    """An agreement offered; `parties` names the government for each of its parties."""

    agreement: str = NAME
    parties: dict[str, str]
    text: str = Field(default="", max_length=2000)
    open_for: int = Field(default=1, ge=1, le=6)


class AnswerBody(Body):
    """What becomes of an offer: the other side accepts or declines it, its maker withdraws it."""

    answer: Literal["accept", "decline", "withdraw"]
    text: str = Field(default="", max_length=2000)


class Made(Schema):
    """The id of what was made."""

    id: UUID
