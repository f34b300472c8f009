"""Causes: the rules that fired in a turn, and for each figure the parts of its change."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from apps.games.room.claims import claims_of
from apps.games.room.figures import change_of, spell
from apps.games.room.opened import Room, changes_in
from apps.games.room.situation import indicator, slug_of


def name_of(room: Room, label: str) -> str:
    """A figure's or fact's name for people: "Relations US – China"."""
    name, _bracket, about = label.partition("[")
    kinds = {**(room.document.get("facts") or {}), **room.document["tracks"]}
    title = (kinds.get(name) or {}).get("title", name)
    shorts = [room.party(who.strip()).short for who in about.rstrip("]").split(",") if who]
    return f"{title} {' – '.join(shorts)}".strip()


def sentence_of_change(room: Room, label: str, told: Mapping[str, Any]) -> dict[str, Any] | None:
    """The change of one figure for a list; None for one that rounds to nothing."""
    track = room.document["tracks"].get(label.partition("[")[0]) or {}
    decimals = int(track.get("decimals", 0))
    change = change_of(
        told["before"],
        told["after"],
        decimals=decimals,
        better=track.get("better", "neutral"),
    )
    if change is None:
        return None
    low, high = track.get("range", (0, 100))
    return {
        "slug": slug_of(label),
        "name": name_of(room, label),
        "change": change,
        "before": spell(told["before"], decimals),
        "after": spell(told["after"], decimals),
        "share": abs(told["after"] - told["before"]) / ((high - low) or 1),
    }


def parts_in(room: Room, turn: int, slug: str) -> dict[str, Any]:
    """What made a figure change in a closed turn.

    Raises KeyError for a figure that this audience did not see change in it.
    """
    for label, told in changes_in(room.events_of(turn)).items():
        if slug_of(label) == slug:
            return {"parts": parts_of(room, told), "clamped": bool(told.get("clamped"))}
    raise KeyError(slug)


def parts_of(room: Room, told: Mapping[str, Any]) -> list[dict[str, Any]]:
    """What made a change, each with its amount and claims. Causes that are hidden from this
    audience stand as one undisclosed part."""
    rules = {**(room.document.get("injects") or {}), **(room.document.get("rules") or {})}
    found = []
    for part in told["parts"]:
        body = rules.get(part.get("rule", ""), {})
        title = body.get("title") or _("Paid for our orders")
        found.append(
            {
                "title": title,
                "about": about_words(room, part.get("about")),
                "amount": signed(part["amount"]),
                "claims": claims_of(room.document, part.get("claims") or []),
                "reason": body.get("reason", ""),
            }
        )
    if round(told.get("undisclosed") or 0, 6):
        title = _("Causes that we do not know")
        found.append({"title": title, "amount": signed(told["undisclosed"]), "claims": []})
    return found


def about_words(room: Room, about: Any) -> str:
    """Whom a part is about, by names: the record holds ids joined by signs."""
    text = about if isinstance(about, str) else ",".join(about or [])
    names = [word for word in re.split(r"[^A-Za-z0-9_]+", text) if word in room.parties]
    return ", ".join(room.parties[name].name for name in dict.fromkeys(names))


def signed(amount: float) -> str:
    """An amount with its sign and up to two decimals."""
    return f"{amount:+.2f}".rstrip("0").rstrip(".").replace("-", "−")


def causes_in(room: Room, events: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The rules that fired with an effect, in order, each with what it saw and did."""
    rules = room.document.get("rules") or {}
    found = []
    for event in events:
        told = event["payload"]
        if event["kind"] != "RuleFired" or not told["fired"] or not told["effects"]:
            continue
        body = rules.get(told["rule"]) or {}
        bindings = told.get("bindings") or {}
        effects = [words for effect in told["effects"] if (words := effect_words(room, effect))]
        found.append(
            {
                "id": told["rule"],
                "title": told["title"],
                "move": body.get("on", ""),
                "group": group_of(body),
                "actor": bindings.get("actor", ""),
                "about": parties_named(room, bindings),
                "effects": effects,
                "claims": claims_of(room.document, told.get("claims") or []),
                "reason": told.get("reason") or "",
                "withheld": told.get("withheld") or 0,
                "saw": [
                    {"name": saw_name(room, name), "value": saw_value(value)}
                    for name, value in (told.get("saw") or {}).items()
                ],
                "chance": percent(told.get("chance")),
                "draw": percent(told.get("draw")),
            }
        )
    return found


def parties_named(room: Room, bindings: Mapping[str, Any]) -> list[Any]:
    """The governments among a firing's bindings, each once; other bindings hold any value."""
    names = [value for value in bindings.values() if isinstance(value, str)]
    return [room.parties[name] for name in dict.fromkeys(names) if name in room.parties]


def group_of(body: Mapping[str, Any]) -> str:
    """What sets a rule off: an order, the Council or an event from outside, or the passing turn."""
    if body.get("on"):
        return "orders"
    if not body or any(body.get(key) for key in ("adopted", "failed", "vetoed")):
        return "events"
    return "course"


def grouped(causes: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Causes by what set them off, and one entry for each rule with all whom it was about."""
    groups: dict[str, dict[str, dict[str, Any]]] = {"orders": {}, "events": {}, "course": {}}
    for cause in causes:
        rules = groups[cause["group"]]
        entry = rules.setdefault(cause["id"], {**cause, "firings": []})
        entry["firings"].append(cause)
    titles = {
        "orders": _("Set off by orders"),
        "events": _("Set off by the Council and by events"),
        "course": _("The course of things"),
    }
    return [
        {"id": key, "title": titles[key], "rules": list(rules.values())}
        for key, rules in groups.items()
        if rules
    ]


def outline(groups: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The same by titles alone: what a rule saw and did is asked for when somebody opens it."""
    return [
        {
            **group,
            "rules": [
                {
                    "id": rule["id"],
                    "title": rule["title"],
                    "about": rule["about"],
                    "count": len(rule["firings"]),
                }
                for rule in group["rules"]
            ],
        }
        for group in groups
    ]


def firings_in(room: Room, turn: int, rule: str) -> dict[str, Any]:
    """Every firing of one rule in a closed turn, as this audience may know it.

    Raises KeyError for a rule of which it knows no effect.
    """
    for group in grouped(causes_in(room, room.events_of(turn))):
        for entry in group["rules"]:
            if entry["id"] == rule:
                return entry
    raise KeyError(rule)


def effect_words(room: Room, effect: Mapping[str, Any]) -> str:
    """One effect in words; a dispatch is shown as news and not here."""
    kind, on, amount = effect["kind"], effect["on"], effect.get("amount")
    if kind == "change":
        return f"{name_of(room, on)} {signed(amount or 0.0)}"
    if kind == "set":
        return f"{name_of(room, on)}: {saw_value(amount)}"
    title = ((room.document.get("measures") or {}).get(on) or {}).get("title", on)
    if kind == "impose":
        return _("in force: %s") % title
    return _("ended: %s") % title if kind == "lift" else ""


def saw_name(room: Room, name: str) -> str:
    """What a rule looked at, by its title where it is a figure."""
    return name_of(room, name)


def saw_value(value: Any) -> str:
    """A value that a rule saw."""
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    return f"{value:.4g}" if isinstance(value, float) else str(value)


def percent(share: float | None) -> str:
    """A probability as per cent, or nothing."""
    return "" if share is None else f"{100 * share:.0f} %"


def why(room: Room, label: str) -> dict[str, Any]:
    """Everything about one figure: range, each change with its parts, its value turn by turn.

    Raises KeyError for a figure that this audience does not see.
    """
    track = next((t for t in room.view["tracks"] if slug_of(t["id"]) == label), None)
    if track is None:
        raise KeyError(label)
    decimals = track.get("decimals", 0)
    changes = []
    for turn in reversed(room.closed_turns):
        told = changes_in(room.events_of(turn)).get(track["id"])
        shown = sentence_of_change(room, track["id"], told) if told else None
        if shown and told:
            clamped = bool(told.get("clamped"))
            parts = parts_of(room, told)
            changes.append({"turn": turn, **shown, "parts": parts, "clamped": clamped})
    history = room.history[track["id"]]
    return {
        "figure": indicator(room, track),
        "changes": changes[:8],
        "points": [
            {"turn": turn, "value": spell(value, decimals)}
            for turn, value in enumerate(history, start=1)
        ],
    }
