"""One sentence for each event, from what the viewer may see of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from .ruleset import Ruleset

Payload = Mapping[str, Any]


def narrate(ruleset: Ruleset, kind: str, payload: Payload) -> str:
    """The event in one sentence for people; empty for a kind without one."""
    tell = _TOLD.get(kind)
    return tell(ruleset, payload) if tell else ""


def government(ruleset: Ruleset, name: str | None) -> str:
    """A government's name; its id if the scenario has no such government."""
    for held in ruleset.governments:
        if held.id == name:
            return held.name
    return name or "nobody"


def figure(ruleset: Ruleset, label: str) -> str:
    """A figure in words: "Temper", "Trust of Estquay and Norhaven"."""
    track = label.partition("[")[0]
    held = ruleset.tracks.get(track) or ruleset.facts.get(track)
    title = held.title if held else track
    whose = [government(ruleset, name) for name in ruleset.layout.about(label)]
    return f"{title} of {' and '.join(whose)}" if whose else title


def amount(value: float, *, signed: bool = False) -> str:
    """A number without needless decimals, with a true minus sign."""
    text = f"{value:+.6f}" if signed else f"{value:.6f}"
    text = text.rstrip("0").rstrip(".")
    return text.replace("-", "−") if text not in ("-0", "+0") else "0"


def in_words(ruleset: Ruleset, label: str, value: Any) -> str:
    """The value of a figure in words: numbers plainly, flags as yes or no, choices by label."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int | float):
        return amount(value)
    fact = ruleset.facts.get(label.partition("[")[0])
    return fact.labels.get(value, str(value)) if fact else str(value)


def draft_title(ruleset: Ruleset, clauses: Any) -> str:
    """A draft named by its clauses."""
    titles = [ruleset.clauses[item["clause"]].title for item in clauses]
    return ", ".join(titles) if titles else "no clause"


def member_name(ruleset: Ruleset, body: str, name: str) -> str:
    """A member of a body by name."""
    return next((held.name for held in ruleset.bodies[body].members if held.id == name), name)


def _names(ruleset: Ruleset, names: Any) -> str:
    found = [government(ruleset, name) for name in names]
    return " and ".join([", ".join(found[:-1]), found[-1]]) if len(found) > 1 else "".join(found)


def _accepted(ruleset: Ruleset, payload: Payload) -> str:
    return f"{government(ruleset, payload['order']['seat'])}: {payload['title']}."


def _rejected(ruleset: Ruleset, payload: Payload) -> str:
    order = payload["order"]
    move = ruleset.moves.get(order["move"])
    return f"Refused: {move.title if move else order['move']}. {payload['reason']}"


def _cost(ruleset: Ruleset, payload: Payload) -> str:
    title = ruleset.tracks[payload["track"]].title
    return f"{title}: {amount(payload['amount'])} paid, {amount(payload['after'])} left."


def _tabled(ruleset: Ruleset, payload: Payload) -> str:
    body = ruleset.bodies[payload["body"]].title
    return (
        f"{_names(ruleset, payload['sponsors'])} tabled a draft in {body}: "
        f"{draft_title(ruleset, payload['clauses'])}."
    )


def _amended(ruleset: Ruleset, payload: Payload) -> str:
    return (
        f"{government(ruleset, payload['by'])} amended draft {payload['draft']}: "
        f"{draft_title(ruleset, payload['clauses'])}."
    )


def _sponsored(ruleset: Ruleset, payload: Payload) -> str:
    return f"{government(ruleset, payload['sponsor'])} joined the sponsors of {payload['draft']}."


def _withdrawn(ruleset: Ruleset, payload: Payload) -> str:
    return f"{government(ruleset, payload['by'])} withdrew draft {payload['draft']}."


def _vote(ruleset: Ruleset, payload: Payload) -> str:
    word = {"yes": "voted yes", "no": "voted no", "abstain": "abstained"}[payload["choice"]]
    return f"{payload['name']} {word}."


def _resolved(outcome: str) -> Callable[[Ruleset, Payload], str]:
    def tell(ruleset: Ruleset, payload: Payload) -> str:
        tally = payload["tally"]
        text = (
            f"{ruleset.bodies[payload['body']].title} {outcome} "
            f"“{draft_title(ruleset, payload['clauses'])}”: {tally['yes']} for, "
            f"{tally['no']} against, {tally['abstain']} abstaining"
        )
        vetoes = [member_name(ruleset, payload["body"], name) for name in payload["vetoes"]]
        return f"{text}; vetoed by {', '.join(vetoes)}." if vetoes else f"{text}."

    return tell


def _fired(ruleset: Ruleset, payload: Payload) -> str:
    return f"{payload['title']}." if payload["fired"] else f"Did not apply: {payload['title']}."


def _changed(ruleset: Ruleset, payload: Payload) -> str:
    label = payload["name"]
    before, after = payload["before"], payload["after"]
    if isinstance(before, bool | str):
        return f"{figure(ruleset, label)}: {in_words(ruleset, label, after)}."
    if before == after:
        return f"{figure(ruleset, label)} stays at {amount(after)}."
    verb = "rises" if after > before else "falls"
    return f"{figure(ruleset, label)} {verb} from {amount(before)} to {amount(after)}."


def _imposed(ruleset: Ruleset, payload: Payload) -> str:
    whose = f" ({government(ruleset, payload['by'])})" if payload["by"] else ""
    until = f" until turn {payload['until']}" if payload["until"] else ""
    return f"{payload['title']}{whose} is in force{until}."


def _lifted(ruleset: Ruleset, payload: Payload) -> str:
    whose = f" ({government(ruleset, payload['by'])})" if payload["by"] else ""
    how = {"expired": "has run out", "superseded": "is superseded"}.get(payload["reason"], "ends")
    return f"{payload['title']}{whose} {how}."


def _kept(word: str) -> Callable[[Ruleset, Payload], str]:
    def tell(ruleset: Ruleset, payload: Payload) -> str:
        who = government(ruleset, payload["by"])
        return f"{who} {word} its promise in “{payload['title']}”: {payload['text']}."

    return tell


def _agreed(ruleset: Ruleset, payload: Payload) -> str:
    return f"{_names(ruleset, payload['parties'].values())} agreed on “{payload['title']}”."


def _expired(ruleset: Ruleset, payload: Payload) -> str:
    who = _names(ruleset, payload["parties"].values())
    return f"“{payload['title']}” between {who} has run out."


def _happened(ruleset: Ruleset, payload: Payload) -> str:
    sender = f"{payload['from']}: " if payload["from"] else ""
    return f"{sender}{payload['title']}. {payload['text']}".strip()


def _revealed(ruleset: Ruleset, payload: Payload) -> str:
    who = government(ruleset, payload["order"]["seat"])
    return f"It became known that {who} ordered “{payload['title']}” in turn {payload['turn']}."


def _objective(ruleset: Ruleset, payload: Payload) -> str:
    word = "reached" if payload["reached"] else "not reached yet"
    return (
        f"{payload['title']}: {payload['value'] * 100:.0f} of 100, "
        f"{payload['target'] * 100:.0f} wanted; {word}."
    )


def _amended_effect(ruleset: Ruleset, payload: Payload) -> str:
    label = payload["name"]
    return (
        f"The facilitator set {figure(ruleset, label)} to "
        f"{in_words(ruleset, label, payload.get('after'))}. {payload.get('reason', '')}"
    ).strip()


_TOLD: dict[str, Callable[[Ruleset, Payload], str]] = {
    "OrderAccepted": _accepted,
    "OrderRejected": _rejected,
    "CostPaid": _cost,
    "DraftTabled": _tabled,
    "DraftAmended": _amended,
    "DraftSponsored": _sponsored,
    "DraftWithdrawn": _withdrawn,
    "VoteCast": _vote,
    "ResolutionAdopted": _resolved("adopted"),
    "ResolutionFailed": _resolved("did not adopt"),
    "ResolutionVetoed": _resolved("could not adopt"),
    "RuleFired": _fired,
    "TrackChanged": _changed,
    "FactSet": _changed,
    "MeasureImposed": _imposed,
    "MeasureLifted": _lifted,
    "ObligationKept": _kept("kept"),
    "ObligationBroken": _kept("broke"),
    "AgreementMade": _agreed,
    "AgreementExpired": _expired,
    "InjectHappened": _happened,
    "DispatchPublished": lambda ruleset, payload: str(payload["headline"]),
    "OrderRevealed": _revealed,
    "ObjectiveMeasured": _objective,
    "TurnAdjudicated": lambda ruleset, payload: f"Turn {payload['turn']} is adjudicated.",
    "GameEnded": lambda ruleset, payload: f"{payload['title']}. {payload['text']}".strip(),
    "EffectAmended": _amended_effect,
}
