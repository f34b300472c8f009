"""A turn as text: what a viewer reads of it, and the figures that the viewer sees afterwards."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from apps.engine import (
    PUBLIC,
    Ruleset,
    Sentence,
    Viewer,
    explain,
    observe,
    visible_events,
    what_would_change,
)
from apps.scenarios.plays.run import Played

QUIET = frozenset({"RuleFired", "TurnAdjudicated"})
"""Kinds that the text leaves out: their effects are told by other events."""


def told(ruleset: Ruleset, played: Played, viewer: Viewer, *, why: bool = False) -> str:
    """The turn as the viewer saw it: events, then figures, measures, agreements and the docket.

    With `why`, each rule and each event is followed by its reasons and by what would have
    changed it.
    """
    head = f"Turn {played.turn} of {played.before.turns}, as {name_of(viewer)} saw it"
    lines = _reasons(ruleset, played, viewer) if why else _lines(ruleset, played, viewer)
    return "\n".join([head, *lines]) + "\n"


def _reasons(ruleset: Ruleset, played: Played, viewer: Viewer) -> Iterator[str]:
    for event in visible_events(ruleset, played.result.events, viewer):
        if event["kind"] == "TurnAdjudicated":
            continue
        yield f"  * {event['text']}"
        for sentence in explain(ruleset, event):
            if sentence.text != event["text"]:
                yield f"      because: {sentence.text}{_cited(sentence)}"
        for sentence in what_would_change(ruleset, event):
            yield f"      otherwise: {sentence.text}"


def _cited(sentence: Sentence) -> str:
    paragraphs = ", ".join(f"¶{number}" for number in sentence.paragraphs)
    return f" [{', '.join(sentence.claims)}; {paragraphs}]" if paragraphs else ""


def _lines(ruleset: Ruleset, played: Played, viewer: Viewer) -> Iterator[str]:
    for event in visible_events(ruleset, played.result.events, viewer):
        if event["kind"] not in QUIET and event["text"]:
            yield f"  * {event['text']}{_remainder(event['payload'])}"
    for line in situation_of(observe(ruleset, played.result.state, viewer)):
        yield f"  {line}"


def name_of(viewer: Viewer) -> str:
    """The viewer in words."""
    if viewer == PUBLIC:
        return "the public"
    return viewer.removeprefix("seat:") if viewer.startswith("seat:") else f"the {viewer}"


def _remainder(payload: dict[str, Any]) -> str:
    hidden = payload.get("undisclosed")
    return "" if hidden is None else f" ({hidden:+g} undisclosed)"


def situation_of(view: dict[str, Any]) -> Iterator[str]:
    """The situation that a view shows, one line for each kind of thing."""
    for track in view["tracks"]:
        yield _figure(track)
    facts = [f"{fact['id']} = {_plain(fact['value'])}" for fact in view["facts"] if fact["value"]]
    for what, items in (
        ("facts", facts),
        ("measures", [_measure(measure) for measure in view["measures"]]),
        ("agreements", [_agreement(agreement) for agreement in view["agreements"]]),
        ("docket", [_draft(draft) for draft in view["docket"]]),
        ("resolutions", [f"{one['draft']} {one['outcome']}" for one in view["resolutions"]]),
    ):
        if items:
            yield f"{what}: " + "; ".join(items)
    if view["own"]:
        reached = [_objective(objective) for objective in view["own"]["objectives"]]
        yield f"own: {view['own']['orders_left']} orders; " + "; ".join(reached)
    if view["ended"]:
        yield f"ended: {view['ended']['title']}"


def _figure(track: dict[str, Any]) -> str:
    value, before = track["value"], track["previous"]
    moved = round(value - before, track["decimals"])
    change = f" ({moved:+g})" if moved else ""
    return f"{track['id']} {round(value, track['decimals']):g}{change}"


def _measure(measure: dict[str, Any]) -> str:
    holder = f"[{measure['by']}]" if measure["by"] else ""
    until = f" until {measure['until']}" if measure["until"] else ""
    return f"{measure['id']}{holder}{until}"


def _agreement(agreement: dict[str, Any]) -> str:
    owed = ", ".join(f"{one['by']} {one['id']} {one['status']}" for one in agreement["obligations"])
    return f"{agreement['id']} ({owed})"


def _draft(draft: dict[str, Any]) -> str:
    clauses = ", ".join(clause["id"] for clause in draft["clauses"])
    return f"{draft['draft']}: {clauses}, by {', '.join(draft['sponsors'])}"


def _objective(objective: dict[str, Any]) -> str:
    mark = "reached" if objective["reached"] else f"of {objective['target']:g}"
    return f"{objective['id']} {objective['value']:.2f} {mark}"


def _plain(value: Any) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return f"{value:g}" if isinstance(value, int | float) else str(value)


def whole_play(ruleset: Ruleset, turns: Iterable[Played], viewers: Iterable[Viewer]) -> str:
    """A game as text: for each turn what was ordered, what the public saw, and what each other
    viewer saw beyond that."""
    names = list(viewers)
    parts: list[str] = []
    for played in turns:
        date = ruleset.calendar.date_of(played.turn).isoformat()
        parts.append(f"{'=' * 78}\nTurn {played.turn}, {date}\n{'=' * 78}\n\n{_given(played)}\n")
        public = list(_lines(ruleset, played, PUBLIC))
        parts.append("\n".join(["The public saw", *public]) + "\n\n")
        for viewer in names:
            lines = list(_lines(ruleset, played, viewer))
            beyond = [line for line in lines if line not in public]
            missing = [f"  ! not: {line.strip()}" for line in public if line not in lines]
            parts.append("\n".join([f"{name_of(viewer)} also saw", *missing, *beyond]) + "\n\n")
    return "".join(parts).rstrip() + "\n"


def _given(played: Played) -> str:
    lines = []
    for order in played.given.orders:
        parameters = ", ".join(f"{name}: {value}" for name, value in order.parameters.items())
        lines.append(f"{order.by} orders {order.move}" + (f" ({parameters})" if parameters else ""))
    for vote in played.given.votes:
        lines.append(
            f"{vote.member} votes {vote.choice}" + (f" on {vote.draft}" if vote.draft else "")
        )
    for accord in played.given.accords:
        parties = ", ".join(f"{side} {who}" for side, who in accord.parties.items())
        lines.append(f"agreed: {accord.agreement} ({parties})")
    lines += [f"inject: {inject}" for inject in played.given.injects]
    return "\n".join(lines or ["nobody orders anything"]) + "\n"
