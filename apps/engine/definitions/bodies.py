"""Bodies that vote, their members and terms of support, and clauses."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from .formula import Figure, Formula


@dataclass(frozen=True, slots=True)
class Member:
    """A member of a body; `government` is the index of the seat that instructs it, or nobody."""

    id: str
    index: int
    name: str
    seat: str
    government: int
    veto: bool
    since: str
    until: str
    weights: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Term:
    """One part of a member's support for a draft, shown to readers with its value."""

    id: str
    title: str
    formula: Formula
    claims: tuple[str, ...]
    cited: list[str]
    weights: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Body:
    """A body that votes on drafts.

    `supports(board, members, draft)` gives the value of each term for each of the members; `cards`
    of these values gives the terms as events hold them. `sittings` keeps who sits on a date, once
    somebody asked.
    """

    id: str
    title: str
    guests: tuple[str, ...]
    affirmative: int
    veto: bool
    vote_after: int
    attributes: tuple[str, ...]
    attribute_titles: Mapping[str, str]
    combine: tuple[str, ...]
    weights: tuple[str, ...]
    members: tuple[Member, ...]
    terms: tuple[Term, ...]
    supports: Figure
    cards: Figure
    yes: float
    no: float
    sittings: dict[str, tuple[Member, ...]] = field(
        init=False, repr=False, compare=False, default_factory=dict
    )


@dataclass(frozen=True, slots=True)
class Clause:
    """A clause that a draft may hold."""

    id: str
    index: int
    body: str
    title: str
    text: str
    group: str
    attributes: tuple[float, ...]
    imposes: str
    phase_max: float
    phase_unit: str
    repeats: bool
    excludes: tuple[str, ...]
