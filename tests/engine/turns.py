"""Small builders: turns of the in-test scenario, played one after the other."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from apps.engine import Accord, Event, Order, Ruleset, State, Vote, adjudicate, fold, initial_state
from tests.engine.three_ports import three_ports

RULES = three_ports()


class Play:
    """A game in progress; each `turn` adjudicates, keeps the events and checks the fold."""

    def __init__(self, rules: Ruleset = RULES, seed: str = "s", turns: int | None = None) -> None:
        self.rules, self.seed = rules, seed
        self.state: State = initial_state(rules, turns=turns)
        self.events: list[Event] = []

    def turn(
        self,
        *orders: Order,
        votes: Iterable[Vote] = (),
        accords: Iterable[Accord] = (),
        injects: Iterable[str] = (),
    ) -> list[Event]:
        """Adjudicate the open turn; gives its events."""
        before = self.state
        result = adjudicate(
            self.rules, before, orders, votes, self.seed, accords=accords, injects=injects
        )
        assert fold(self.rules, before, result.events) == result.state
        quick = adjudicate(
            self.rules,
            before,
            orders,
            votes,
            self.seed,
            accords=accords,
            injects=injects,
            record=False,
        )
        assert quick.state == result.state
        self.state, self.events = result.state, result.events
        return self.events

    def kinds(self) -> list[str]:
        """The kinds of the last turn's events."""
        return [event.kind for event in self.events]

    def told(self, kind: str) -> list[dict[str, Any]]:
        """The payloads of the last turn's events of a kind."""
        return [dict(event.payload) for event in self.events if event.kind == kind]


def order(seat: str, move: str, **parameters: Any) -> Order:
    """An order by its seat, move and parameters."""
    return Order(seat, move, parameters)


def table(seat: str, *clauses: Any, **parameters: Any) -> Order:
    """The order to table a draft of these clauses."""
    return order(seat, "propose_pact", clauses=list(clauses), **parameters)
