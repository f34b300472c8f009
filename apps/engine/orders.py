"""What seats ask for: orders and votes, and the named refusal of an order that is not allowed."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

LONGEST = 10_000
CHOICES = ("yes", "no", "abstain")


@dataclass(frozen=True, slots=True)
class Order:
    """One move that a seat orders for the open turn.

    `intent` and `expects` are the team's own words, recorded before the outcome and shown to
    the team and the facilitator only. `id` is the caller's reference; it decides nothing.
    """

    seat: str
    move: str
    parameters: Mapping[str, Any] = field(default_factory=dict)
    intent: str = ""
    expects: str = ""
    id: str = ""

    def to_json(self) -> dict[str, Any]:
        """The order as plain JSON values."""
        return {
            "id": self.id,
            "seat": self.seat,
            "move": self.move,
            "parameters": dict(self.parameters),
            "intent": self.intent,
            "expects": self.expects,
        }

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Order:
        """The order that `to_json` wrote; missing words are empty."""
        parameters = data.get("parameters")
        return cls(
            seat=str(data.get("seat", "")),
            move=str(data.get("move", "")),
            parameters=dict(parameters) if isinstance(parameters, Mapping) else {},
            intent=str(data.get("intent", "")),
            expects=str(data.get("expects", "")),
            id=str(data.get("id", "")),
        )

    def with_parameters(self, parameters: Mapping[str, Any]) -> Order:
        """The same order with its parameters completed by their defaults."""
        return Order(self.seat, self.move, parameters, self.intent, self.expects, self.id)


def canonical(parameters: Mapping[str, Any]) -> str:
    """Parameters as one line of text that does not depend on the order of keys."""
    return json.dumps(parameters, sort_keys=True, separators=(",", ":"), default=str)


def presentable(order: Order) -> Order:
    """The order as it came if its parameters can be kept, else without them.

    A refused order may hold anything: numbers that are none, endless nesting, a megabyte.
    """
    try:
        text = json.dumps(dict(order.parameters), allow_nan=False)
    except (TypeError, ValueError, RecursionError, OverflowError):
        return order.with_parameters({})
    return order if len(text) <= LONGEST else order.with_parameters({})


@dataclass(frozen=True, slots=True)
class Vote:
    """The instruction of a government to its member of a body: yes, no or abstain."""

    body: str
    draft: str
    member: str
    choice: str
    explanation: str = ""

    def to_json(self) -> dict[str, Any]:
        """The vote as plain JSON values."""
        return {
            "body": self.body,
            "draft": self.draft,
            "member": self.member,
            "choice": self.choice,
            "explanation": self.explanation,
        }

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Vote:
        """The vote that `to_json` wrote."""
        return cls(*(str(data.get(key, "")) for key in cls.__dataclass_fields__))


@dataclass(frozen=True, slots=True)
class Accord:
    """An offer that both sides accepted this turn; it becomes an agreement when the turn closes."""

    agreement: str
    parties: Mapping[str, str]

    def to_json(self) -> dict[str, Any]:
        """The accord as plain JSON values: role in the agreement -> government."""
        return {"agreement": self.agreement, "parties": dict(self.parties)}

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Accord:
        """The accord that `to_json` wrote."""
        parties = data.get("parties")
        named = dict(parties) if isinstance(parties, Mapping) else {}
        return cls(str(data.get("agreement", "")), {str(k): str(v) for k, v in named.items()})


@dataclass(frozen=True, slots=True)
class Rejection:
    """Why an order is not allowed: a code for programs and a reason for people."""

    code: str
    reason: str

    def to_json(self) -> dict[str, Any]:
        """The rejection as plain JSON values."""
        return {"code": self.code, "reason": self.reason}

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Rejection:
        """The rejection that `to_json` wrote."""
        return cls(str(data.get("code", "")), str(data.get("reason", "")))
