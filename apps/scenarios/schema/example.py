"""Examples of rules: given, when, then. They run as tests."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from apps.scenarios.schema.parameter import ParameterValue
from apps.scenarios.schema.part import Id, Line, Number, Part, Scalar


class MeasureInForce(Part):
    """A measure that is in force as the example begins."""

    measure: Id
    """The measure."""
    by: Id | None = None
    """Its holder."""
    since: int | None = Field(default=None, ge=0, le=200)
    """The turn in which it came into force; the turn before, if nothing is said."""


class AgreementInForce(Part):
    """An agreement that is in force as the example begins."""

    agreement: Id
    """The agreement."""
    parties: dict[Id, Id] = Field(default_factory=dict)
    """Which government holds each side: {proposer: US, other: DPRK}."""
    since: int | None = Field(default=None, ge=0, le=200)
    """The turn in which it was made; the turn before, if nothing is said."""


class DraftOnDocket(Part):
    """A draft resolution that is before a body as the example begins."""

    id: Line | None = None
    """A name for orders of the example that sponsor, amend or withdraw it; D1, D2 and so on, if
    nothing is said."""
    body: Id
    """The body."""
    clauses: list[Id] = Field(min_length=1)
    """Its clauses."""
    sponsors: list[Id] = Field(min_length=1)
    """The governments that sponsor it."""
    tabled: int | None = Field(default=None, ge=0, le=200)
    """The turn in which it was tabled; early enough for a vote this turn, if nothing is said."""
    phase_in: dict[Id, Number] = Field(default_factory=dict)
    """The phase-in of clauses that have one."""


class GivenOrder(Part):
    """An order of an example or of a playthrough."""

    by: Id
    """The government that gives it."""
    move: Id
    """The move."""
    parameters: dict[Id, ParameterValue] = Field(default_factory=dict)
    """What is filled in; what is left out takes its default."""


class PastOrder(GivenOrder):
    """An order that was accepted before the example begins."""

    turn: int | None = Field(default=None, ge=1, le=200)
    """The turn of the order; the turn before, if nothing is said."""


class GivenVote(Part):
    """How a member votes on the draft that is before the body."""

    member: Id
    """The member."""
    choice: Literal["yes", "no", "abstain"]
    """yes | no | abstain"""


class Given(Part):
    """The situation as the example begins. What is not said is as at the start of a game."""

    turn: int | None = Field(default=None, ge=1, le=200)
    """The turn that is adjudicated: 3, if nothing is said."""
    turns: int | None = Field(default=None, ge=1, le=200)
    """How many turns the game has."""
    tracks: dict[Line, Number] = Field(default_factory=dict)
    """Values of tracks: {tension: 50, "relation[US, CHN]": 0}."""
    facts: dict[Line, Scalar] = Field(default_factory=dict)
    """Values of facts."""
    previous: dict[Line, Number] = Field(default_factory=dict)
    """Values of tracks a turn ago, for `previous`; as now, if nothing is said."""
    measures: list[MeasureInForce] = Field(default_factory=list)
    """Measures in force."""
    agreements: list[AgreementInForce] = Field(default_factory=list)
    """Agreements in force."""
    adopted: list[Id] = Field(default_factory=list)
    """Clauses that a resolution has brought into force."""
    docket: list[DraftOnDocket] = Field(default_factory=list)
    """Drafts before a body."""
    orders: list[PastOrder] = Field(default_factory=list)
    """Orders of earlier turns, for `ever` and `since`."""
    draw: Number | None = None
    """What a chance draws, from 0 up to but not 1; it comes true when the draw is below it. 0, if
    nothing is said: a chance above 0 comes true."""


class Then(Part):
    """What must follow. Only what is said is compared."""

    fires: bool
    """Whether the rule fires at all."""
    changes: dict[Line, Number] = Field(default_factory=dict)
    """What this rule adds to tracks, before clamping."""
    facts: dict[Line, Scalar] = Field(default_factory=dict)
    """Facts that this rule sets."""
    imposes: list[Id] = Field(default_factory=list)
    """Measures that this rule imposes."""
    lifts: list[Id] = Field(default_factory=list)
    """Measures that this rule lifts."""
    dispatches: list[Id] = Field(default_factory=list)
    """Dispatches that this rule publishes."""


class Example(Part):
    """One case of a rule, which runs as a test."""

    name: Line
    """What it shows: not at low tension."""
    given: Given = Field(default_factory=lambda: Given())
    """The situation."""
    when: list[GivenOrder] = Field(default_factory=list)
    """The orders of the turn."""
    votes: list[GivenVote] = Field(default_factory=list)
    """Votes in the turn, of any members; those not named vote by the body's doctrine."""
    then: Then
    """What must follow."""
