"""The state that an example gives, built from the engine's own events."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from apps.engine import Event, Ruleset, State, apply, initial_state
from apps.scenarios.schema.example import AgreementInForce, DraftOnDocket, Given

USUAL_TURN = 3
"""The turn of an example that does not say: late enough for something to have happened before."""


class ImpossibleExample(Exception):
    """An example that gives what the scenario does not have; the message is for its author."""


def situation(ruleset: Ruleset, given: Given) -> State:
    """The state as the example's turn opens.

    Raises ImpossibleExample for tracks, facts, holders and parties that are not there.
    """
    opening = initial_state(ruleset, turns=given.turns)
    turn = min(given.turn or USUAL_TURN, opening.turns)
    state = replace(opening, turn=turn)
    for event in _figures(ruleset, {**given.tracks, **given.facts}):
        state = apply(ruleset, state, event)
    before = state.values
    for event in _figures(ruleset, given.previous):
        place = ruleset.layout.find(event.payload["name"])
        assert place is not None
        before = (*before[:place], event.payload["after"], *before[place + 1 :])
    state = replace(state, previous=before, opening=state.values)
    for past, event in _history(ruleset, given, turn):
        state = replace(apply(ruleset, replace(state, turn=max(past, 1)), event), turn=turn)
    return state


def _figures(ruleset: Ruleset, figures: dict[str, Any]) -> Iterator[Event]:
    for name, value in figures.items():
        place = ruleset.layout.find(name)
        if place is None:
            raise ImpossibleExample(f"there is no track or fact {name}")
        low, high = ruleset.lows[place], ruleset.highs[place]
        number = isinstance(value, int | float) and not isinstance(value, bool)
        if number and not low <= value <= high:
            raise ImpossibleExample(f"{name} cannot be {value:g}: it goes from {low:g} to {high:g}")
        after = float(value) if number else value
        yield Event("TrackChanged", {"name": ruleset.layout.names[place], "after": after})


def _history(ruleset: Ruleset, given: Given, turn: int) -> Iterator[tuple[int, Event]]:
    """What happened before, each with its turn."""
    for measure in given.measures:
        since = measure.since if measure.since is not None else turn - 1
        for holder in _holders(ruleset, measure.measure, measure.by):
            payload = {"measure": measure.measure, "by": holder, "since": max(since, 1), "until": 0}
            yield since, Event("MeasureImposed", payload)
    for number, clause in enumerate(given.adopted):
        body = ruleset.clauses[clause].body
        yield turn - 1, Event("ResolutionAdopted", _resolution(f"given-{number}", body, clause))
        imposed = ruleset.clauses[clause].imposes
        if imposed:
            for holder in _holders(ruleset, imposed, None, all_of_them=True):
                yield (
                    turn - 1,
                    Event(
                        "MeasureImposed",
                        {
                            "measure": imposed,
                            "by": holder,
                            "since": max(turn - 1, 1),
                            "until": 0,
                            "clause": clause,
                        },
                    ),
                )
    for agreement in given.agreements:
        since = agreement.since if agreement.since is not None else turn - 1
        yield since, Event("AgreementMade", _pact(ruleset, agreement, since))
    for number, draft in enumerate(given.docket):
        yield turn, Event("DraftTabled", _draft(ruleset, draft, number, turn))
    for past in given.orders:
        order = {"seat": past.by, "move": past.move, "parameters": past.parameters}
        when = past.turn if past.turn is not None else turn - 1
        yield when, Event("OrderAccepted", {"ref": f"{when}-{past.by}-{past.move}", "order": order})


def _holders(
    ruleset: Ruleset, measure: str, by: str | None, *, all_of_them: bool = False
) -> tuple[str | None, ...]:
    holders = ruleset.measures[measure].holders
    if not holders:
        if by is not None:
            raise ImpossibleExample(f"{measure} is in force for all: leave by out")
        return (None,)
    if by is None:
        if len(holders) > 1 and not all_of_them:
            raise ImpossibleExample(f"say by whom {measure} is held: {', '.join(holders)}")
        return holders
    if by not in holders:
        raise ImpossibleExample(f"{by} cannot hold {measure}: {', '.join(holders)} can")
    return (by,)


def _resolution(name: str, body: str, clause: str) -> dict[str, Any]:
    clauses = [{"clause": clause, "phase_in": 0.0}]
    return {"draft": name, "body": body, "clauses": clauses, "sponsors": [], "votes": []}


def _pact(ruleset: Ruleset, given: AgreementInForce, since: int) -> dict[str, Any]:
    agreement = ruleset.agreements[given.agreement]
    parties: dict[str, str] = {}
    for side, able in agreement.parties.items():
        holder = given.parties.get(side) or (able[0] if len(able) == 1 else "")
        if holder not in able:
            raise ImpossibleExample(
                f"say who is the {side} of {agreement.id}: parties: {{{side}: {able[0]}}}"
            )
        parties[side] = holder
    return {
        "pact": f"{agreement.id}-{since}-given",
        "agreement": agreement.id,
        "parties": parties,
        "since": since,
        "expires": since + agreement.expires if agreement.expires else 0,
        "obligations": [
            {"id": one.id, "by": parties.get(by, by)}
            for one in agreement.obligations
            for by in one.by
        ],
    }


def _draft(ruleset: Ruleset, draft: DraftOnDocket, number: int, turn: int) -> dict[str, Any]:
    tabled = (
        draft.tabled if draft.tabled is not None else turn - ruleset.bodies[draft.body].vote_after
    )
    return {
        "draft": draft.id or f"D{number + 1}",
        "body": draft.body,
        "clauses": [
            {"clause": clause, "phase_in": float(draft.phase_in.get(clause, 0))}
            for clause in draft.clauses
        ],
        "sponsors": sorted(draft.sponsors),
        "tabled": tabled,
        "votes_on": turn,
    }
