"""What `adjudicate --json` writes for each turn: events, explanations, the state and its digest."""

from __future__ import annotations

from typing import Any

from apps.engine import (
    FACILITATOR,
    Ruleset,
    Viewer,
    explain,
    observe,
    visible_events,
    what_would_change,
)
from apps.scenarios.plays.run import Played

QUIET = frozenset({"TurnAdjudicated"})


def results_of(ruleset: Ruleset, played: Played, viewer: Viewer) -> dict[str, Any]:
    """One turn. The facilitator gets the events and the state themselves; others their view."""
    result = played.result
    seen = visible_events(ruleset, result.events, viewer)
    written: dict[str, Any] = {"turn": played.turn, "viewer": viewer, "events": seen}
    if viewer == FACILITATOR:
        written["events"] = [event.to_json() for event in result.events]
        written["state"] = result.state.to_json()
        written["digest"] = result.state.digest()
    written["explanations"] = [
        explanation_of(ruleset, event) for event in seen if event["kind"] not in QUIET
    ]
    written["view"] = observe(ruleset, result.state, viewer)
    return written


def explanation_of(ruleset: Ruleset, event: dict[str, Any]) -> dict[str, Any]:
    """Why an event happened, and what would have changed it, in sentences with their claims."""
    payload = event["payload"]
    about = payload.get("name") or payload.get("rule") or payload.get("member") or ""
    return {
        "kind": event["kind"],
        "about": about,
        "text": event["text"],
        "why": [sentence.to_json() for sentence in explain(ruleset, event)],
        "otherwise": [sentence.to_json() for sentence in what_would_change(ruleset, event)],
    }
