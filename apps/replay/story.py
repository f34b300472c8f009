"""A whole game from one perspective: every moment in order, and what they add up to.

The debrief pack, the overview and the comparison of games read it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from apps.replay.chapters import chapters_for, records_of, standing
from apps.replay.council import Ballot
from apps.replay.decisions import Decision
from apps.replay.moment import Moment, moment_of, visible
from apps.replay.names import Names
from apps.replay.promises import Promise
from apps.replay.sources import Source


@dataclass(frozen=True, slots=True)
class RuleUse:
    """How often a rule fired, and how far it moved the indicators that the viewer sees."""

    rule: str
    title: str
    claims: tuple[str, ...]
    turns: tuple[int, ...]
    moved: float


@dataclass(frozen=True, slots=True)
class Story:
    """The moments of a game, the opening first, and its rules in order of what they moved."""

    source: Source
    viewer: str
    moments: list[Moment]
    rules: list[RuleUse]
    objectives: dict[str, list[Mapping[str, Any]]]

    @property
    def last(self) -> Moment:
        """The last moment, which holds how things stand at the end."""
        return self.moments[-1]

    @property
    def ending(self) -> Mapping[str, Any] | None:
        """The ending's id, title and text; None where the game has not ended."""
        return self.last.view.get("ended")

    @property
    def decisions(self) -> list[tuple[Moment, Decision]]:
        """Every order with its moment."""
        return [(moment, order) for moment in self.moments for order in moment.orders]

    @property
    def ballots(self) -> list[tuple[Moment, Ballot]]:
        """Every vote with its moment."""
        return [(moment, ballot) for moment in self.moments for ballot in moment.votes]

    @property
    def turning(self) -> list[tuple[Moment, str]]:
        """Every turning point with its moment."""
        return [(moment, point["text"]) for moment in self.moments for point in moment.points]

    @property
    def promises(self) -> list[Promise]:
        """The ledger as it stood at the end."""
        return self.last.promises


def story_of(source: Source, viewer: str) -> Story | None:
    """The whole game as `viewer` knew it; None before a first turn was closed."""
    every = chapters_for(source)
    chapters = standing(every)
    if not chapters:
        return None
    moments = [moment_of(source, every, chapter, viewer) for chapter in chapters]
    firings: list[Any] = []
    objectives: dict[str, Any] = {}
    for chapter in chapters:
        measured: dict[str, list[Mapping[str, Any]]] = {}
        for event in visible(source, records_of(source, chapter), viewer):
            if event["kind"] == "RuleFired" and event["payload"].get("fired"):
                firings.append((chapter.turn, event["payload"]))
            elif event["kind"] == "ObjectiveMeasured":
                measured.setdefault(event["payload"]["seat"], []).append(event["payload"])
        objectives = measured or objectives
    return Story(source, viewer, moments, _rules(source, firings), objectives)


def _rules(source: Source, firings: Sequence[tuple[int, Mapping[str, Any]]]) -> list[RuleUse]:
    names = Names(source.document)
    found: dict[str, list[tuple[int, Mapping[str, Any]]]] = {}
    for turn, firing in firings:
        found.setdefault(str(firing["rule"]), []).append((turn, firing))
    uses = [
        RuleUse(
            rule=rule,
            title=names.rule(rule),
            claims=tuple(source.document["rules"].get(rule, {}).get("claims") or ()),
            turns=tuple(sorted({turn for turn, _ in fired})),
            moved=sum(
                abs(float(effect["amount"]))
                for _, firing in fired
                for effect in firing.get("effects") or ()
                if effect["kind"] == "change" and effect.get("amount")
            ),
        )
        for rule, fired in found.items()
    ]
    return sorted(uses, key=lambda use: (-use.moved, use.rule))
