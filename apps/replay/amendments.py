"""The two layers of a reviewed turn: what the rules said, and what the facilitator released."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from apps.engine.viewers import includes
from apps.journal.store import Record
from apps.replay.indicators import number, signed
from apps.replay.names import Names

KINDS = {"EffectAmended": "amended", "EffectAdded": "added", "EffectStruck": "struck"}
ACTIONS = {
    "amended": gettext_lazy("amended"),
    "added": gettext_lazy("added"),
    "struck": gettext_lazy("struck"),
}


@dataclass(frozen=True, slots=True)
class Amendment:
    """One change of the rules' result, with both layers in words and the reason given."""

    action: str
    what: str
    ruled: str
    released: str
    reason: str


def amendments_of(records: Sequence[Record], names: Names, viewer: str) -> list[Amendment]:
    """The amendments of a turn, in their order, for who may know of them."""
    held: Sequence[Mapping[str, Any]] = ()
    found = []
    for record in records:
        if not includes(record.audience, viewer):
            continue
        if record.kind == "ResultsHeld":
            held = record.payload["events"]
        elif record.kind in KINDS:
            found.append(_amendment(record, held, names))
        elif record.kind == "AmendmentWithdrawn":
            del found[record.payload["number"]]
    return found


def _amendment(record: Record, held: Sequence[Mapping[str, Any]], names: Names) -> Amendment:
    told, action = record.payload, KINDS[record.kind]
    reason = str(told.get("reason", ""))
    if "effect" in told:
        what, released = _added(told["effect"], names)
        return Amendment(str(ACTIONS[action]), what, _("nothing"), released, reason)
    index = int(told.get("index", -1))
    event = held[index] if 0 <= index < len(held) else {"kind": "", "payload": {}}
    what, ruled = _ruled(event, names)
    released = _("nothing") if action == "struck" else _changed(told.get("changes") or {})
    return Amendment(str(ACTIONS[action]), what, ruled, released, reason)


def _ruled(event: Mapping[str, Any], names: Names) -> tuple[str, str]:
    """What an effect was about, and what the rules made of it."""
    payload = event["payload"]
    if event["kind"] == "TrackChanged":
        return names.figure(str(payload["name"])), number(float(payload["after"]), 1)
    if event["kind"] == "FactSet":
        return names.figure(str(payload["name"])), str(payload.get("after"))
    if event["kind"] == "DispatchPublished":
        return _("Dispatch"), f"“{payload.get('headline', '')}”"
    if "measure" in payload:
        return names.measure(str(payload["measure"])), (
            _("imposed") if event["kind"] == "MeasureImposed" else _("lifted")
        )
    return str(payload.get("title") or event["kind"]), _("as the rules say")


def _changed(changes: Mapping[str, Any]) -> str:
    words = []
    for key, value in changes.items():
        if isinstance(value, int | float) and not isinstance(value, bool):
            words.append(number(float(value), 1))
        else:
            words.append(f"“{value}”" if key in ("headline", "body") else str(value))
    return ", ".join(words)


def _added(effect: Mapping[str, Any], names: Names) -> tuple[str, str]:
    if "headline" in effect:
        return _("Dispatch"), f"“{effect['headline']}”"
    if "fact" in effect:
        about = effect.get("about") or ()
        label = f"{effect['fact']}[{', '.join(about)}]" if about else str(effect["fact"])
        return names.figure(label), str(effect["value"])
    if "measure" in effect:
        by = f" ({effect['by']})" if effect.get("by") else ""
        what = names.measure(str(effect["measure"])) + by
        return what, _("lifted") if effect.get("lift") else _("imposed")
    return names.track(str(effect["track"]), effect.get("about") or ()), signed(float(effect["by"]))
