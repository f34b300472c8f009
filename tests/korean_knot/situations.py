"""Situations of Korean Knot to try claims and votes in: the opening, with some things otherwise."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from apps.engine import (
    Accord,
    Adjudication,
    Order,
    Ruleset,
    State,
    Vote,
    adjudicate,
    compile_ruleset,
)
from apps.scenarios.examples.situation import situation
from apps.scenarios.library import load_scenario
from apps.scenarios.schema.example import Given

SEED = "korean-knot-tests"


@cache
def ruleset(start: str = "2016-09-12") -> Ruleset:
    """The scenario as it is in the library; `start` moves its calendar, and with it the Council.

    Injects are left out, so that nothing but what a test names makes its two sides differ.
    """
    document = dict(load_scenario("korean_knot").document)
    outline = dict(document["scenario"])
    document["scenario"] = {**outline, "calendar": {**outline["calendar"], "start": start}}
    document["injects"] = {}
    return compile_ruleset(document)


@dataclass(frozen=True)
class Situation:
    """What is so as a turn opens. Everything not given is as at the scenario's opening."""

    tracks: Mapping[str, float] = field(default_factory=dict)
    facts: Mapping[str, Any] = field(default_factory=dict)
    measures: Iterable[tuple[str, str | None]] = ()
    clauses: Iterable[str | Mapping[str, Any]] = ()
    sponsors: Iterable[str] = ("US",)
    past: Iterable[Order] = ()
    turn: int = 3
    start: str = "2016-09-12"

    @property
    def rules(self) -> Ruleset:
        """The rule set on this situation's calendar."""
        return ruleset(self.start)

    def state(self) -> State:
        """The state as the turn opens."""
        return situation(self.rules, Given.model_validate(self._given()))

    def _given(self) -> dict[str, Any]:
        measures = [{"measure": name, **({"by": by} if by else {})} for name, by in self.measures]
        past = [
            {"by": order.seat, "move": order.move, "parameters": dict(order.parameters)}
            for order in self.past
        ]
        clauses = [
            (item, 0.0) if isinstance(item, str) else (item["clause"], item["phase_in"])
            for item in self.clauses
        ]
        draft = {
            "id": DRAFT,
            "body": "unsc",
            "clauses": [name for name, _ in clauses],
            "sponsors": list(self.sponsors),
            "tabled": self.turn - 1,
            "phase_in": {name: months for name, months in clauses if months},
        }
        return {
            "turn": self.turn,
            "tracks": dict(self.tracks),
            "facts": dict(self.facts),
            "measures": measures,
            "orders": past,
            "docket": [draft] if clauses else [],
        }

    def play(
        self,
        *orders: Order,
        votes: Iterable[Vote] = (),
        accords: Iterable[Accord] = (),
        seed: str = SEED,
    ) -> Outcome:
        """The turn adjudicated with these orders; every order must have been accepted."""
        before = self.state()
        done = adjudicate(self.rules, before, orders, votes, seed, accords=accords)
        refused = [event.payload for event in done.events if event.kind == "OrderRejected"]
        assert not refused, refused
        return Outcome(self.rules, before, done)


DRAFT = "unsc-tried"


@dataclass(frozen=True)
class Outcome:
    """A turn that was tried: the state before, and what it came to."""

    rules: Ruleset
    before: State
    done: Adjudication

    def __getitem__(self, label: str) -> Any:
        """The value of a track after the turn."""
        return self.done.state.value(label)

    def change(self, label: str) -> float:
        """How much a track rose over the turn."""
        return float(self.done.state.value(label)) - float(self.before.value(label))

    def change_by(self, label: str, *rules: str) -> float:
        """How much the named rules added to a track, before the clamp."""
        place = self.rules.layout.find(label)
        assert place is not None
        name = self.rules.layout.names[place]
        return sum(
            part["amount"]
            for event in self.done.events
            if event.kind == "TrackChanged" and event.payload["name"] == name
            for part in event.payload["parts"]
            if not rules or part["rule"] in rules
        )

    def support(self, member: str) -> float:
        """A member's support for the draft that was voted on."""
        return float(self._cast(member)["support"])

    def term(self, member: str, term: str) -> float:
        """One term of a member's support."""
        return float(
            next(part["value"] for part in self._cast(member)["terms"] if part["id"] == term)
        )

    def choice(self, member: str) -> str:
        """How a member voted."""
        return str(self._cast(member)["choice"])

    def choices(self) -> dict[str, str]:
        """Every member's vote."""
        return {
            event.payload["member"]: event.payload["choice"]
            for event in self.done.events
            if event.kind == "VoteCast"
        }

    def resolution(self) -> tuple[str, dict[str, int]]:
        """The outcome of the vote, and its tally."""
        for event in self.done.events:
            outcome = {
                "ResolutionAdopted": "adopted",
                "ResolutionFailed": "failed",
                "ResolutionVetoed": "vetoed",
            }.get(event.kind)
            if outcome:
                return outcome, dict(event.payload["tally"])
        raise AssertionError("nothing was voted on")

    def fired(self, rule: str) -> bool:
        """Whether a rule fired."""
        return any(
            event.kind == "RuleFired" and event.payload["rule"] == rule and event.payload["fired"]
            for event in self.done.events
        )

    def _cast(self, member: str) -> dict[str, Any]:
        return next(
            dict(event.payload)
            for event in self.done.events
            if event.kind == "VoteCast" and event.payload["member"] == member
        )


def order(seat: str, move: str, **parameters: Any) -> Order:
    """An order with its parameters."""
    return Order(seat, move, parameters)
