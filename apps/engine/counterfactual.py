"""What would have changed this: the nearest condition or draw that decided, and the value needed.

A firing's record holds everything that the rule saw. Each reading is varied alone, within its
range, until the rule would have decided otherwise; the smallest change comes first.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from math import ceil, floor
from typing import Any

from .events import Event
from .explanation import Sentence, parts_of, rule_of
from .expressions.nodes import MissingError, Read
from .expressions.types import CHOICE, FLAG, NUMBER
from .narration import amount, member_name
from .ruleset import Rule, Ruleset
from .wording import label_in_words, label_of_read, value_in_words

Payload = Mapping[str, Any]
STEPS = 400
SHOWN = 3
SWITCH = 0.5
WHOLE = ("since", "turns_in_force", "draft")


@dataclass(frozen=True, slots=True)
class Change:
    """One change that alone would have turned the outcome; `distance` 0 is nearest, 1 farthest."""

    distance: float
    text: str


def what_would_change(ruleset: Ruleset, firing: Event | Payload) -> list[Sentence]:
    """The nearest changes that would have turned a firing, a vote or a resolution around.

    `firing` is an event or an item of `visible_events`. Nothing is said of what is withheld.
    Empty where nothing that was seen could have changed it.
    """
    kind, payload = parts_of(firing)
    if kind == "RuleFired":
        rule = rule_of(ruleset, payload["rule"])
        changes = list(_changes(ruleset, rule, payload)) if rule is not None else []
    elif kind == "VoteCast":
        changes = list(_votes(payload))
    elif kind in ("ResolutionAdopted", "ResolutionFailed", "ResolutionVetoed"):
        changes = list(_resolution(ruleset, kind, payload))
    else:
        changes = []
    changes.sort(key=lambda change: (change.distance, change.text))
    return [Sentence(change.text) for change in changes[:SHOWN]]


def _changes(ruleset: Ruleset, rule: Rule, payload: Payload) -> Iterator[Change]:
    names = {**payload["bindings"], **payload["saw"]}
    drawn = payload["draw"]
    if drawn is not None and payload["chance"] is not None:
        yield _draw(payload)
    if payload.get("withheld"):
        return
    outcome = _outcome(rule, drawn)
    try:
        decided = outcome(names)
    except MissingError:
        return
    for read in _reads(rule):
        label = label_of_read(read, payload["bindings"])
        if label not in names or read.family in ("turn", "turns", "member"):
            continue
        if read.type.kind == NUMBER:
            change = _number(ruleset, read, label, names, outcome, decided)
        else:
            change = _switch(ruleset, read, label, names, outcome, decided)
        if change is not None:
            yield change


def _reads(rule: Rule) -> list[Read]:
    gates = [part.node for part in (rule.condition, rule.chance) if part is not None]
    seen: dict[str, Read] = {}
    for gate in gates:
        for read in gate.reads():
            seen.setdefault(read.text(), read)
    return list(seen.values())


def _outcome(rule: Rule, drawn: float | None) -> Callable[[Mapping[str, Any]], bool]:
    """Whether the rule fires, as a function of what it sees; the draw stays as it was."""

    def outcome(names: Mapping[str, Any]) -> bool:
        if rule.condition is not None and not rule.condition.node.evaluate(names):
            return False
        if rule.chance is None:
            return True
        if drawn is None:
            return True
        return bool(drawn < rule.chance.node.evaluate(names))

    return outcome


def _draw(payload: Payload) -> Change:
    chance, drawn = payload["chance"], payload["draw"]
    side = "at or above" if payload["fired"] else "below"
    word = "not have happened" if payload["fired"] else "have happened"
    limit = min(max(chance, 0.0), 1.0) * 100
    text = f"With a draw {side} {limit:.0f} it would {word}; the draw was {drawn * 100:.1f}."
    return Change(abs(chance - drawn), text)


def _verb(decided: bool) -> str:
    return "would not have applied" if decided else "would have applied"


def _switch(
    ruleset: Ruleset,
    read: Read,
    label: str,
    names: Mapping[str, Any],
    outcome: Callable[[Mapping[str, Any]], bool],
    decided: bool,
) -> Change | None:
    """The other value of a flag, or another choice of a fact, that turns the outcome."""
    others: list[Any] = []
    if read.type.kind == FLAG:
        others = [not names[label]]
    elif read.type.kind == CHOICE:
        others = [option for option in read.type.options if option != names[label]]
    for other in others:
        if outcome({**names, label: other}) != decided:
            was, wanted = (value_in_words(ruleset, label, v) for v in (names[label], other))
            what = label_in_words(ruleset, label)
            text = f"With {what} “{wanted}” instead of “{was}” it {_verb(decided)}."
            return Change(SWITCH, text)
    return None


def _number(
    ruleset: Ruleset,
    read: Read,
    label: str,
    names: Mapping[str, Any],
    outcome: Callable[[Mapping[str, Any]], bool],
    decided: bool,
) -> Change | None:
    """The nearest value of a figure that turns the outcome, found along its range."""
    now = float(names[label])
    lo, hi = max(read.type.lo, -1e6), min(read.type.hi, 1e6)
    width = hi - lo
    if width <= 0:
        return None

    def turned(value: float) -> bool:
        return outcome({**names, label: value}) != decided

    track = ruleset.tracks.get(read.subject)
    decimals = track.decimals if track else 0
    best: tuple[float, float] | None = None
    for end in (hi, lo):
        if read.family in WHOLE:
            found = _first_whole(turned, now, end)
        else:
            found = _first_turn(turned, now, end, decimals)
        if found is not None and (best is None or abs(found - now) < abs(best[0] - now)):
            best = (found, end)
    if best is None:
        return None
    value, end = best
    side = "" if not turned(end) else " or more" if end > now else " or less"
    what = label_in_words(ruleset, label)
    text = f"With {what} of {amount(value)}{side} (it was {amount(now)}) it {_verb(decided)}."
    return Change(abs(value - now) / width, text)


def _first_whole(turned: Callable[[float], bool], now: float, end: float) -> float | None:
    """The first whole number from `now` towards `end` that turns the outcome."""
    step = 1 if end > now else -1
    for away in range(1, min(int(abs(end - now)), STEPS) + 1):
        if turned(now + step * away):
            return now + step * away
    return None


def _first_turn(
    turned: Callable[[float], bool], now: float, end: float, decimals: int
) -> float | None:
    """The first value from `now` towards `end` that turns the outcome, rounded outward."""
    if end == now:
        return None
    before = now
    for step in range(1, STEPS + 1):
        value = now + (end - now) * step / STEPS
        if turned(value):
            return _narrow(turned, before, value, end, decimals)
        before = value
    return None


def _narrow(
    turned: Callable[[float], bool], before: float, after: float, end: float, decimals: int
) -> float:
    """The border between two values, by halving; then the nearest round value beyond it."""
    for _ in range(60):
        middle = (before + after) / 2
        if turned(middle):
            after = middle
        else:
            before = middle
    step = 1 if end > before else -1
    for places in range(decimals, 7):
        scale = 10.0**places
        # The halving stops within rounding of the border, which may itself count or not.
        border = round(round(after, 6) * scale, 6)
        first = ceil(border) if step > 0 else floor(border)
        for units in (first, first + step):
            candidate = units / scale
            within = candidate <= end if step > 0 else candidate >= end
            if within and turned(candidate):
                return candidate
    return after


def _votes(payload: Payload) -> Iterator[Change]:
    support, limits = payload["support"], payload["limits"]
    if support is None:
        return
    if payload["by"] == "people":
        yield Change(0.0, "The government decided this vote; another instruction would change it.")
        return
    if support < limits["yes"]:
        gap = limits["yes"] - support
        yield Change(gap / 100, f"{amount(gap)} more support would have made it a yes.")
    if support < limits["no"]:
        gap = limits["no"] - support
        yield Change(gap / 100, f"{amount(gap)} more support would have made it an abstention.")
    if support >= limits["yes"]:
        gap = support - limits["yes"]
        text = f"Less support by more than {amount(gap)} would have lost this yes."
        yield Change(gap / 100, text)
    elif support >= limits["no"]:
        gap = support - limits["no"]
        text = f"Less support by more than {amount(gap)} would have made it a no."
        yield Change(gap / 100, text)


def _resolution(ruleset: Ruleset, kind: str, payload: Payload) -> Iterator[Change]:
    tally, needed = payload["tally"], payload["needed"]
    if kind == "ResolutionFailed":
        gap = needed - tally["yes"]
        word = "vote" if gap == 1 else "votes"
        yield Change(gap / 100, f"{gap} more affirmative {word} would have been enough.")
    elif kind == "ResolutionVetoed":
        names = [member_name(ruleset, payload["body"], name) for name in payload["vetoes"]]
        yield Change(
            0.0, f"With an abstention of {' and '.join(names)} it would have been adopted."
        )
    else:
        spare = tally["yes"] - needed
        word = "vote" if spare == 0 else "votes"
        yield Change(spare / 100, f"{spare + 1} affirmative {word} fewer would have sunk it.")
        members = [m for m in ruleset.bodies[payload["body"]].members if m.veto]
        if ruleset.bodies[payload["body"]].veto and members:
            yield Change(0.5, "One no of a member with a veto would have stopped it.")
