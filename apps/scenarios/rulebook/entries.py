"""The entries of a rule book: plain records of words."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Citation:
    """A claim and where its source makes it."""

    id: str
    text: str
    source: str
    paragraphs: str


@dataclass(frozen=True, slots=True)
class MoveEntry:
    """A move, in words."""

    id: str
    title: str
    theme: str
    text: str
    by: tuple[str, ...]
    cost: str
    severity: int
    limits: tuple[str, ...]
    secrecy: str
    parameters: tuple[str, ...]
    conditions: tuple[tuple[str, str], ...]
    claims: tuple[str, ...]
    rules: tuple[str, ...]

    @property
    def cost_short(self) -> str:
        """The cost where it is one number, else that it depends."""
        return self.cost if self.cost.replace(".", "", 1).isdigit() else "cost varies"


@dataclass(frozen=True, slots=True)
class RuleEntry:
    """A rule, in words."""

    id: str
    title: str
    text: str
    stage: str
    when: str
    condition: str
    chance: str
    effects: tuple[str, ...]
    claims: tuple[str, ...]
    reason: str
    move: str


@dataclass(frozen=True, slots=True)
class BodyEntry:
    """A body, its members and its voting doctrine, in words."""

    id: str
    title: str
    text: str
    adoption: str
    members: tuple[str, ...]
    guests: tuple[str, ...]
    terms: tuple[tuple[str, str, str, tuple[str, ...]], ...]
    vote: str
    clauses: tuple[tuple[str, str, str], ...]


@dataclass(frozen=True, slots=True)
class AgreementEntry:
    """An agreement and what its sides owe."""

    id: str
    title: str
    text: str
    sides: tuple[str, ...]
    obligations: tuple[str, ...]
    expires: int | None
