"""Recorded votes: a draft and its circumstances, to be voted on by a scenario's own doctrine.

A file of recorded votes says for each when it was, what was so, what the draft held and how the
vote went; `vote_on` lets the members of that date vote, and gives the terms of their support.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path as FilePath
from typing import Any, Literal

from pydantic import Field

from apps.engine import adjudicate
from apps.scenarios.examples.situation import situation
from apps.scenarios.loading import ruleset_for
from apps.scenarios.plays.part_file import read_part
from apps.scenarios.problem import Problem, ScenarioError
from apps.scenarios.schema.example import DraftOnDocket, Given, MeasureInForce, PastOrder
from apps.scenarios.schema.part import Date, Id, Line, Number, Part, Text

Choice = Literal["yes", "no", "abstain"]
OUTCOMES = {
    "ResolutionAdopted": "adopted",
    "ResolutionFailed": "failed",
    "ResolutionVetoed": "vetoed",
}


class PhasedClause(Part):
    """A clause that takes effect by degrees."""

    clause: Id
    """The clause."""
    phase_in: Number
    """Its phase-in, in its own unit."""


class RecordedVote(Part):
    """A vote as it was recorded, and its circumstances in the scenario's terms."""

    title: Line
    """What was voted on."""
    date: Date
    """The day; it says who sat in the body."""
    body: Id | None = None
    """The body; the scenario's only one, if nothing is said."""
    given: dict[Line, Number] = Field(default_factory=dict)
    """Values of tracks: what was so. What is not said is as at the scenario's opening."""
    measures: list[MeasureInForce] = Field(default_factory=list)
    """Measures in force."""
    orders: list[PastOrder] = Field(default_factory=list)
    """Orders of the turn before, such as a consultation."""
    clauses: list[Id | PhasedClause] = Field(min_length=1)
    """The draft, in the scenario's clauses."""
    sponsors: list[Id] = Field(min_length=1)
    """The governments that tabled it."""
    outcome: Literal["adopted", "failed", "vetoed"] | None = None
    """How it went."""
    tally: dict[Choice, int] = Field(default_factory=dict)
    """The votes counted."""
    votes: dict[Id, Choice] = Field(default_factory=dict)
    """How members voted, as far as it is worth saying."""
    note: Text | None = None
    """More about it."""


class RecordedVotes(Part):
    """A file of recorded votes."""

    votes: dict[Id, RecordedVote] = Field(min_length=1, max_length=500)
    """The votes, by id."""


@dataclass(frozen=True, slots=True)
class TriedVote:
    """A vote as the scenario's doctrine has it."""

    outcome: str
    tally: dict[str, int]
    casts: list[dict[str, Any]]
    """By member: name, choice, support, and the terms behind it."""

    def choice(self, member: str) -> str:
        """How a member voted; empty if it did not sit."""
        return next((cast["choice"] for cast in self.casts if cast["member"] == member), "")

    def differences(self, recorded: RecordedVote) -> list[str]:
        """Where it is not as it was recorded, in sentences; empty when all is as recorded."""
        found = []
        if recorded.outcome and recorded.outcome != self.outcome:
            found.append(f"{self.outcome}, and was {recorded.outcome}")
        if recorded.tally and recorded.tally != self.tally:
            counted = {str(choice): count for choice, count in recorded.tally.items()}
            found.append(f"{shown(self.tally)}, and was {shown(counted)}")
        for member, choice in recorded.votes.items():
            if self.choice(member) != choice:
                found.append(
                    f"{member} votes {self.choice(member) or 'nothing'}, and voted {choice}"
                )
        return found


def shown(tally: Mapping[str, int]) -> str:
    """A tally as it is written: yes-no-abstain."""
    return "-".join(str(tally.get(choice, 0)) for choice in ("yes", "no", "abstain"))


def read_recorded_votes(path: FilePath) -> RecordedVotes:
    """Reads a file of recorded votes, YAML or JSON.

    Raises ScenarioError with file, line and column of everything that is wrong.
    """
    return read_part(path, RecordedVotes)


def vote_on(document: Mapping[str, Any], recorded: RecordedVote) -> TriedVote:
    """Lets the members of the day vote by the scenario's doctrine.

    Raises ScenarioError for a body or clause that the scenario does not have, and
    ImpossibleExample for a track, measure or government that it does not have.
    """
    ruleset = ruleset_for(_on_the_day(document, recorded.date))
    docket = DraftOnDocket.model_validate(_draft(document, recorded))
    given = Given.model_validate({"turn": 1, "tracks": dict(recorded.given)}).model_copy(
        update={"docket": [docket], "measures": recorded.measures, "orders": recorded.orders}
    )
    events = adjudicate(ruleset, situation(ruleset, given), (), (), "recorded vote").events
    casts = [dict(event.payload) for event in events if event.kind == "VoteCast"]
    for event in events:
        if event.kind in OUTCOMES:
            return TriedVote(OUTCOMES[event.kind], dict(event.payload["tally"]), casts)
    raise ScenarioError([Problem("no-vote", f"{recorded.title} did not come to a vote")])


def _on_the_day(document: Mapping[str, Any], date: str) -> dict[str, Any]:
    outline = document["scenario"]
    moved = {**outline, "calendar": {**outline["calendar"], "start": date}}
    return {**document, "scenario": moved, "injects": {}}


def _draft(document: Mapping[str, Any], recorded: RecordedVote) -> dict[str, Any]:
    bodies = list(document.get("bodies", {}))
    if recorded.body is None and len(bodies) != 1:
        known = ", ".join(bodies)
        problem = Problem("no-body", f"{recorded.title}: say which body votes: {known}")
        raise ScenarioError([problem])
    names = [part if isinstance(part, str) else part.clause for part in recorded.clauses]
    unknown = [name for name in names if name not in document.get("clauses", {})]
    if unknown:
        problem = Problem("no-clause", f"{recorded.title}: there is no clause {unknown[0]}")
        raise ScenarioError([problem])
    return {
        "body": recorded.body or bodies[0],
        "clauses": names,
        "sponsors": list(recorded.sponsors),
        "tabled": 0,
        "phase_in": {
            part.clause: part.phase_in for part in recorded.clauses if not isinstance(part, str)
        },
    }
