"""The orders of a turn: what each government did, what it meant by it, and what came of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from apps.replay.indicators import signed
from apps.replay.names import Names


@dataclass(frozen=True, slots=True)
class Decision:
    """One order as it came to be: accepted or refused, intended, expected, and its own effects."""

    seat: str
    government: str
    color: str
    title: str
    parameters: list[tuple[str, str]]
    accepted: bool
    secret: bool
    reason: str
    intent: str
    expects: str
    outcome: list[str]
    severity: float
    led_by: str = ""
    """The title of the doctrine that gave it, where one did."""

    @property
    def sentence(self) -> str:
        """The order in one sentence, for the text of a moment."""
        refused = "" if self.accepted else _(" (refused: %(reason)s)") % {"reason": self.reason}
        return f"{self.government}: {self.title}{refused}."


def decisions_of(
    events: Iterable[Mapping[str, Any]], document: Mapping[str, Any]
) -> list[Decision]:
    """The orders among a turn's visible events, by government in the scenario's order."""
    events = list(events)
    names = Names(document)
    order = {government: place for place, government in enumerate(document["governments"])}
    found = [
        _decision(event, events, document, names)
        for event in events
        if event["kind"] in ("OrderAccepted", "OrderRejected")
    ]
    return sorted(found, key=lambda decision: order.get(decision.seat, len(order)))


def _decision(
    event: Mapping[str, Any],
    events: list[Mapping[str, Any]],
    document: Mapping[str, Any],
    names: Names,
) -> Decision:
    payload = event["payload"]
    order = payload["order"]
    move, seat = str(order["move"]), str(order["seat"])
    accepted = event["kind"] == "OrderAccepted"
    return Decision(
        seat=seat,
        government=names.short(seat),
        color=names.color(seat),
        title=names.move(move),
        parameters=names.parameters(move, order.get("parameters") or {}),
        accepted=accepted,
        secret=bool(payload.get("secret")),
        reason=str(payload.get("reason") or ""),
        intent=str(order.get("intent") or ""),
        expects=str(order.get("expects") or ""),
        outcome=_outcome(move, seat, events, document, names) if accepted else [],
        severity=float(document["moves"].get(move, {}).get("severity") or 0),
    )


def _outcome(
    move: str,
    seat: str,
    events: Iterable[Mapping[str, Any]],
    document: Mapping[str, Any],
    names: Names,
) -> list[str]:
    """What the rules that answer this move changed, as far as the viewer may see it."""
    own = {key for key, rule in document["rules"].items() if rule.get("on") == move}
    totals: dict[str, float] = {}
    for event in events:
        firing = event["payload"]
        if event["kind"] != "RuleFired" or firing["rule"] not in own or not firing.get("fired"):
            continue
        if (firing.get("bindings") or {}).get("actor") != seat:
            continue
        for effect in firing.get("effects") or ():
            if effect["kind"] == "change" and effect.get("amount"):
                totals[effect["on"]] = totals.get(effect["on"], 0.0) + float(effect["amount"])
    return [f"{names.figure(on)} {signed(total)}" for on, total in totals.items() if total]
