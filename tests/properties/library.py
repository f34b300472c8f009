"""Every scenario that the properties are held over: the library's, and the engine's own."""

from __future__ import annotations

import functools
from collections.abc import Iterator
from copy import deepcopy
from typing import Any

from apps.engine import Adjudication, Order, Ruleset, State, Vote, adjudicate, compile_ruleset
from apps.engine import initial_state as opening_of
from apps.engine.chance import draw
from apps.engine.doctrine import choose_orders_in
from apps.scenarios.library import load_scenario, scenario_ids
from tests.engine.three_ports import DOCUMENT

SCENARIOS = ("three_ports", *scenario_ids())


@functools.cache
def document_of(name: str) -> dict[str, Any]:
    """The resolved document of a scenario; not to be changed."""
    return DOCUMENT if name == "three_ports" else load_scenario(name).document


@functools.cache
def rules_of(name: str) -> Ruleset:
    """The compiled rules of a scenario."""
    return compile_ruleset(document_of(name))


@functools.cache
def reordered_rules_of(name: str) -> Ruleset:
    """The same scenario with its rules and injects written in the opposite order."""
    document = deepcopy(document_of(name))
    for key in ("rules", "injects", "agreements", "endings", "dispatches"):
        document[key] = dict(reversed(list(document.get(key, {}).items())))
    return compile_ruleset(document)


def random_orders_of(rules: Ruleset, state: State, seed: str) -> list[Order]:
    """Legal orders by lot for every government."""
    return [
        choice.order
        for government in rules.governments
        for choice in choose_orders_in(
            rules, state, government.id, "random", seed, irreversible=True
        )
    ]


def random_votes_of(rules: Ruleset, state: State, seed: str) -> list[Vote]:
    """Votes by lot for about half of the seated members, on every draft of the docket."""
    votes = []
    for draft in state.docket:
        for member in rules.bodies[draft.body].members:
            lot = draw(seed, state.turn, "vote", f"{draft.id}|{member.id}")
            if member.seat and lot < 0.6:
                choice = ("yes", "no", "abstain")[int(lot / 0.2)]
                votes.append(Vote(draft.body, draft.id, member.id, choice))
    return votes


def random_game(
    rules: Ruleset, seed: str, turns: int = 5
) -> Iterator[tuple[State, list[Order], list[Vote], Adjudication]]:
    """A random legal game: the state of each turn, its orders and votes, and what came of it."""
    state = opening_of(rules, turns=turns)
    while state.ended is None:
        orders = random_orders_of(rules, state, seed)
        votes = random_votes_of(rules, state, seed)
        result = adjudicate(rules, state, orders, votes, seed)
        yield state, orders, votes, result
        state = result.state
