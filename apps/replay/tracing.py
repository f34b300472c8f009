"""Why, and why not: the full trace of one indicator, of one vote, or of what almost happened.

Everything is said by the engine from the events that the viewer may see: what a rule saw, what it
drew, and the nearest change that would have decided otherwise.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from apps import engine
from apps.replay.citing import Citation, citations
from apps.replay.sources import Source

MOST_NEAR = 20


@dataclass(frozen=True, slots=True)
class Step:
    """One cause: what happened and why in sentences, the claims, what would have changed it."""

    sentences: list[str]
    cites: list[Citation]
    nearest: list[str]


def trace_of(source: Source, events: Sequence[Mapping[str, Any]], what: str) -> list[Step]:
    """The trace of `what`: "figure:<label>", "draft:<id>", or "near" for what almost happened."""
    kind, _, name = what.partition(":")
    if kind == "figure":
        return [_step(source, event) for event in _firings_behind(events, name)]
    if kind == "draft":
        return [_step(source, event) for event in _of_draft(events, name)]
    if kind == "near":
        near = [
            event
            for event in events
            if event["kind"] == "RuleFired" and not event["payload"].get("fired")
        ]
        return [_step(source, event) for event in near[:MOST_NEAR]]
    return []


def almost_happened(events: Iterable[Mapping[str, Any]]) -> int:
    """How many rules came near to firing and did not, as far as the viewer may know."""
    return sum(
        event["kind"] == "RuleFired" and not event["payload"].get("fired") for event in events
    )


def _firings_behind(events: Sequence[Mapping[str, Any]], name: str) -> list[Mapping[str, Any]]:
    """The firings whose parts make up an indicator's change, in their order."""
    parts = {
        (part.get("rule"), part.get("about"))
        for event in events
        if event["kind"] == "TrackChanged" and event["payload"]["name"] == name
        for part in event["payload"].get("parts") or ()
    }
    return [
        event
        for event in events
        if event["kind"] == "RuleFired"
        and event["payload"].get("fired")
        and (event["payload"].get("rule"), event["payload"].get("about")) in parts
    ]


def _of_draft(events: Sequence[Mapping[str, Any]], draft: str) -> list[Mapping[str, Any]]:
    """The resolution first, then each member's vote."""
    found = [event for event in events if event["payload"].get("draft") == draft]
    outcome = [event for event in found if event["kind"].startswith("Resolution")]
    return [*outcome, *(event for event in found if event["kind"] == "VoteCast")]


def _step(source: Source, event: Mapping[str, Any]) -> Step:
    told = engine.explain(source.ruleset, event)
    claims = [claim for sentence in told for claim in sentence.claims]
    nearest = engine.what_would_change(source.ruleset, event)
    cites = citations(source.document, claims)
    cited = {cite.text for cite in cites}
    return Step(
        sentences=[sentence.text for sentence in told if sentence.text not in cited],
        cites=cites,
        nearest=[sentence.text for sentence in nearest],
    )
