"""The situation: indicators with their trend, the governments' figures, measures in force."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy

from apps.games.room.figures import Change, change_of, spell
from apps.games.room.opened import Room
from apps.games.room.parties import Party

GROUPS = {
    "security": gettext_lazy("Security"),
    "diplomacy": gettext_lazy("Diplomacy"),
    "economy": gettext_lazy("Economy"),
    "home": gettext_lazy("At home"),
}
MARKED = 0.03
"""A change of this share of a figure's range stands out."""


@dataclass(frozen=True, slots=True)
class Indicator:
    """A figure with its range, its trend and its last change."""

    id: str
    slug: str
    title: str
    text: str
    value: str
    unit: str
    low: str
    high: str
    track_low: float
    track_high: float
    change: Change | None
    trend: str
    group: str
    own: bool
    party: Party | None
    marked: bool


def slug_of(label: str) -> str:
    """A label as part of an element's id: "relation[US, CHN]" is "relation-US-CHN"."""
    return "-".join(label.replace("[", " ").replace("]", " ").replace(",", " ").split())


def indicator(room: Room, track: Mapping[str, Any]) -> Indicator:
    """One track of the view as an indicator."""
    decimals = track.get("decimals", 0)
    low, high = track["range"]
    about = track.get("about") or []
    moved = abs(track["value"] - track["previous"]) / ((high - low) or 1)
    history = room.history.get(track["id"], [track["value"]])
    text = room.document["tracks"].get(track["track"], {}).get("text", "")
    return Indicator(
        id=track["id"],
        slug=slug_of(track["id"]),
        title=track["title"],
        text=text,
        value=spell(track["value"], decimals),
        unit=track.get("unit") or "",
        low=spell(low),
        high=spell(high),
        track_low=low,
        track_high=high,
        change=change_of(
            track["previous"], track["value"], decimals=decimals, better=track["better"]
        ),
        trend=" ".join(f"{value:g}" for value in history),
        group=track.get("group") or "",
        own=about == [room.seat],
        party=room.party(about[0]) if len(about) == 1 else None,
        marked=moved >= MARKED,
    )


def indicators(room: Room) -> dict[str, Any]:
    """Figures of all and of our own government, by group."""
    found = [
        indicator(room, track)
        for track in room.view["tracks"]
        if not track.get("about") or track["about"] == [room.seat]
    ]
    groups: dict[str, list[Indicator]] = {}
    for figure in found:
        groups.setdefault(figure.group, []).append(figure)
    order = [*(key for key in GROUPS if key in groups), *(k for k in groups if k not in GROUPS)]
    named = [
        {
            "id": key,
            "title": GROUPS.get(key, key.replace("_", " ").capitalize()),
            "figures": groups[key],
        }
        for key in order
    ]
    return {"groups": named, "turn": room.last_turn}


def governments(room: Room) -> dict[str, Any]:
    """A table of the governments: a row each, a column for each figure that we may see."""
    of_one = [t for t in room.view["tracks"] if len(t.get("about") or []) == 1]
    seen: dict[str, int] = {}
    for track in of_one:
        seen[track["track"]] = seen.get(track["track"], 0) + 1
    # What is known of one government alone, our own, stands among the indicators.
    kinds = {t["track"]: t["title"] for t in of_one if seen[t["track"]] > 1}
    known = {(t["track"], t["about"][0]): indicator(room, t) for t in of_one}
    seats = room.status.get("seats", {})
    rows = [
        {
            "party": party,
            "own": party.id == room.seat,
            "mode": seats.get(party.id, {}).get("mode", ""),
            "ready": seats.get(party.id, {}).get("ready", False),
            "people": len(seats.get(party.id, {}).get("people", ())),
            "figures": [known.get((kind, party.id)) for kind in kinds],
            "measures": [m for m in room.view["measures"] if m.get("by") == party.id],
        }
        for party in room.parties.values()
    ]
    return {"columns": list(kinds.values()), "rows": rows}


def measures(room: Room) -> dict[str, Any]:
    """Measures in force, newest first, with what changed in the last turn marked."""
    found = [
        {
            **measure,
            "party": room.party(measure["by"]) if measure.get("by") else None,
            "new": bool(room.last_turn) and measure.get("since") == room.last_turn,
        }
        for measure in room.view["measures"]
    ]
    found.sort(key=lambda m: (-(m.get("since") or 0), m["title"]))
    facts = [fact for fact in room.view["facts"] if fact["value"]]
    return {"measures": found, "facts": facts}
