"""Why something happened, in sentences that cite the claims and paragraphs behind it.

Works on events and on what `visible_events` left of them alike: it says nothing that is not in
the payload that it is given.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from .events import Event
from .narration import amount, figure, government, in_words, narrate
from .ruleset import Rule, Ruleset
from .wording import condition_in_words, label_in_words, value_in_words

Payload = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence for people, with the claims it rests on and their paragraphs of the source."""

    text: str
    claims: tuple[str, ...] = ()
    paragraphs: tuple[int, ...] = ()

    def to_json(self) -> dict[str, Any]:
        """The sentence as plain JSON values."""
        return {
            "text": self.text,
            "claims": list(self.claims),
            "paragraphs": list(self.paragraphs),
        }


def explain(ruleset: Ruleset, event: Event | Mapping[str, Any]) -> list[Sentence]:
    """Why an event happened: first what, then by which rules, from what they saw.

    `event` is an Event or an item of `visible_events`.
    """
    kind, payload = parts_of(event)
    tell = _EXPLAINED.get(kind)
    if tell is not None:
        return tell(ruleset, payload)
    text = narrate(ruleset, kind, payload)
    return [cited(ruleset, text, payload.get("claims", ()))] if text else []


def parts_of(event: Event | Mapping[str, Any]) -> tuple[str, Payload]:
    """Kind and payload of an event or of an item of `visible_events`."""
    if isinstance(event, Event):
        return event.kind, event.payload
    return str(event.get("kind", "")), event.get("payload", {})


def cited(ruleset: Ruleset, text: str, claims: Iterable[str]) -> Sentence:
    """A sentence with its claims and the paragraphs that they paraphrase."""
    names = tuple(claims)
    numbers = {n for name in names if name in ruleset.claims for n in ruleset.claims[name][1]}
    return Sentence(text, names, tuple(sorted(numbers)))


def rule_of(ruleset: Ruleset, name: str) -> Rule | None:
    """A rule or the rule of an inject."""
    rule = ruleset.rules.get(name)
    if rule is not None:
        return rule
    return next((inject.rule for inject in ruleset.injects if inject.id == name), None)


def _fired(ruleset: Ruleset, payload: Payload) -> list[Sentence]:
    rule = rule_of(ruleset, payload["rule"])
    found = [cited(ruleset, narrate(ruleset, "RuleFired", payload), payload["claims"])]
    if not payload["claims"] and payload.get("reason"):
        found.append(Sentence(f"Modelling reason: {payload['reason']}"))
    if rule is not None and rule.condition is not None:
        words = condition_in_words(ruleset, rule.condition.node, payload["bindings"])
        lead = "It applies because" if payload["fired"] else "It could apply because"
        if not payload["fired"] and payload["draw"] is None:
            lead = "It applies only if"
        found.append(Sentence(f"{lead} {words}."))
    found.extend(_seen(ruleset, payload))
    found.extend(_chance(payload))
    found.extend(_effect(ruleset, effect) for effect in payload["effects"])
    found.extend(_claims(ruleset, payload["claims"]))
    return found


def _seen(ruleset: Ruleset, payload: Payload) -> list[Sentence]:
    """The values that the rule saw, less those that the viewer may not know."""
    saw = [
        f"{label_in_words(ruleset, label)}: {value_in_words(ruleset, label, value)}"
        for label, value in payload["saw"].items()
    ]
    found = [Sentence(f"It saw {'; '.join(saw)}.")] if saw else []
    if payload.get("withheld"):
        found.append(Sentence("It also saw what is not disclosed."))
    return found


def _chance(payload: Payload) -> list[Sentence]:
    if payload["draw"] is None or payload["chance"] is None:
        return []
    chance = min(max(payload["chance"], 0.0), 1.0)
    word = "it happened" if payload["fired"] else "it did not happen"
    return [
        Sentence(
            f"Its chance was {chance * 100:.0f} in 100; the draw was "
            f"{payload['draw'] * 100:.1f}, so {word}."
        )
    ]


def _effect(ruleset: Ruleset, effect: Payload) -> Sentence:
    kind, on, value = effect["kind"], effect["on"], effect["amount"]
    if kind == "change":
        return Sentence(f"{figure(ruleset, on)}: {amount(value, signed=True)}.")
    if kind == "set":
        return Sentence(f"{figure(ruleset, on)} becomes {in_words(ruleset, on, value)}.")
    if kind == "dispatch":
        return Sentence("A dispatch reports it.")
    title = ruleset.measures[on].title
    if kind == "lift":
        return Sentence(f"“{title}” ends.")
    span = f" for {value} turns" if value else ""
    return Sentence(f"“{title}” comes into force{span}.")


def _claims(ruleset: Ruleset, claims: Iterable[str]) -> list[Sentence]:
    return [
        cited(ruleset, ruleset.claims[name][0], [name])
        for name in claims
        if name in ruleset.claims and ruleset.claims[name][0]
    ]


def _about(ruleset: Ruleset, about: str) -> str:
    """Whom a firing was about, from its key: a pair, or the seat of an order."""
    names = [word for word in about.partition("|")[0].split("-") if word]
    known = [name for name in names if name in ruleset.layout.index]
    return " and ".join(government(ruleset, name) for name in known)


def _changed(ruleset: Ruleset, payload: Payload) -> list[Sentence]:
    found = [Sentence(narrate(ruleset, "TrackChanged", payload))]
    label = payload["name"]
    for part in payload["parts"]:
        rule = rule_of(ruleset, part["rule"])
        about = _about(ruleset, part["about"])
        value = part["amount"]
        shown = (
            in_words(ruleset, label, value)
            if isinstance(value, bool | str)
            else amount(value, signed=True)
        )
        title = rule.title if rule else part["rule"]
        text = f"{shown}: {title}" + (f" ({about})." if about else ".")
        found.append(cited(ruleset, text, part["claims"]))
    if payload.get("undisclosed") is not None:
        found.append(
            Sentence(f"{amount(payload['undisclosed'], signed=True)}: causes not disclosed.")
        )
    if payload.get("clamped"):
        found.append(
            Sentence(
                f"The sum would be {amount(payload['raw'])}; the scale ends at "
                f"{amount(payload['after'])}."
            )
        )
    return found


def _measure(kind: str) -> Callable[[Ruleset, Payload], list[Sentence]]:
    def tell(ruleset: Ruleset, payload: Payload) -> list[Sentence]:
        found = [Sentence(narrate(ruleset, kind, payload))]
        for part in payload["rules"]:
            rule = rule_of(ruleset, part["rule"])
            found.append(
                cited(ruleset, f"By: {rule.title if rule else part['rule']}.", part["claims"])
            )
        if payload.get("clause"):
            title = ruleset.clauses[payload["clause"]].title
            found.append(Sentence(f"An adopted resolution imposes it: “{title}”."))
        return found

    return tell


def _vote(ruleset: Ruleset, payload: Payload) -> list[Sentence]:
    found = [Sentence(narrate(ruleset, "VoteCast", payload))]
    limits = payload["limits"]
    if payload["by"] == "people":
        found.append(Sentence("The government instructed this vote."))
    if payload.get("explanation"):
        found.append(Sentence(f"Explanation of vote: {payload['explanation']}"))
    if payload["support"] is not None:
        found.append(
            Sentence(
                f"Its doctrine's support was {amount(payload['support'])}: yes from "
                f"{amount(limits['yes'])}, no below {amount(limits['no'])}."
            )
        )
    found.extend(
        cited(ruleset, f"{amount(term['value'], signed=True)}: {term['title']}.", term["claims"])
        for term in payload["terms"]
        if term["value"]
    )
    if payload.get("withheld"):
        found.append(Sentence("Some of its terms are not disclosed."))
    return found


def _resolved(kind: str) -> Callable[[Ruleset, Payload], list[Sentence]]:
    def tell(ruleset: Ruleset, payload: Payload) -> list[Sentence]:
        found = [Sentence(narrate(ruleset, kind, payload))]
        tally, needed = payload["tally"], payload["needed"]
        word = "reached" if tally["yes"] >= needed else "missed"
        found.append(
            Sentence(f"{tally['yes']} affirmative votes {word} the {needed} that are needed.")
        )
        return found

    return tell


_EXPLAINED: dict[str, Callable[[Ruleset, Payload], list[Sentence]]] = {
    "RuleFired": _fired,
    "TrackChanged": _changed,
    "FactSet": _changed,
    "MeasureImposed": _measure("MeasureImposed"),
    "MeasureLifted": _measure("MeasureLifted"),
    "VoteCast": _vote,
    "ResolutionAdopted": _resolved("ResolutionAdopted"),
    "ResolutionFailed": _resolved("ResolutionFailed"),
    "ResolutionVetoed": _resolved("ResolutionVetoed"),
}
