"""The board: a working copy of a state while a turn is adjudicated or events are folded."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from .chance import Dice, dice
from .layout import Layout
from .ruleset import Body, Ruleset
from .state import Draft, HiddenOrder, Pact, Resolution, State


class _Nothing(dict[Any, Any]):
    """A mapping in which everything that was not put is an empty tuple."""

    def __missing__(self, key: Any) -> tuple[()]:
        return ()


class DraftSight:
    """A draft as expressions see it, during a vote and after it."""

    __slots__ = (
        "abstained",
        "abstentions",
        "age",
        "attributes",
        "clauses",
        "id",
        "longest",
        "no",
        "sponsor_count",
        "sponsors",
        "voted_no",
        "voted_yes",
        "yes",
    )

    def __init__(self, ruleset: Ruleset, body: Body, draft: Draft, turn: int) -> None:
        self.id = draft.id
        self.clauses = dict(draft.clauses)
        self.attributes = _attributes(ruleset, body, self.clauses)
        index = ruleset.layout.index
        self.sponsors = 0
        for sponsor in draft.sponsors:
            self.sponsors |= 1 << index[sponsor]
        self.sponsor_count = len(draft.sponsors)
        self.age = turn - draft.tabled
        self.longest = max(self.clauses.values(), default=0.0)
        self.voted_yes: frozenset[int] = frozenset()
        self.voted_no: frozenset[int] = frozenset()
        self.abstained: frozenset[int] = frozenset()
        self.yes = self.no = self.abstentions = 0

    def counted(self, votes: Mapping[int, str]) -> None:
        """Note how each member (by its place in the body) voted."""
        self.voted_yes = frozenset([place for place, vote in votes.items() if vote == "yes"])
        self.voted_no = frozenset([place for place, vote in votes.items() if vote == "no"])
        self.abstained = frozenset([place for place, vote in votes.items() if vote == "abstain"])
        self.yes, self.no = len(self.voted_yes), len(self.voted_no)
        self.abstentions = len(self.abstained)


def _attributes(ruleset: Ruleset, body: Body, clauses: Mapping[str, float]) -> tuple[float, ...]:
    if not clauses:
        return (0.0,) * len(body.combine)
    columns = zip(*[ruleset.clauses[clause].attributes for clause in clauses], strict=True)
    found = []
    for combine, figures in zip(body.combine, columns, strict=True):
        if combine == "sum":
            found.append(float(sum(sorted(figures))))
        else:
            found.append(max(figures) if combine == "max" else min(figures))
    return tuple(found)


class Board:
    """Everything of a state, as lists that may change, and what only this turn knows."""

    __slots__ = (
        "agreed",
        "breaches",
        "clauses",
        "complete",
        "dice",
        "docket",
        "ended",
        "happened",
        "hidden",
        "imposed",
        "last",
        "layout",
        "measures",
        "objectives",
        "opening",
        "ordered",
        "pacts",
        "placed",
        "previous",
        "resolutions",
        "tally",
        "told",
        "turn",
        "turns",
        "until",
        "values",
        "voted",
    )

    def __init__(self, ruleset: Ruleset, state: State, seed: str = "") -> None:
        self.layout: Layout = state.layout
        self.tally: list[int] | None = None
        self.dice: Dice = dice(seed, state.turn)
        self.turn, self.turns = state.turn, state.turns
        self.values: list[Any] = list(state.values)
        self.opening, self.previous = state.opening, state.previous
        self.measures, self.until = list(state.measures), list(state.until)
        self.last = list(state.last)
        self.clauses, self.complete = list(state.clauses), list(state.complete)
        self.imposed, self.breaches = list(state.imposed), list(state.breaches)
        self.docket: list[Draft] = list(state.docket)
        self.resolutions: list[Resolution] = list(state.resolutions)
        self.pacts: list[Pact] = list(state.pacts)
        self.hidden: list[HiddenOrder] = list(state.hidden)
        self.happened, self.told = list(state.happened), list(state.told)
        self.objectives = list(state.objectives)
        self.ended = state.ended
        self.ordered = [0] * len(ruleset.moves)
        self.placed: list[Any] = [()] * len(ruleset.moves)
        self.voted: dict[tuple[str, str], Any] = _Nothing()
        self.agreed = [0] * len(ruleset.agreements)
        self.count_pacts(ruleset)

    def count_pacts(self, ruleset: Ruleset) -> None:
        """Recount which governments each kind of agreement binds now."""
        if not self.agreed:
            return
        self.agreed = [0] * len(self.agreed)
        for pact in self.pacts:
            if not pact.ended:
                place = ruleset.agreements[pact.agreement].index
                for _, government in pact.parties:
                    self.agreed[place] |= 1 << self.layout.index[government]

    def draft(self, name: str) -> Draft | None:
        """The draft of that id on the docket."""
        for draft in self.docket:
            if draft.id == name:
                return draft
        return None

    def replace_draft(self, draft: Draft) -> None:
        """Put a changed draft in the place of the one with its id."""
        self.docket = [draft if held.id == draft.id else held for held in self.docket]

    def drop_draft(self, name: str) -> None:
        """Take a draft off the docket."""
        self.docket = [held for held in self.docket if held.id != name]

    def freeze(self) -> State:
        """The board as a state."""
        return State(
            layout=self.layout,
            turn=self.turn,
            turns=self.turns,
            values=tuple(self.values),
            opening=self.opening,
            previous=self.previous,
            measures=tuple(self.measures),
            until=tuple(self.until),
            last=tuple(self.last),
            clauses=tuple(self.clauses),
            complete=tuple(self.complete),
            imposed=tuple(self.imposed),
            breaches=tuple(self.breaches),
            docket=tuple(self.docket),
            resolutions=tuple(self.resolutions),
            pacts=tuple(self.pacts),
            hidden=tuple(self.hidden),
            happened=tuple(self.happened),
            told=tuple(self.told),
            objectives=tuple(self.objectives),
            ended=self.ended,
        )


def initial_state(ruleset: Ruleset, *, turns: int | None = None) -> State:
    """The state when turn 1 opens, for a game of `turns` turns (the scenario's default).

    `turns` is held within the limits that the scenario sets.
    """
    fewest, default, most = ruleset.turns
    places = ruleset.measure_places
    return State(
        layout=ruleset.layout,
        turn=1,
        turns=default if turns is None else max(fewest, min(turns, most)),
        values=ruleset.start,
        opening=ruleset.start,
        previous=ruleset.start,
        measures=(0,) * places,
        until=(0,) * places,
        last=(0,) * (len(ruleset.moves) * ruleset.layout.stride),
        clauses=(0,) * len(ruleset.clauses),
        complete=(0,) * len(ruleset.clauses),
        imposed=(False,) * len(ruleset.clauses),
        breaches=(0,) * len(ruleset.agreements),
        happened=(0,) * len(ruleset.injects),
        told=((),) * len(ruleset.dispatches),
        objectives=(0.0,) * len(ruleset.objectives),
    )
