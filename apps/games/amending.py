"""Amending held results: pure functions from what the rules said to what is released."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.translation import gettext as _

from apps.engine import Event, Ruleset
from apps.engine.applying import fold
from apps.engine.closing import concluded_again
from apps.games.additions import added_event, checked_value, is_number
from apps.games.refusals import Refusal
from apps.games.session import Session

AMENDABLE: dict[str, tuple[str, ...]] = {
    "TrackChanged": ("after",),
    "FactSet": ("after",),
    "DispatchPublished": ("headline", "body"),
}
"""Which values of which effect may be changed."""
STRIKABLE = (*AMENDABLE, "MeasureImposed", "MeasureLifted", "InjectHappened")
LAST = ("ObjectiveMeasured", "TurnAdjudicated", "GameEnded")
"""The conclusion, which stands after all effects: an added effect goes before it."""


def checked_amendment(
    ruleset: Ruleset, session: Session, index: int, changes: Mapping[str, Any] | None
) -> None:
    """Refuse an index or a change that the held results do not allow; None means a strike."""
    held = session.held or ()
    if not 0 <= index < len(held):
        raise Refusal("no_such_effect", _("This effect is not among the held results."))
    kind = held[index]["kind"]
    if changes is None:
        if kind not in STRIKABLE:
            raise Refusal("not_strikable", _("This is no effect or dispatch: it cannot be struck."))
        return
    allowed = AMENDABLE.get(kind, ())
    if not changes or set(changes) - set(allowed):
        joined = ", ".join(allowed)
        raise Refusal(
            "not_amendable",
            _("Here %(known)s may be changed.") % {"known": joined}
            if allowed
            else _("This cannot be amended: strike it, or add another effect."),
        )
    if kind == "FactSet":
        checked_value(ruleset, held[index]["payload"]["track"], changes["after"])
    elif "after" in changes and not is_number(changes["after"]):
        raise Refusal("not_a_number", _("Write the new value as a number."))


def amended_events(ruleset: Ruleset, session: Session, *, conclude: bool = True) -> list[Event]:
    """The held results with every amendment in its order, ready to be recorded.

    With `conclude`, objectives and the ending are measured again by the engine, so that they say
    what the amended effects come to. Sessions of before that was done are read without it.
    """
    assert session.state is not None
    events: list[dict[str, Any] | None] = [
        {**event, "payload": dict(event["payload"])} for event in session.held or ()
    ]
    if not session.amendments:
        return [Event.from_json(event) for event in events if event is not None]
    added: list[Event] = []
    for amendment in session.amendments:
        if amendment["action"] == "add":
            so_far = [*_effects_of(events), *added]
            added.append(added_event(ruleset, session.state, so_far, amendment))
        elif events[amendment["index"]] is not None:
            _amend(ruleset, events, amendment)
    effects = [*_effects_of(events), *added]
    if conclude:
        return [*effects, *concluded_again(ruleset, session.state, effects)]
    last = [Event.from_json(event) for event in events if event and event["kind"] in LAST]
    return _with_true_digest(ruleset, session, [*effects, *last])


def _effects_of(events: Iterable[dict[str, Any] | None]) -> list[Event]:
    """What stands of the held results, but for the conclusion."""
    return [Event.from_json(event) for event in events if event and event["kind"] not in LAST]


def _amend(
    ruleset: Ruleset, events: list[dict[str, Any] | None], amendment: Mapping[str, Any]
) -> None:
    event = events[amendment["index"]]
    assert event is not None
    if amendment["action"] != "strike":
        _change(ruleset, events, amendment)
        return
    if event["kind"] == "TrackChanged":
        payload = event["payload"]
        _shift(ruleset, events, amendment["index"], payload["before"] - payload["after"])
    events[amendment["index"]] = None


def _with_true_digest(ruleset: Ruleset, session: Session, events: list[Event]) -> list[Event]:
    """TurnAdjudicated names the state that was released, not the one that the rules found."""
    assert session.state is not None
    digest = fold(ruleset, session.state, events).digest()
    return [
        Event(event.kind, {**event.payload, "digest": digest}, event.audience)
        if event.kind == "TurnAdjudicated"
        else event
        for event in events
    ]


def _change(
    ruleset: Ruleset, events: list[dict[str, Any] | None], amendment: Mapping[str, Any]
) -> None:
    event = events[amendment["index"]]
    assert event is not None
    changes = dict(amendment["changes"])
    ruled = {name: event["payload"].get(name) for name in changes}
    if event["kind"] == "FactSet":
        changes["after"] = checked_value(ruleset, event["payload"]["track"], changes["after"])
    elif "after" in changes:
        low, high = _range(ruleset, event["payload"]["name"])
        changes["after"] = min(max(float(changes["after"]), low), high)
        _shift(ruleset, events, amendment["index"], changes["after"] - ruled["after"])
    event["payload"] |= changes
    event["payload"]["amended"] = {"ruled": ruled, "reason": amendment["reason"]}


def _shift(ruleset: Ruleset, events: list[dict[str, Any] | None], index: int, by: float) -> None:
    """Later changes of the same indicator keep their size: they start and end `by` elsewhere."""
    first = events[index]
    assert first is not None
    name = first["payload"]["name"]
    low, high = _range(ruleset, name)
    for event in events[index + 1 :]:
        if event is None or event["kind"] != "TrackChanged":
            continue
        payload = event["payload"]
        if payload["name"] == name:
            payload["before"] += by
            payload["after"] = min(max(payload["after"] + by, low), high)


def _range(ruleset: Ruleset, name: str) -> tuple[float, float]:
    place = ruleset.layout.find(name)
    assert place is not None, f"{name} was checked to be an indicator"
    return ruleset.lows[place], ruleset.highs[place]
