"""What a review shows: held effects with their reasons, and what each reader would see."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from apps import engine
from apps.engine import Event, Ruleset
from apps.games.amending import AMENDABLE, STRIKABLE
from apps.games.models import Game
from apps.games.rulesets import ruleset_for
from apps.games.sessions import session_for

GROUPS: dict[str, tuple[str, ...]] = {
    gettext_noop("Outcome"): ("GameEnded",),
    gettext_noop("News"): ("DispatchPublished", "InjectHappened"),
    gettext_noop("Orders"): ("OrderAccepted", "OrderRejected", "OrderRevealed"),
    gettext_noop("Council"): (
        "DraftTabled",
        "DraftAmended",
        "DraftWithdrawn",
        "DraftSponsored",
        "VoteCast",
        "ResolutionAdopted",
        "ResolutionFailed",
        "ResolutionVetoed",
    ),
    gettext_noop("Agreements"): (
        "AgreementMade",
        "AgreementExpired",
        "ObligationKept",
        "ObligationBroken",
    ),
    gettext_noop("Measures and facts"): ("MeasureImposed", "MeasureLifted", "FactSet"),
    gettext_noop("Indicators"): ("TrackChanged",),
    gettext_noop("Objectives"): ("ObjectiveMeasured",),
}


def held_effects(game: Game) -> list[dict[str, Any]]:
    """The held results by group, each with what it says, why, and what may be done to it."""
    session, ruleset = session_for(game), ruleset_for(game)
    amended = {one["index"]: one for one in session.amendments if "index" in one}
    groups = []
    for title, kinds in GROUPS.items():
        rows = [
            _row(ruleset, index, event, amended.get(index))
            for index, event in enumerate(session.held or ())
            if event["kind"] in kinds
        ]
        rows = [row for row in rows if row["text"] and row["moved"] != 0]
        rows.sort(key=lambda row: -row["moved"])
        if rows:
            groups.append({"title": _(title), "rows": rows})
    return groups


def _row(
    ruleset: Ruleset, index: int, told: Mapping[str, Any], amendment: Mapping[str, Any] | None
) -> dict[str, Any]:
    event = Event.from_json(told)
    said = engine.explain(ruleset, event)
    return {
        "index": index,
        "kind": event.kind,
        "payload": event.payload,
        "only": _only(event.audience),
        "moved": _moved(ruleset, event),
        "text": said[0].text if said else "",
        "why": [sentence.to_json() for sentence in said[1:]],
        "amendment": amendment,
        "can_amend": event.kind in AMENDABLE,
        "values": values_of(ruleset, event),
        "can_strike": event.kind in STRIKABLE,
        "number": event.kind == "TrackChanged",
        "fact": event.kind == "FactSet",
    }


def values_of(ruleset: Ruleset, event: Event) -> list[tuple[str, str]]:
    """The values that a fact of a held effect may be given instead; empty for other effects."""
    if event.kind != "FactSet":
        return []
    fact = ruleset.facts[event.payload["track"]]
    if fact.type.options:
        return [(one, fact.labels.get(one, one)) for one in fact.type.options]
    return [] if fact.type.kind == "number" else [("true", _("true")), ("false", _("false"))]


def _only(audience: str) -> str:
    """Who alone will see an event, in words; nothing where everybody does."""
    if audience == "public":
        return ""
    return audience.partition(":")[2].replace(",", ", ") or _("the facilitator")


def _moved(ruleset: Ruleset, event: Event) -> float:
    """How far an indicator moved, as a share of its range, so that the largest stands first.

    0 for one that stayed where it was, which is not listed; 1 for every other kind of event.
    """
    if event.kind != "TrackChanged":
        return 1.0
    place = ruleset.layout.find(event.payload["name"])
    width = ruleset.highs[place] - ruleset.lows[place] if place is not None else 1.0
    return abs(event.payload["after"] - event.payload["before"]) / (width or 1.0)


def facts_to_add(ruleset: Ruleset, facts: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Every fact with the values that it may be given: (value of the field, words)."""
    found = []
    for shown in facts:
        fact = ruleset.facts[shown["fact"]]
        if fact.type.options:
            values = [(one, fact.labels.get(one, one)) for one in fact.type.options]
        elif fact.type.kind == "number":
            values = [("number", _("a number, written beside"))]
        else:
            values = [("true", _("true")), ("false", _("false"))]
        about = ", ".join(shown["about"])
        found.append(
            {
                "title": f"{fact.title} ({about})" if about else fact.title,
                "values": [(f"{shown['id']}={value}", words) for value, words in values],
            }
        )
    return found


def measures_to_add(ruleset: Ruleset) -> list[tuple[str, str]]:
    """Every measure of every holder: (value of the field, words)."""
    found = []
    for measure in ruleset.measures.values():
        for by in measure.holders or ("",):
            words = f"{measure.title} ({by})" if by else measure.title
            found.append((f"{measure.id}:{by}", words))
    return found


def split_name(label: str) -> tuple[str, list[str]]:
    """The figure and the governments of a label: "relation[CHN, US]" is relation of two."""
    figure, _sep, about = label.partition("[")
    names = [name.strip() for name in about.rstrip("]").split(",")]
    return figure, [name for name in names if name]
