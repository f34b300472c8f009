"""Where a session stands: what the next decision needs, and nothing that only a page shows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from apps.engine import State

LOBBY, REVIEW, FINISHED = "lobby", "review", "finished"
READING, TALKS, ORDERS = "reading", "talks", "orders"
PHASES_OF_TURN = (READING, TALKS, ORDERS)
"""The phases of an open turn in their order. Every turn has the last; the others are a session's
own choice. What is open in each is in `apps.games.services.phases`."""


@dataclass(frozen=True, slots=True)
class SeatState:
    """A government's seat: who leads it, what it has submitted for the open turn.

    `said` are the statements of its doctrine, which says nothing twice; `irreversible` that the
    facilitator lets the doctrine do what cannot be undone.
    """

    mode: str = "people"
    doctrine: str = ""
    ready: bool = False
    absence: str = "hold"
    orders: tuple[Mapping[str, Any], ...] | None = None
    votes: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    standing: tuple[Mapping[str, Any], ...] = ()
    said: tuple[str, ...] = ()
    irreversible: bool = False


@dataclass(frozen=True, slots=True)
class Clock:
    """The clock of the turn's phase. `seconds` is how long delegations have for their orders;
    `due` is None without a clock; `left` is set (seconds) while paused; `called` once the
    facilitator has called the close."""

    seconds: int | None = None
    due: datetime | None = None
    left: float | None = None
    resume_at: datetime | None = None
    called: bool = False

    @property
    def paused(self) -> bool:
        return self.left is not None


@dataclass(frozen=True, slots=True)
class OpenOffer:
    """An offer that still waits for answers."""

    agreement: str
    proposer: str
    parties: Mapping[str, str]
    accepted: tuple[str, ...]
    expires_turn: int

    @property
    def asked(self) -> tuple[str, ...]:
        """The governments whose acceptance is needed: every party but the proposer."""
        return tuple(sorted(set(self.parties.values()) - {self.proposer}))

    @property
    def rank(self) -> tuple[str, str, list[tuple[str, str]]]:
        """Sorts offers by what they say: ids are random, and a replay must not depend on them."""
        return self.proposer, self.agreement, sorted(self.parties.items())


@dataclass(frozen=True, slots=True)
class Session:
    """Where a game stands. `state` is None in the lobby; `held` is set during a review.

    `timetable` holds the phases that come before the orders, each with its seconds or None where
    the facilitator ends it; empty where a turn is one phase. `scheduled` is news that waits for
    the opening of a turn, by its id. `heads_submit` says that the head of a delegation alone
    submits its orders, or a deputy: who may is in `apps.games.services.submitters`.
    """

    phase: str = LOBBY
    turn: int = 0
    turns: int = 0
    seed: str = ""
    review: bool = False
    archived: bool = False
    seats: Mapping[str, SeatState] = field(default_factory=dict)
    clock: Clock = Clock()
    offers: Mapping[str, OpenOffer] = field(default_factory=dict)
    accords: tuple[Mapping[str, Any], ...] = ()
    injects: tuple[str, ...] = ()
    held: tuple[Mapping[str, Any], ...] | None = None
    amendments: tuple[Mapping[str, Any], ...] = ()
    timetable: Mapping[str, int | None] = field(default_factory=dict)
    scheduled: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    heads_submit: bool = False
    state: State | None = None

    def seat(self, government: str) -> SeatState:
        return self.seats[government]

    @property
    def turn_is_open(self) -> bool:
        """Whether a turn is open, in whichever of its phases."""
        return self.phase in PHASES_OF_TURN

    @property
    def phases(self) -> list[str]:
        """The phases that a turn of this session goes through."""
        return [phase for phase in PHASES_OF_TURN if phase in self.timetable or phase == ORDERS]

    @property
    def next_phase(self) -> str | None:
        """The phase after this one within the turn; None where there is none."""
        if not self.turn_is_open:
            return None
        later = PHASES_OF_TURN[PHASES_OF_TURN.index(self.phase) + 1 :]
        return next((phase for phase in self.phases if phase in later), None)

    def seconds_of(self, phase: str) -> int | None:
        """How long a phase lasts; None where it has no clock."""
        return self.clock.seconds if phase == ORDERS else self.timetable.get(phase)

    def waiting_for(self) -> list[str]:
        """The seats of people that are not ready, in the scenario's order."""
        return [g for g, seat in self.seats.items() if seat.mode == "people" and not seat.ready]

    def everybody_ready(self) -> bool:
        """Whether every seat of people is ready; False where there is no such seat."""
        people = [seat for seat in self.seats.values() if seat.mode == "people"]
        return bool(people) and all(seat.ready for seat in people)
