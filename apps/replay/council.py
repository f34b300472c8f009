"""The votes of a turn: each draft with its outcome, its roll call, and why each member voted so."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from apps.replay.citing import short_citation
from apps.replay.indicators import number, signed
from apps.replay.names import Names, joined

CHOICE_WORDS = {
    "yes": gettext_lazy("in favor"),
    "no": gettext_lazy("against"),
    "abstain": gettext_lazy("abstained"),
}
OUTCOMES = {
    "ResolutionAdopted": (gettext_lazy("Adopted"), "good"),
    "ResolutionFailed": (gettext_lazy("Not adopted: too few votes"), "warn"),
    "ResolutionVetoed": (gettext_lazy("Vetoed"), "bad"),
}
BY_DOCTRINE = gettext_lazy("by the body's voting doctrine")
BY_PEOPLE = gettext_lazy("as its government instructed")


@dataclass(frozen=True, slots=True)
class Term:
    """One term of a member's support."""

    title: str
    value: str
    cites: str


@dataclass(frozen=True, slots=True)
class Cast:
    """One member's vote."""

    member: str
    choice: str
    words: str
    veto: bool
    support: str
    by: str
    explanation: str
    terms: list[Term]


@dataclass(frozen=True, slots=True)
class Ballot:
    """One draft that was voted on."""

    draft: str
    body: str
    title: str
    clauses: str
    outcome: str
    tone: str
    tally: str
    roll: list[Cast]
    chamber: str = ""

    @property
    def sentence(self) -> str:
        """The vote in one sentence, for the text of a moment."""
        return f"{self.title}: {self.outcome.lower()} ({self.tally})."


def ballots_of(events: Iterable[Mapping[str, Any]], document: Mapping[str, Any]) -> list[Ballot]:
    """The votes among a turn's visible events."""
    names = Names(document)
    events = list(events)
    casts: dict[str, list[Mapping[str, Any]]] = {}
    for event in events:
        if event["kind"] == "VoteCast":
            casts.setdefault(event["payload"]["draft"], []).append(event["payload"])
    return [
        _ballot(event, casts.get(event["payload"]["draft"], []), names, document)
        for event in events
        if event["kind"] in OUTCOMES
    ]


def draft_title(names: Names, sponsors: Iterable[str]) -> str:
    """A draft is known by who tabled it."""
    return _("Draft of %(sponsors)s") % {"sponsors": joined([names.short(one) for one in sponsors])}


def _ballot(
    event: Mapping[str, Any],
    casts: list[Mapping[str, Any]],
    names: Names,
    document: Mapping[str, Any],
) -> Ballot:
    payload = event["payload"]
    outcome, tone = OUTCOMES[event["kind"]]
    tally, vetoes = payload["tally"], set(payload.get("vetoes") or ())
    explained = {cast["member"]: cast for cast in casts}
    return Ballot(
        draft=payload["draft"],
        body=str(document.get("bodies", {}).get(payload["body"], {}).get("title", payload["body"])),
        title=draft_title(names, payload.get("sponsors") or ()),
        clauses="; ".join(_clause(names, clause, document) for clause in payload["clauses"]),
        outcome=str(outcome),
        tone=tone,
        tally=_("%(yes)s in favor, %(no)s against, %(abstain)s abstaining")
        % {"yes": tally["yes"], "no": tally["no"], "abstain": tally["abstain"]},
        roll=[
            _cast(vote, payload["body"], explained.get(vote["member"], {}), vetoes, names, document)
            for vote in payload.get("votes") or ()
        ],
    )


def _clause(names: Names, clause: Mapping[str, Any], document: Mapping[str, Any]) -> str:
    phase = clause.get("phase_in") or 0
    about = document.get("clauses", {}).get(clause["clause"], {}).get("phase_in") or {}
    unit = about.get("unit", "turns")
    title = names.clause(clause["clause"])
    return (
        _("%(title)s (phased in over %(phase)s %(unit)s)")
        % {"title": title, "phase": number(phase), "unit": unit}
        if phase
        else title
    )


def _cast(
    vote: Mapping[str, Any],
    body: str,
    cast: Mapping[str, Any],
    vetoes: set[str],
    names: Names,
    document: Mapping[str, Any],
) -> Cast:
    support = cast.get("support")
    return Cast(
        member=names.member(body, vote["member"]),
        choice=vote["choice"],
        words=str(CHOICE_WORDS.get(vote["choice"], vote["choice"])),
        veto=vote["member"] in vetoes,
        support="" if support is None else number(float(support)),
        by=str(BY_PEOPLE if cast.get("by") == "people" else BY_DOCTRINE) if cast else "",
        explanation=str(cast.get("explanation") or ""),
        terms=[
            Term(
                term["title"],
                signed(float(term["value"])),
                short_citation(document, term["claims"]),
            )
            for term in cast.get("terms") or ()
            if term["value"]
        ],
    )
