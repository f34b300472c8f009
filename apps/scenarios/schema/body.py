"""Bodies that vote on draft resolutions, their members, and the clauses of drafts."""

from __future__ import annotations

from typing import Literal, Self

from pydantic import Field, model_validator

from apps.scenarios.schema.part import Date, Expression, Id, Line, Number, Part, Text


class Adoption(Part):
    """When a draft is adopted."""

    affirmative: int = Field(ge=1, le=500)
    """How many votes in favor it needs."""
    veto: bool = False
    """Whether a vote against by a member with a veto stops it."""


class Weight(Part):
    """A number that each member has."""

    title: Line
    """What people read."""
    text: Text | None = None
    """What it means."""
    default: Number = 0
    """The number of a member that does not say."""


class DraftAttribute(Part):
    """A number of a draft, made from the same number of its clauses."""

    title: Line | None = None
    """What people read."""
    text: Text | None = None
    """What it means."""
    combine: Literal["sum", "max", "min"] = "sum"
    """How the clauses' numbers make the draft's."""


class Member(Part):
    """A state with a vote."""

    name: Line
    """Its name."""
    government: Id | None = None
    """The government that casts its vote; without it the voting doctrine does."""
    veto: bool = False
    """Whether it has a veto."""
    from_: Date | None = Field(None, alias="from")
    """The first day of its membership."""
    until: Date | None = None
    """The last day of its membership."""
    weights: dict[Id, Number] = Field(default_factory=dict)
    """Its numbers in the voting doctrine; a weight that is not given has its default."""


class SupportTerm(Part):
    """One term of a member's support for a draft; readers see it with its value."""

    title: Line
    """What people read."""
    text: Text | None = None
    """More about why."""
    amount: Expression
    """The term, in points of support; may use `member`, `draft` and the situation."""
    claims: list[Id] = Field(default_factory=list)
    """The claims that it encodes."""
    reason: Text | None = None
    """A modelling reason, where no claim asks for the term."""


class VoteThresholds(Part):
    """How support becomes a vote; between the two a member abstains."""

    yes: Number
    """In favor from this support on."""
    no: Number
    """Against below this support."""

    @model_validator(mode="after")
    def in_order(self) -> Self:
        """no <= yes."""
        if self.no > self.yes:
            raise ValueError("vote: no must not be above yes")
        return self


class Body(Part):
    """A body that adopts resolutions."""

    title: Line
    """Its name."""
    text: Text | None = None
    """What it can do."""
    guests: list[Id] = Field(default_factory=list)
    """Governments that take part without a vote."""
    adoption: Adoption
    """When a draft is adopted."""
    vote_after: int = Field(1, ge=0, le=20)
    """A draft of turn t is voted on when turn t + vote_after closes."""
    draft_attributes: dict[Id, DraftAttribute] = Field(default_factory=dict, max_length=20)
    """The numbers of a draft that the voting doctrine reads."""
    weights: dict[Id, Weight] = Field(default_factory=dict, max_length=40)
    """The numbers of a member that the voting doctrine reads."""
    members: dict[Id, Member] = Field(min_length=1, max_length=200)
    """Who votes."""
    support: dict[Id, SupportTerm] = Field(default_factory=dict, max_length=60)
    """The voting doctrine: the terms are summed to a member's support for a draft."""
    vote: VoteThresholds
    """How support becomes a vote."""


class PhaseIn(Part):
    """A clause may take effect by degrees."""

    max: int = Field(ge=1, le=1000)
    """The longest phase-in."""
    unit: Literal["turns", "days", "weeks", "months"] = "months"
    """What it is counted in: turns | days | weeks | months."""


class Clause(Part):
    """A building block of draft resolutions."""

    body: Id
    """The body that can adopt it."""
    title: Line
    """What people read in a list."""
    text: Text
    """The clause in words."""
    group: Id | None = None
    """Clauses of one group are shown together."""
    attributes: dict[Id, Number] = Field(default_factory=dict)
    """Its share in the draft's attributes."""
    imposes: Id | None = None
    """A measure without holder that comes into force with the clause."""
    phase_in: PhaseIn | None = None
    """Whether it may take effect by degrees."""
    repeats: bool = False
    """Can be adopted again while it is in force: words, exemptions, further names on a list."""
    excludes: list[Id] = Field(default_factory=list)
    """Clauses that cannot stand in the same draft."""
    claims: list[Id] = Field(default_factory=list)
    """The claims that it stands for."""
