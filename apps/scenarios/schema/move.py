"""Moves: what a government can order."""

from __future__ import annotations

from typing import Annotated, Literal, Self

from pydantic import Field, Tag, model_validator

from apps.scenarios.schema.parameter import Parameter
from apps.scenarios.schema.part import Expression, Id, Line, Part, Text
from apps.scenarios.schema.variant import MAPPING, WORD, word_or_mapping


class Condition(Part):
    """A condition for a move to be open, and what a team reads while it is not."""

    if_: Expression = Field(alias="if")
    """Must hold; may use `actor`."""
    else_: Line = Field(alias="else")
    """The reason shown while it does not hold: what would open the move."""


class Reveal(Part):
    """When a secret order comes to light: exactly one of the two."""

    reveal_after: int | None = Field(None, ge=1, le=200)
    """This many turns after the order."""
    reveal_when: Expression | None = None
    """As soon as this holds at the end of a turn."""

    @model_validator(mode="after")
    def one_way(self) -> Self:
        """Exactly one way is given."""
        if (self.reveal_after is None) == (self.reveal_when is None):
            raise ValueError("give exactly one of reveal_after, reveal_when")
        return self


class Secret(Part):
    """An order that others do not see until it comes to light."""

    secret: Annotated[
        Annotated[Literal["never"], Tag(WORD)] | Annotated[Reveal, Tag(MAPPING)],
        word_or_mapping(
            ("never",), "must be never, {{reveal_after: 2}} or {{reveal_when: expression}}"
        ),
    ]
    """never, or when it comes to light."""


Secrecy = Annotated[
    Annotated[Literal["public"], Tag(WORD)] | Annotated[Secret, Tag(MAPPING)],
    word_or_mapping(
        ("public",), "must be public, {{secret: never}} or {{secret: {{reveal_after: 2}}}}"
    ),
]


class Act(Part):
    """What the move does in a body, besides its rules. Each value names a parameter of the move."""

    kind: Literal["table_draft", "amend_draft", "cosponsor", "withdraw_draft"]
    """table_draft | amend_draft | cosponsor | withdraw_draft"""
    body: Id
    """The body."""
    draft: Id | None = None
    """The parameter that holds the draft (amend_draft, cosponsor, withdraw_draft)."""
    clauses: Id | None = None
    """The parameter that holds the clauses (table_draft, amend_draft)."""
    joint_with: Id | None = None
    """The parameter that holds a government that is asked to table jointly."""
    phase_in: Id | None = None
    """The parameter that holds the phase-in of clauses that have one."""
    joint_if: Expression | None = None
    """Whether the partner agrees to table jointly, where it has not ordered so itself."""


class Move(Part):
    """An order that governments can give."""

    title: Line
    """The order in words: Impose new unilateral sanctions."""
    theme: Id
    """Moves of one theme are shown together."""
    text: Text
    """What it does, for the team that considers it."""
    by: list[Id] = Field(min_length=1)
    """The governments that can give it."""
    cost: Expression = 0
    """Taken from the capital track when the order is accepted; may use `actor`."""
    severity: int = Field(0, ge=0, le=5)
    """How hard a step it is: 0 none, 5 the hardest."""
    cooldown: int = Field(0, ge=0, le=200)
    """How many turns must pass before the same government can give it again."""
    per_turn: int = Field(1, ge=1, le=20)
    """How often the same government can give it in one turn."""
    secrecy: Secrecy = "public"
    """public, or secret and when it comes to light."""
    irreversible: bool = False
    """Cannot be taken back by another order; stand-ins never give it on their own."""
    roles: list[Id] | None = Field(None, min_length=1)
    """Who in the team may give it; without it, everybody."""
    parameters: dict[Id, Parameter] = Field(default_factory=dict, max_length=8)
    """What the team fills in; rules read them by name."""
    conditions: list[Condition] = Field(default_factory=list, max_length=12)
    """When it is open, each with the reason for when it is not."""
    act: Act | None = None
    """What it does in a body."""
    claims: list[Id] = Field(default_factory=list)
    """The claims that the move stands for."""
