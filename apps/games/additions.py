"""Effects that a facilitator adds to held results: checked when added, events when released."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import isfinite
from typing import Any

from django.utils.translation import gettext as _

from apps.engine import Event, Ruleset, State
from apps.engine.applying import fold, held, measure_place
from apps.engine.turnwork import audience_of_measure
from apps.engine.viewers import PUBLIC, audience_for
from apps.games.refusals import Refusal
from apps.games.session import Session
from apps.games.words import MESSAGE, TITLE, clean_words

LONGEST = 100
"""For how many turns an added measure may be imposed."""


def checked_addition(
    ruleset: Ruleset, session: Session, effect: Mapping[str, Any]
) -> dict[str, Any]:
    """An effect to add, as it will be kept; a refusal says what is wrong with it.

    One of {"headline", "body", "to"} (a dispatch; `to` None is everybody), {"track", "about",
    "by"}, {"fact", "about", "value"}, and {"measure", "by", "for"} or {"measure", "by", "lift"}.
    """
    if "headline" in effect:
        return _checked_dispatch(session, effect)
    if "track" in effect:
        return _checked_track(ruleset, effect)
    if "fact" in effect:
        return _checked_fact(ruleset, effect)
    if "measure" in effect:
        return _checked_measure(ruleset, session, effect)
    raise Refusal(
        "no_such_effect", _("Add a change of an indicator, a fact, a measure, a dispatch.")
    )


def added_event(
    ruleset: Ruleset, state: State, events: Sequence[Event], amendment: Mapping[str, Any]
) -> Event:
    """What an added effect comes to after `events`, which happened since `state`."""
    effect = amendment["effect"]
    amended = {"ruled": None, "reason": amendment["reason"]}
    if "headline" in effect:
        words = {key: effect[key] for key in ("headline", "body")}
        told = {"id": "", "variant": 0, **words, "amended": amended}
        return Event("DispatchPublished", told, effect.get("audience", PUBLIC))
    now = fold(ruleset, state, events)
    if "measure" in effect:
        return _measure_event(ruleset, now, effect, amended)
    name = name_of(effect.get("track") or effect["fact"], effect["about"])
    place = ruleset.layout.find(name)
    assert place is not None, f"{name} was checked when it was added"
    told = {
        "name": name,
        "track": ruleset.track_of[place],
        "about": effect["about"],
        "stage": "review",
        "before": now.values[place],
        "parts": [],
        "amended": amended,
    }
    # An addition of before this was kept with it is read as it was released then.
    audience = effect.get("audience", PUBLIC)
    if "fact" in effect:
        return Event("FactSet", told | {"after": effect["value"]}, audience)
    low, high = ruleset.lows[place], ruleset.highs[place]
    raw = now.values[place] + effect["by"]
    told |= {"raw": raw, "after": min(max(raw, low), high), "clamped": not low <= raw <= high}
    return Event("TrackChanged", told, audience)


def checked_value(ruleset: Ruleset, name: str, value: Any) -> Any:
    """A value that a fact can have; a refusal says which."""
    fact = ruleset.facts.get(name)
    if fact is None:
        raise Refusal("no_such_fact", _("Choose one of the scenario's facts."))
    if fact.type.options:
        if value not in fact.type.options:
            known = ", ".join(fact.labels.get(one, one) for one in fact.type.options)
            raise Refusal(
                "no_such_value",
                _("“%(fact)s” is one of: %(known)s.") % {"fact": fact.title, "known": known},
            )
        return value
    if fact.type.kind == "number":
        if not is_number(value):
            raise Refusal("not_a_number", _("Write “%(fact)s” as a number.") % {"fact": fact.title})
        place = ruleset.layout.base[name]
        return held(ruleset, place, float(value))
    if not isinstance(value, bool):
        raise Refusal("no_such_value", _("“%(fact)s” is true or false.") % {"fact": fact.title})
    return value


def is_number(value: Any) -> bool:
    """Whether a value is a finite number, and no flag."""
    return isinstance(value, int | float) and not isinstance(value, bool) and isfinite(value)


def name_of(figure: str, about: Sequence[str]) -> str:
    """The label of a figure: "tension", "support[US]", "relation[CHN, US]"."""
    return f"{figure}[{', '.join(about)}]" if about else figure


def _checked_dispatch(session: Session, effect: Mapping[str, Any]) -> dict[str, Any]:
    to = effect.get("to")
    if to is not None and (not to or set(to) - set(session.seats)):
        raise Refusal("no_such_government", _("Choose the delegations that are to be told."))
    body = clean_words(effect.get("body"), what=_("a dispatch"), limit=MESSAGE, required=False)
    return {
        "headline": clean_words(effect["headline"], what=_("a headline"), limit=TITLE),
        "body": body,
        "audience": PUBLIC if to is None else audience_for(to),
    }


def _checked_track(ruleset: Ruleset, effect: Mapping[str, Any]) -> dict[str, Any]:
    about = [str(name) for name in effect.get("about", ())]
    place = ruleset.layout.find(name_of(str(effect["track"]), about))
    if place is None or ruleset.track_of[place] in ruleset.facts:
        raise Refusal("no_such_track", _("Choose one of the scenario's indicators."))
    if not is_number(effect.get("by")):
        raise Refusal("not_a_number", _("Write by how much the indicator moves, as a number."))
    audience = ruleset.audiences[place]
    return {
        "track": effect["track"],
        "about": about,
        "by": float(effect["by"]),
        "audience": audience,
    }


def _checked_fact(ruleset: Ruleset, effect: Mapping[str, Any]) -> dict[str, Any]:
    about = [str(name) for name in effect.get("about", ())]
    fact = str(effect["fact"])
    value = checked_value(ruleset, fact, effect.get("value"))
    place = ruleset.layout.find(name_of(fact, about))
    if place is None:
        raise Refusal("no_such_fact", _("Choose one of the scenario's facts."))
    return {"fact": fact, "about": about, "value": value, "audience": ruleset.audiences[place]}


def _checked_measure(
    ruleset: Ruleset, session: Session, effect: Mapping[str, Any]
) -> dict[str, Any]:
    measure = ruleset.measures.get(str(effect["measure"]))
    by = effect.get("by") or None
    if measure is None or (by not in measure.holders if measure.holders else by is not None):
        raise Refusal("no_such_measure", _("Choose one of the scenario's measures."))
    assert session.state is not None
    kept: dict[str, Any] = {"measure": measure.id, "by": by}
    if effect.get("lift"):
        return kept | {"lift": True}
    turns = effect.get("for")
    if turns is not None and not (isinstance(turns, int) and 1 <= turns <= LONGEST):
        raise Refusal(
            "bad_length",
            _("A measure lasts from 1 to %(n)s turns, or has no end.") % {"n": LONGEST},
        )
    return kept | {"for": turns}


def _measure_event(
    ruleset: Ruleset, now: State, effect: Mapping[str, Any], amended: Mapping[str, Any]
) -> Event:
    measure, by = ruleset.measures[effect["measure"]], effect["by"]
    told: dict[str, Any] = {
        "measure": measure.id,
        "title": measure.title,
        "by": by,
        "rules": [],
        "amended": amended,
    }
    audience = audience_of_measure(measure, by)
    if effect.get("lift"):
        return Event("MeasureLifted", told | {"reason": "review", "draft": None}, audience)
    since = now.measures[measure_place(ruleset, measure.id, by)] or now.turn
    until = now.turn + effect["for"] if effect.get("for") else None
    return Event(
        "MeasureImposed", told | {"since": since, "until": until, "clause": None}, audience
    )
