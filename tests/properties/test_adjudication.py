"""What always holds of adjudication, over random legal games of every scenario."""

from __future__ import annotations

import json
from dataclasses import replace

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from apps.engine import Event, Order, State, Vote, adjudicate, fold, initial_state
from tests.properties.effort import SAME_EVERY_TIME, examples
from tests.properties.library import (
    random_game,
    random_orders_of,
    random_votes_of,
    reordered_rules_of,
    rules_of,
)

games = settings(
    max_examples=examples(8),
    deadline=None,
    derandomize=SAME_EVERY_TIME,
    suppress_health_check=list(HealthCheck),
)
seeds = st.integers(0, 10**6).map(str)


@games
@given(seed=seeds, random=st.randoms(use_true_random=False))
def test_the_order_of_orders_and_votes_changes_nothing(name, seed, random) -> None:
    rules = rules_of(name)
    for state, orders, votes, result in random_game(rules, seed):
        random.shuffle(orders)
        random.shuffle(votes)
        orders = [replace(order, id=str(place)) for place, order in enumerate(orders)]
        again = adjudicate(rules, state, orders, votes, seed)
        assert again.state == result.state
        assert _without_ids(again.events) == _without_ids(result.events)


def _without_ids(events) -> list[dict]:
    shown = [event.to_json() for event in events]
    for event in shown:
        if "order" in event["payload"] and isinstance(event["payload"]["order"], dict):
            event["payload"]["order"] = event["payload"]["order"] | {"id": ""}
    return shown


@games
@given(seed=seeds)
def test_the_order_in_which_rules_are_written_changes_nothing(name, seed) -> None:
    forwards = [result for *_, result in random_game(rules_of(name), seed)]
    backwards = [result for *_, result in random_game(reordered_rules_of(name), seed)]
    assert [_plain(r.events) for r in forwards] == [_plain(r.events) for r in backwards]
    assert [r.state.values for r in forwards] == [r.state.values for r in backwards]


def _plain(events) -> list[dict]:
    """Events less the digest, which covers lists in the order of the document."""
    return [event.to_json() for event in events if event.kind != "TurnAdjudicated"]


@games
@given(seed=seeds)
def test_the_state_is_the_fold_of_the_events_also_after_storage(name, seed) -> None:
    rules = rules_of(name)
    for state, _, _, result in random_game(rules, seed):
        stored = json.loads(json.dumps([event.to_json() for event in result.events]))
        assert fold(rules, state, result.events) == result.state
        assert fold(rules, state, map(Event.from_json, stored)) == result.state
        kept = State.from_json(rules.layout, json.loads(json.dumps(result.state.to_json())))
        assert kept == result.state
        assert kept.digest() == result.state.digest() == result.events[-1].payload["digest"]


@games
@given(seed=seeds)
def test_a_simulated_turn_comes_to_the_same_state(name, seed) -> None:
    rules = rules_of(name)
    for state, orders, votes, result in random_game(rules, seed):
        quick = adjudicate(rules, state, orders, votes, seed, record=False)
        assert quick.state == result.state
        assert quick.events == []


@games
@given(seed=seeds)
def test_no_figure_ever_leaves_its_range(name, seed) -> None:
    rules = rules_of(name)
    for _, _, _, result in random_game(rules, seed, turns=8):
        for place, value in enumerate(result.state.values):
            if isinstance(value, float) and rules.layout.names[place]:
                assert rules.lows[place] <= value <= rules.highs[place]
                assert round(value, 6) == value


@games
@given(seed=seeds, pick=st.integers(0, 10**6))
def test_taking_one_order_away_leaves_unrelated_draws_alone(name, seed, pick) -> None:
    rules = rules_of(name)
    for state, orders, votes, result in random_game(rules, seed, turns=4):
        if not orders:
            continue
        dropped = pick % len(orders)
        other = adjudicate(rules, state, orders[:dropped] + orders[dropped + 1 :], votes, seed)
        before, after = _draws(result.events), _draws(other.events)
        for key in before.keys() & after.keys():
            assert before[key] == after[key]


def _draws(events) -> dict[tuple[str, str], float]:
    return {
        (event.payload["rule"], event.payload["about"]): event.payload["draw"]
        for event in events
        if event.kind == "RuleFired" and event.payload["draw"] is not None
    }


words = st.text(max_size=12) | st.sampled_from(["US", "NOR", "levy_toll", "yes", "moot-1-SUD"])
values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | words,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(words, inner, max_size=3),
    max_leaves=6,
)


@settings(games, max_examples=examples(60))
@given(data=st.data())
def test_adjudication_never_raises_and_every_refusal_has_its_reason(name, data) -> None:
    rules = rules_of(name)
    state = initial_state(rules)
    seats = st.sampled_from([g.id for g in rules.governments]) | words
    moves = st.sampled_from(list(rules.moves)) | words
    names = [p.name for move in rules.moves.values() for p in move.parameters]
    parameters = st.dictionaries(st.sampled_from(names) | words, values, max_size=4)
    wild = st.builds(Order, seats, moves, parameters, words, words, words)
    ballots = st.builds(Vote, words, words, words, words, words)
    orders = data.draw(st.lists(wild, max_size=6)) + random_orders_of(rules, state, "w")
    votes = data.draw(st.lists(ballots, max_size=4)) + random_votes_of(rules, state, "w")
    result = adjudicate(rules, state, orders, votes, "wild")
    judged = [e for e in result.events if e.kind in ("OrderAccepted", "OrderRejected")]
    assert len(judged) == len(orders)
    for event in judged:
        if event.kind == "OrderRejected":
            assert event.payload["code"]
            assert len(event.payload["reason"]) > 10
    assert fold(rules, state, result.events) == result.state
