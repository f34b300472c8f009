"""Runs an example and compares what its rule did with what the example says."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from apps.engine import Order, Ruleset, State, Vote, adjudicate
from apps.scenarios.examples.alone import rule_alone
from apps.scenarios.examples.situation import ImpossibleExample, situation
from apps.scenarios.schema.example import Example

TOLERANCE = 1e-6


@dataclass(slots=True)
class Outcome:
    """What one rule did in a turn, over all its firings."""

    fired: int = 0
    changes: dict[str, list[float]] = field(default_factory=dict)
    facts: dict[str, Any] = field(default_factory=dict)
    imposes: set[str] = field(default_factory=set)
    lifts: set[str] = field(default_factory=set)
    dispatches: set[str] = field(default_factory=set)
    rejected: list[str] = field(default_factory=list)
    votes: list[str] = field(default_factory=list)


def failures_of(ruleset: Ruleset, rule_id: str, example: Example) -> list[str]:
    """What the rule did otherwise than the example says; empty when all is as said."""
    try:
        outcome = outcome_of(ruleset, rule_id, example)
        failures = list(_compared(ruleset, example, outcome))
    except ImpossibleExample as error:
        return [str(error)]
    if failures and outcome.rejected:
        failures.append("refused: " + "; ".join(outcome.rejected))
    if failures and outcome.votes:
        failures.append("votes: " + ", ".join(outcome.votes))
    return failures


def outcome_of(ruleset: Ruleset, rule_id: str, example: Example) -> Outcome:
    """Adjudicates the example's turn with its rule alone."""
    alone = rule_alone(ruleset, rule_id, example)
    state = situation(alone, example.given)
    orders = [
        Order(order.by, order.move, dict(order.parameters), id=f"example-{number}")
        for number, order in enumerate(example.when)
    ]
    result = adjudicate(alone, state, orders, _votes(alone, state, example), "example")
    outcome = Outcome()
    for event in result.events:
        payload = event.payload
        if event.kind == "OrderRejected":
            order = payload["order"]
            outcome.rejected.append(f"{order['seat']} {order['move']}: {payload['reason']}")
        elif event.kind == "VoteCast":
            outcome.votes.append(f"{payload['member']} {payload['choice']}")
        elif event.kind == "RuleFired" and payload["rule"] == rule_id and payload["fired"]:
            _add(outcome, payload["effects"])
    return outcome


def _votes(ruleset: Ruleset, state: State, example: Example) -> Iterator[Vote]:
    members = {member.id for body in ruleset.bodies.values() for member in body.members}
    for vote in example.votes:
        if vote.member not in members:
            raise ImpossibleExample(f"no body has a member {vote.member}")
        for draft in state.docket:
            yield Vote(draft.body, draft.id, vote.member, vote.choice)


def _add(outcome: Outcome, effects: list[dict[str, Any]]) -> None:
    outcome.fired += 1
    for effect in effects:
        kind, on, amount = effect["kind"], effect["on"], effect["amount"]
        if kind == "change":
            outcome.changes.setdefault(on, []).append(amount)
        elif kind == "set":
            outcome.facts[on] = amount
        else:
            {
                "impose": outcome.imposes,
                "lift": outcome.lifts,
                "dispatch": outcome.dispatches,
            }[kind].add(on)


def _compared(ruleset: Ruleset, example: Example, outcome: Outcome) -> Iterator[str]:
    then = example.then
    if then.fires != bool(outcome.fired):
        yield "it should fire, and does not" if then.fires else "it should not fire, and does"
        return
    for name, wanted in then.changes.items():
        amount = math.fsum(outcome.changes.get(_name(ruleset, name), [0.0]))
        if abs(amount - wanted) > TOLERANCE:
            yield f"{name} should change by {wanted:g}, and changes by {amount:g}"
    for name, value in then.facts.items():
        got = outcome.facts.get(_name(ruleset, name))
        if got != value:
            said = "is not set" if got is None else f"becomes {_plain(got)}"
            yield f"{name} should become {_plain(value)}, and {said}"
    for what, wanted_ids, got_ids in (
        ("impose", then.imposes, outcome.imposes),
        ("lift", then.lifts, outcome.lifts),
        ("publish", then.dispatches, outcome.dispatches),
    ):
        for missing in set(wanted_ids) - got_ids:
            yield f"it should {what} {missing}, and does not"


def _name(ruleset: Ruleset, name: str) -> str:
    place = ruleset.layout.find(name)
    if place is None:
        raise ImpossibleExample(f"there is no track or fact {name}")
    return ruleset.layout.names[place]


def _plain(value: Any) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)
