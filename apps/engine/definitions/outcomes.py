"""What turns come to: agreements, injects, dispatches, objectives, endings."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from .formula import Formula
from .rules import Rule

Template = tuple[str, tuple[str, ...]]
"""A text with `%s` where names go, and the names in their order; as it is without names."""


@dataclass(frozen=True, slots=True)
class Obligation:
    """What an agreement binds a party to; kept while `kept_if` holds at the turn's end."""

    id: str
    by: tuple[str, ...]
    text: str
    kept_if: Formula


@dataclass(frozen=True, slots=True)
class Agreement:
    """A kind of agreement: roles, each with the governments that may take it."""

    id: str
    index: int
    title: str
    text: str
    parties: Mapping[str, tuple[str, ...]]
    expires: int
    obligations: tuple[Obligation, ...]


@dataclass(frozen=True, slots=True)
class Inject:
    """An event from outside, at a turn or on a condition; its effects are a rule's."""

    id: str
    index: int
    title: str
    text: str
    sender: str
    audience: str
    at: int | None
    once: bool
    rule: Rule


@dataclass(frozen=True, slots=True)
class Dispatch:
    """A news text with variants, of which one is drawn and none repeats until all were used.

    `texts` are the variants ready to be filled, headline and body; `key` keys their draws.
    `courses` keeps what can come after the variants used so far, once somebody asked.
    """

    id: str
    index: int
    key: str
    audience: str
    variants: tuple[tuple[str, str], ...]
    texts: tuple[tuple[Template, Template], ...]
    courses: dict[tuple[int, ...], tuple[tuple[int, tuple[int, ...]], ...]] = field(
        init=False, repr=False, compare=False, default_factory=dict
    )


@dataclass(frozen=True, slots=True)
class Objective:
    """What a government wants; `value` in 0..1, reached at `target`."""

    id: str
    index: int
    seat: str
    title: str
    text: str
    weight: float
    value: Formula
    target: float


@dataclass(frozen=True, slots=True)
class Ending:
    """How a game can end."""

    id: str
    title: str
    text: str
    condition: Formula
    last_turn: bool
    priority: float
