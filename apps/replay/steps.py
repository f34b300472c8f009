"""A turn step by step: what people did before it closed, then what the rules made of it, in order.

Numbered among what the viewer may see, so that a missing number gives nothing away.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy

from apps.engine.viewers import includes
from apps.journal.kinds import ENGINE, sentence
from apps.journal.store import Record
from apps.replay.moment import visible
from apps.replay.names import Names
from apps.replay.sources import Source
from apps.replay.talks import KINDS as TALKS
from apps.replay.talks import talks_of

TURN = frozenset(
    {
        "TurnOpened",
        "PhaseOpened",
        "TurnClosed",
        "TurnReopened",
        "ResultsReleased",
        "EffectAmended",
        "EffectAdded",
        "EffectStruck",
        "AmendmentWithdrawn",
        "SeatHandedOver",
        "ClockPaused",
        "ClockResumed",
        "DeadlineExtended",
        "NotePinned",
    }
)
"""Acts around a turn that are steps of their own."""
QUIET = frozenset({"VoteCast", "ObjectiveMeasured", "TurnAdjudicated", "CostPaid"})
"""Engine events that are told elsewhere, or that say nothing to people."""
TITLES = {
    "people": gettext_lazy("What people did"),
    "orders": gettext_lazy("Orders"),
    "council": gettext_lazy("Council"),
    "rules": gettext_lazy("Rules"),
    "outcome": gettext_lazy("Outcome"),
}
_PARTS = {
    "OrderAccepted": "orders",
    "OrderRejected": "orders",
    "OrderRevealed": "outcome",
    "RuleFired": "rules",
    "TrackChanged": "rules",
    "FactSet": "rules",
}


@dataclass(frozen=True, slots=True)
class Step:
    """One step: its number, the part of the turn it belongs to, and what happened in a sentence."""

    number: int
    part: str
    text: str
    begins: str
    """The title of the part that begins here, else an empty text."""


def steps_of(source: Source, records: Sequence[Record], viewer: str) -> list[Step]:
    """The steps of a turn as `viewer` may know them."""
    found = [*_by_people(source, records, viewer), *_by_rules(source, records, viewer)]
    steps, before = [], ""
    for number, (part, text) in enumerate(found, start=1):
        steps.append(Step(number, part, text, str(TITLES[part]) if part != before else ""))
        before = part
    return steps


def _by_people(source: Source, records: Sequence[Record], viewer: str) -> list[tuple[str, str]]:
    said = {talk.sequence: talk for talk in talks_of(records, source.document, viewer)}
    names = Names(source.document)
    found = []
    for record in records:
        if record.kind in ENGINE or not includes(record.audience, viewer):
            continue
        if record.kind in TALKS:
            talk = said[record.sequence]
            found.append(("people", f"{talk.who} {talk.to}: {talk.text}"))
        elif record.kind in TURN:
            payload = {**record.payload}
            if "seat" in payload:
                payload["seat"] = names.short(str(payload["seat"]))
            words = sentence(record.kind, payload)
            if record.kind == "NotePinned":
                words = f"{words} {payload.get('text', '')}"
            found.append(("people", words))
    return found


def _by_rules(source: Source, records: Sequence[Record], viewer: str) -> list[tuple[str, str]]:
    names = Names(source.document)
    return [
        (_PARTS.get(event["kind"], _other(event)), _words(event, names))
        for event in visible(source, records, viewer)
        if event["kind"] not in QUIET and event.get("text") and _happened(event)
    ]


def _words(event: Mapping[str, Any], names: Names) -> str:
    """The engine's sentence; a rule that fires for many says for whom."""
    text = str(event["text"])
    about = names.about(str(event["payload"].get("about") or ""))
    if event["kind"] != "RuleFired" or not about:
        return text
    return f"{text.rstrip('.')} ({about})."


def _other(event: Mapping[str, Any]) -> str:
    council = event["kind"].startswith(("Draft", "Resolution"))
    return "council" if council else "outcome"


def _happened(event: Mapping[str, Any]) -> bool:
    """Rules that came near and did not fire are told as what almost happened."""
    return event["kind"] != "RuleFired" or bool(event["payload"].get("fired"))
