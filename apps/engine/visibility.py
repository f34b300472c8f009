"""What a viewer sees, decided here and nowhere else, as an allow-list.

A view and a visible event are built from nothing: a field that nobody put here is hidden. The
page, the socket, the export, the replay and the doctrines all ask this module.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from itertools import groupby
from typing import Any

from .events import Event
from .narration import narrate
from .ruleset import Ruleset
from .sight import hidden_terms, sees_figure, sees_measure, sees_read
from .view import observe
from .viewers import FACILITATOR, Viewer, includes, seat_of

Payload = Mapping[str, Any]
Shown = dict[str, Any]
Show = Callable[[Ruleset, Payload, Viewer], Shown | None]


def visible_events(ruleset: Ruleset, events: Iterable[Event], viewer: Viewer) -> list[Shown]:
    """The events that the viewer may see, each as {"kind", "payload", "text"}.

    Effects whose cause is hidden from the viewer show their total with an undisclosed
    remainder. Kinds that are not listed here are not shown.

    Dispatches about secret orders come in the order of their words: in the record they stand in
    that of the orders, and two reports of unnamed sources would tell who leaked which.
    """
    found = []
    for event in events:
        show = _SHOWN.get(event.kind)
        if show is None or not includes(event.audience, viewer):
            continue
        payload = show(ruleset, event.payload, viewer)
        if payload is not None:
            text = narrate(ruleset, event.kind, payload)
            found.append({"kind": event.kind, "payload": payload, "text": text})
    return found if viewer == FACILITATOR else _unordered(ruleset, found)


def _unordered(ruleset: Ruleset, shown: list[Shown]) -> list[Shown]:
    """The same events; reports of secret orders that follow each other sorted by their words."""
    found: list[Shown] = []
    for dispatch, group in groupby(shown, key=_dispatch_of):
        together = list(group)
        if dispatch and len(together) > 1 and _tells_of_secrets(ruleset, dispatch):
            together.sort(key=_words_of)
        found += together
    return found


def _dispatch_of(shown: Shown) -> str:
    """The dispatch that an event published; empty for any other event."""
    return str(shown["payload"]["id"]) if shown["kind"] == "DispatchPublished" else ""


def _words_of(shown: Shown) -> tuple[str, str]:
    return shown["payload"]["headline"], shown["payload"]["body"]


def _tells_of_secrets(ruleset: Ruleset, dispatch: str) -> bool:
    """Whether a rule about a secret order publishes the dispatch."""
    return any(
        effect.kind == "dispatch" and effect.subject == dispatch
        for rule in ruleset.rules.values()
        if rule.secrets
        for effect in rule.effects
    )


def _pick(*names: str) -> Show:
    def show(ruleset: Ruleset, payload: Payload, viewer: Viewer) -> Shown | None:
        return {name: payload[name] for name in names if name in payload}

    return show


def _own(viewer: Viewer, seat: str) -> bool:
    return viewer == FACILITATOR or seat_of(viewer) == seat


def _accepted(ruleset: Ruleset, payload: Payload, viewer: Viewer) -> Shown | None:
    """An order. Its intent is the team's own, before and after the outcome."""
    order = payload["order"]
    shown: Shown = {name: payload[name] for name in ("ref", "title", "theme", "severity", "claims")}
    fields = ["seat", "move", "parameters"]
    if _own(viewer, order["seat"]):
        fields += ["id", "intent", "expects"]
        shown["secret"] = payload["secret"]
    shown["order"] = {name: order[name] for name in fields}
    return shown


def _rejected(ruleset: Ruleset, payload: Payload, viewer: Viewer) -> Shown | None:
    order = payload["order"]
    if not _own(viewer, order["seat"]):
        return None
    return {"order": dict(order), "code": payload["code"], "reason": payload["reason"]}


def _cost(ruleset: Ruleset, payload: Payload, viewer: Viewer) -> Shown | None:
    if not _own(viewer, payload["seat"]):
        return None
    return dict(payload)


def _vote(ruleset: Ruleset, payload: Payload, viewer: Viewer) -> Shown | None:
    """A vote with the terms of its support, less those that saw what the viewer does not."""
    names = ("draft", "body", "member", "name", "choice", "by", "explanation", "limits")
    shown: Shown = {name: payload[name] for name in names}
    hidden = hidden_terms(ruleset, payload["body"], viewer)
    shown["terms"] = [term for term in payload["terms"] if term["id"] not in hidden]
    shown["withheld"] = len(hidden)
    shown["support"] = None if hidden else payload["support"]
    return shown


def _firing(ruleset: Ruleset, payload: Payload, viewer: Viewer) -> Shown | None:
    """A rule's firing, with the values and effects that the viewer sees."""
    saw = {
        label: value for label, value in payload["saw"].items() if sees_read(ruleset, viewer, label)
    }
    withheld = len(payload["saw"]) - len(saw)
    effects = [
        effect for effect in payload["effects"] if _sees_effect(ruleset, effect, payload, viewer)
    ]
    if not payload["fired"] and withheld:
        return None
    if payload["effects"] and not effects:
        return None
    names = ("rule", "title", "stage", "about", "claims", "reason", "bindings", "draw", "fired")
    shown: Shown = {name: payload[name] for name in names}
    shown["chance"] = None if withheld else payload["chance"]
    shown |= {"saw": saw, "withheld": withheld, "effects": effects}
    return shown


def _sees_effect(ruleset: Ruleset, effect: Payload, payload: Payload, viewer: Viewer) -> bool:
    if effect["kind"] in ("change", "set"):
        return sees_figure(ruleset, viewer, effect["on"])
    if effect["kind"] == "dispatch":
        return includes(ruleset.dispatches[effect["on"]].audience, viewer)
    measure = ruleset.measures[effect["on"]]
    actor = payload["bindings"].get("actor")
    return sees_measure(measure, viewer, actor if measure.holders else None)


def _parts(parts: Iterable[Payload], viewer: Viewer) -> tuple[list[Shown], list[Any]]:
    """The parts whose cause the viewer may know, and the amounts of the others."""
    shown: list[Shown] = []
    hidden: list[Any] = []
    for part in parts:
        if includes(part["audience"], viewer):
            shown.append({name: part[name] for name in ("rule", "about", "amount", "claims")})
        else:
            hidden.append(part["amount"])
    return shown, hidden


def _changed(ruleset: Ruleset, payload: Payload, viewer: Viewer) -> Shown | None:
    if not sees_figure(ruleset, viewer, payload["name"]):
        return None
    names = ("name", "track", "about", "stage", "before", "raw", "after", "clamped")
    shown: Shown = {name: payload[name] for name in names if name in payload}
    shown["parts"], hidden = _parts(payload["parts"], viewer)
    numbers = [amount for amount in hidden if not isinstance(amount, str | bool)]
    shown["undisclosed"] = round(sum(sorted(numbers)), 6) + 0.0 if hidden else None
    return shown


def _measure(ruleset: Ruleset, payload: Payload, viewer: Viewer) -> Shown | None:
    measure = ruleset.measures[payload["measure"]]
    if not sees_measure(measure, viewer, payload["by"]):
        return None
    names = ("measure", "title", "by", "since", "until", "reason", "clause", "draft")
    shown: Shown = {name: payload[name] for name in names if name in payload}
    shown["rules"], _ = _parts(payload["rules"], viewer)
    return shown


def _objective(ruleset: Ruleset, payload: Payload, viewer: Viewer) -> Shown | None:
    return dict(payload) if _own(viewer, payload["seat"]) else None


def _adjudicated(ruleset: Ruleset, payload: Payload, viewer: Viewer) -> Shown | None:
    """The end of a turn. The digest covers secrets, so it is the facilitator's alone."""
    names = ("turn", "date", "digest") if viewer == FACILITATOR else ("turn", "date")
    return {name: payload[name] for name in names}


def _amended(ruleset: Ruleset, payload: Payload, viewer: Viewer) -> Shown | None:
    """A facilitator's amendment of a figure, to those who see the figure."""
    name = str(payload.get("name", ""))
    if not sees_figure(ruleset, viewer, name):
        return None
    return {key: payload[key] for key in ("name", "before", "after", "reason") if key in payload}


_RESOLVED = _pick("draft", "body", "clauses", "sponsors", "tally", "needed", "vetoes", "votes")
_SHOWN: dict[str, Show] = {
    "OrderAccepted": _accepted,
    "OrderRejected": _rejected,
    "CostPaid": _cost,
    "DraftTabled": _pick("draft", "body", "clauses", "sponsors", "invited", "tabled", "votes_on"),
    "DraftAmended": _pick("draft", "body", "by", "clauses", "before"),
    "DraftSponsored": _pick("draft", "body", "sponsor"),
    "DraftWithdrawn": _pick("draft", "body", "by"),
    "VoteCast": _vote,
    "ResolutionAdopted": _RESOLVED,
    "ResolutionFailed": _RESOLVED,
    "ResolutionVetoed": _RESOLVED,
    "RuleFired": _firing,
    "TrackChanged": _changed,
    "FactSet": _changed,
    "MeasureImposed": _measure,
    "MeasureLifted": _measure,
    "ObligationKept": _pick("pact", "agreement", "title", "obligation", "text", "by"),
    "ObligationBroken": _pick("pact", "agreement", "title", "obligation", "text", "by"),
    "AgreementMade": _pick(
        "pact", "agreement", "title", "parties", "since", "expires", "obligations"
    ),
    "AgreementExpired": _pick("pact", "agreement", "title", "parties"),
    "InjectHappened": _pick("inject", "title", "text", "from", "claims"),
    "DispatchPublished": _pick("id", "headline", "body"),
    "OrderRevealed": _pick("ref", "turn", "order", "title", "severity"),
    "ObjectiveMeasured": _objective,
    "TurnAdjudicated": _adjudicated,
    "GameEnded": _pick("ending", "title", "text"),
    "EffectAmended": _amended,
}

__all__ = ["observe", "visible_events"]
