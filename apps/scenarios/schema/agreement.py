"""Agreements between governments, with obligations that are kept or broken."""

from __future__ import annotations

from pydantic import Field

from apps.scenarios.schema.part import Expression, Id, Line, Part, Text


class Obligation(Part):
    """What a side of the agreement owes; looked at at the end of each turn."""

    by: Id
    """The government that owes it, or a side of `parties`."""
    text: Line
    """The obligation in words."""
    kept_if: Expression
    """Must hold at the end of each turn while the agreement is in force."""


class Agreement(Part):
    """A deal that governments can offer and accept."""

    title: Line
    """What people read."""
    text: Text
    """The terms in words."""
    parties: dict[Id, list[Id]] = Field(min_length=2, max_length=6)
    """Each side and the governments that can hold it: {proposer: [US, ROK], other: [DPRK]}."""
    expires: int | None = Field(None, ge=1, le=200)
    """For how many turns it holds; without it, until it is broken."""
    obligations: dict[Id, Obligation] = Field(default_factory=dict, max_length=12)
    """What the sides owe."""
    claims: list[Id] = Field(default_factory=list)
    """The claims that it stands for."""
