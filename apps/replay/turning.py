"""Turning points: the moments of a game that a debrief comes back to.

Read from the events that a viewer may see, so that a mark on the scrubber tells nobody more than
the turn itself would.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from apps.replay.names import Names

GRAVE = 4
"""Severity (0 to 5) from which a move counts as a turning point by itself."""
LARGEST = 3
"""How many turns are marked for the size of their changes."""
VOTES = {
    "adopted": gettext_noop("Draft resolution adopted"),
    "failed": gettext_noop("Draft resolution failed"),
    "vetoed": gettext_noop("Draft resolution vetoed"),
}
BROKEN, AGREED = "Promise broken: ", "Agreed: "


@dataclass(frozen=True, slots=True)
class TurningPoint:
    """One mark: what kind of moment it was, in words, and its tone (good, bad, warn or "")."""

    kind: str
    text: str
    tone: str = ""

    def to_json(self) -> dict[str, str]:
        """Plain values, as a chapter's summary keeps them."""
        return {"kind": self.kind, "text": self.text, "tone": self.tone}


def turning_points(
    events: Iterable[Mapping[str, Any]], document: Mapping[str, Any]
) -> list[TurningPoint]:
    """The turning points of one turn, from its visible events, in their order."""
    names = Names(document)
    found = [point for event in events if (point := _point(event, document, names))]
    return list(dict.fromkeys(found))


def in_words(points: Iterable[Mapping[str, str]]) -> list[Mapping[str, str]]:
    """Kept turning points in the active language; a chapter's summary keeps them in English."""
    return [{**point, "text": _text_of(point)} for point in points]


def _text_of(point: Mapping[str, str]) -> str:
    text = point["text"]
    if point["kind"] == "promise":
        return _("Promise broken: %(agreement)s") % {"agreement": text.removeprefix(BROKEN)}
    if point["kind"] == "agreement":
        return _("Agreed: %(agreement)s") % {"agreement": text.removeprefix(AGREED)}
    return _(text) if text in VOTES.values() else text


def size_of_changes(events: Iterable[Mapping[str, Any]], document: Mapping[str, Any]) -> float:
    """How much the visible tracks moved in a turn, each as a share of its range."""
    size = 0.0
    for event in events:
        if event["kind"] == "TrackChanged":
            payload = event["payload"]
            low, high = document["tracks"][payload["track"]]["range"]
            size += abs(float(payload["after"]) - float(payload["before"])) / ((high - low) or 1)
    return round(size, 6)


def largest_turns(sizes: Mapping[int, float]) -> set[int]:
    """The turns whose changes stand out: the three largest, if above the mean by half."""
    if not sizes:
        return set()
    mean = sum(sizes.values()) / len(sizes)
    ranked = sorted(sizes, key=lambda turn: (-sizes[turn], turn))[:LARGEST]
    return {turn for turn in ranked if sizes[turn] > 1.5 * mean}


def _point(
    event: Mapping[str, Any], document: Mapping[str, Any], names: Names
) -> TurningPoint | None:
    kind, payload = event["kind"], event["payload"]
    if kind in ("ResolutionAdopted", "ResolutionFailed", "ResolutionVetoed"):
        outcome = kind.removeprefix("Resolution").lower()
        tone = {"adopted": "good", "vetoed": "bad"}.get(outcome, "warn")
        return TurningPoint("vote", VOTES[outcome], tone)
    if kind == "ObligationBroken":
        agreement = names.agreement(str(payload.get("agreement", "")))
        return TurningPoint("promise", f"{BROKEN}{agreement}", "bad")
    if kind == "AgreementMade":
        agreement = names.agreement(str(payload.get("agreement", "")))
        return TurningPoint("agreement", f"{AGREED}{agreement}", "good")
    if kind == "OrderAccepted":
        return _grave_order(payload.get("order", payload), document, names)
    if kind == "GameEnded":
        return TurningPoint("ending", names.ending(str(payload.get("ending", ""))), "")
    return None


def _grave_order(
    order: Mapping[str, Any], document: Mapping[str, Any], names: Names
) -> TurningPoint | None:
    move = str(order.get("move", ""))
    if document.get("moves", {}).get(move, {}).get("severity", 0) < GRAVE:
        return None
    return TurningPoint(
        "move", f"{names.short(str(order.get('seat', '')))}: {names.move(move)}", "warn"
    )
