"""Governments that nobody plays decide from their own view, and only what is allowed."""

from __future__ import annotations

import pytest

from apps.engine import (
    Accord,
    adjudicate,
    check_orders,
    choose_answer,
    choose_offers,
    choose_orders,
    choose_votes,
    initial_state,
    observe,
)
from apps.engine.doctrine import choose_orders_in
from apps.engine.playing import play_turn
from tests.engine.three_ports import three_ports

RULES = three_ports()
CAST = {"NOR": "merchant", "SUD": "wary", "EST": "sly"}


def _orders(state, seed, cast=CAST):
    return [
        choice.order
        for seat, doctrine in cast.items()
        for choice in choose_orders(
            RULES, observe(RULES, state, f"seat:{seat}"), seat, doctrine, seed
        )
    ]


@pytest.mark.parametrize("cast", [CAST, dict.fromkeys(CAST, "random")])
def test_everything_that_a_doctrine_orders_is_allowed(cast) -> None:
    for seed in map(str, range(30)):
        state = initial_state(RULES)
        while state.ended is None:
            orders = _orders(state, seed, cast)
            assert [r for _, r in check_orders(RULES, state, orders) if r] == []
            state = adjudicate(RULES, state, orders, [], seed).state


def test_a_doctrine_decides_alike_from_the_view_and_from_the_state() -> None:
    for seed in map(str, range(20)):
        state = initial_state(RULES)
        while state.ended is None:
            for seat, doctrine in [*CAST.items(), ("NOR", "random"), ("EST", "random")]:
                view = observe(RULES, state, f"seat:{seat}")
                seen = choose_orders(RULES, view, seat, doctrine, seed)
                assert seen == choose_orders_in(RULES, state, seat, doctrine, seed)
            state = adjudicate(RULES, state, _orders(state, seed), [], seed).state


def test_nothing_irreversible_is_ordered_unless_it_may_be() -> None:
    view = observe(RULES, initial_state(RULES), "seat:EST")
    careful = choose_orders(RULES, view, "EST", "sly", "s")
    bold = choose_orders(RULES, view, "EST", "sly", "s", irreversible=True)
    assert [choice.order.move for choice in careful] == ["smuggle"]
    assert [choice.order.move for choice in bold] == ["dig_cache", "smuggle"]


def test_every_choice_has_its_reason_and_weight() -> None:
    view = observe(RULES, initial_state(RULES), "seat:NOR")
    choices = choose_orders(RULES, view, "NOR", "merchant", "s")
    assert {choice.order.move: choice.reason for choice in choices} == {
        "levy_toll": "Tempers allow it.",
        "propose_pact": "A beacon helps all.",
    }
    assert all(choice.weight > 0 for choice in choices)


def test_an_offer_is_answered_by_instruction_and_declined_without_one() -> None:
    state = initial_state(RULES)
    view = {**observe(RULES, state, "seat:SUD")}
    parties = {"proposer": "NOR", "other": "SUD"}
    answer = choose_answer(RULES, view, "SUD", "wary", "free_passage", parties, "s")
    assert not answer.accept
    view["tracks"] = [t | {"value": 70} if t["id"] == "temper" else t for t in view["tracks"]]
    answer = choose_answer(RULES, view, "SUD", "wary", "free_passage", parties, "s")
    assert (answer.accept, answer.reason) == (True, "It costs little.")
    from_est = {"proposer": "EST", "other": "SUD"}
    assert not choose_answer(RULES, view, "SUD", "wary", "free_passage", from_est, "s").accept
    assert not choose_answer(RULES, view, "EST", "sly", "free_passage", from_est, "s").accept


def test_a_doctrine_proposes_what_its_scenario_says() -> None:
    view = observe(RULES, initial_state(RULES), "seat:NOR")
    assert choose_offers(RULES, view, "NOR", "merchant", "s") == []
    view["tracks"] = [t | {"value": 60} if t["id"] == "temper" else t for t in view["tracks"]]
    (offer,) = choose_offers(RULES, view, "NOR", "merchant", "s")
    assert offer.parties == {"proposer": "NOR", "other": "SUD"}


def test_passive_abstains_and_orders_nothing() -> None:
    state = initial_state(RULES)
    state = adjudicate(RULES, state, _orders(state, "s"), [], "s").state
    view = observe(RULES, state, "seat:NOR")
    assert choose_orders(RULES, view, "NOR", "passive", "s") == []
    assert [vote.choice for vote in choose_votes(RULES, view, "NOR", "passive", "s")] == ["abstain"]
    assert choose_votes(RULES, view, "NOR", "merchant", "s") == []


def test_a_turn_played_by_doctrine_is_the_turn_that_the_long_way_comes_to() -> None:
    for seed in map(str, range(20)):
        quick = slow = initial_state(RULES)
        while slow.ended is None:
            orders = _orders(slow, seed)
            offers = [
                offer
                for seat, doctrine in CAST.items()
                for offer in choose_offers(
                    RULES, observe(RULES, slow, f"seat:{seat}"), seat, doctrine, seed
                )
            ]
            accords = [
                Accord(offer.agreement, offer.parties)
                for offer in offers
                if choose_answer(
                    RULES,
                    observe(RULES, slow, "seat:SUD"),
                    "SUD",
                    "wary",
                    offer.agreement,
                    offer.parties,
                    seed,
                ).accept
            ]
            slow = adjudicate(RULES, slow, orders, [], seed, accords=accords).state
            played = play_turn(RULES, quick, CAST, seed)
            assert sorted(o.move for o in played.orders) == sorted(o.move for o in orders)
            quick = played.state
            assert quick == slow
