"""Whole games of Korean Knot by doctrine: what must hold in every one of them."""

from __future__ import annotations

from collections import Counter
from functools import cache

import pytest

from apps.engine import adjudicate, initial_state
from apps.engine.doctrine import choose_orders_in
from apps.scenarios.library import load_scenario
from apps.simulation.findings import Findings
from apps.simulation.whole_game import WholeGame, doctrines_for, play

SEATS = ("US", "RUS", "CHN", "DPRK", "ROK", "JPN")


@cache
def games() -> tuple[WholeGame, ...]:
    ruleset = load_scenario("korean_knot").ruleset
    return tuple(play(ruleset, f"whole-{number}") for number in range(90))


@pytest.mark.parametrize("seat", SEATS)
def test_c04_the_best_policy_of_one_government_does_not_satisfy_all_others(seat: str) -> None:
    document = load_scenario("korean_knot").document
    weights = {name: aim["weight"] for name, aim in document["objectives"][seat].items()}
    findings = Findings(games(), 60, document)
    scores: dict[str, list[float]] = {}
    for game in games():
        scores.setdefault(game.doctrines[seat], []).append(game.score(seat, weights))
    best = max(scores, key=lambda name: sum(scores[name]) / len(scores[name]))
    followed = [game for game in games() if game.doctrines[seat] == best]
    satisfied = [
        all(findings.succeeded(game, other) for other in SEATS if other != seat)
        for game in followed
    ]
    assert sum(satisfied) / len(satisfied) < 0.2


def test_c31_no_game_is_settled_while_a_party_has_given_nothing() -> None:
    settled = [game for game in games() if game.ending == "settlement"]
    assert settled, "none of these games was settled: take others"
    for game in settled:
        assert all(game.tracks[f"given[{seat}]"][-1] >= 1 for seat in SEATS), game.seed


def test_games_end_in_several_ways() -> None:
    endings = Counter(game.ending for game in games())
    assert len(endings) >= 5
    assert max(endings.values()) <= 0.6 * len(games())


def test_the_news_of_twelve_turns_hardly_repeats_itself() -> None:
    ruleset = load_scenario("korean_knot").ruleset
    published = repeated = 0
    for number in range(10):
        seed = f"news-{number}"
        doctrines, state = doctrines_for(ruleset, {}, seed), initial_state(ruleset)
        seen: set[tuple[str, str]] = set()
        while state.ended is None:
            orders = [
                choice.order
                for seat, doctrine in doctrines.items()
                for choice in choose_orders_in(ruleset, state, seat, doctrine, seed)
            ]
            done = adjudicate(ruleset, state, orders, (), seed)
            for event in done.events:
                if event.kind == "DispatchPublished":
                    text = (event.payload["headline"], event.payload["body"])
                    published += 1
                    assert "{" not in "".join(text), text
                    assert "DPR Korea" not in "".join(text), "the news speak of Pyongyang"
                    repeated += text in seen
                    seen.add(text)
            state = done.state
    assert published > 500
    assert repeated / published < 0.05
