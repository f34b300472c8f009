"""Agreements, injects, secrets, dispatches, capital, objectives and endings, turn by turn."""

from __future__ import annotations

import json
from collections import Counter

import pytest

from apps.engine import (
    Accord,
    Event,
    apply,
    check_orders,
    compile_ruleset,
    initial_state,
    observe,
    visible_events,
)
from tests.engine.three_ports import document
from tests.engine.turns import RULES, Play, order, table

PASSAGE = Accord("free_passage", {"proposer": "EST", "other": "NOR"})
TOLL = order("NOR", "levy_toll", rate=2, against="SUD")


def test_an_agreement_closes_a_move_is_kept_and_runs_out() -> None:
    play = Play(turns=8)
    play.turn(accords=[PASSAGE])
    (made,) = play.told("AgreementMade")
    assert (made["since"], made["expires"]) == (1, 4)
    refused = check_orders(RULES, play.state, [TOLL])[0][1]
    assert refused is not None
    assert refused.reason == "You promised free passage."
    play.turn()
    assert play.told("ObligationKept")[0]["by"] == "NOR"
    play.turn()
    play.turn()
    assert "AgreementExpired" in play.kinds()
    play.turn(TOLL)
    assert "OrderAccepted" in play.kinds()


def test_a_broken_obligation_is_remembered_and_rankles() -> None:
    play = Play(turns=8)
    play.turn(TOLL, accords=[PASSAGE])
    assert "ObligationBroken" not in play.kinds(), "obligations are judged from the next turn on"
    play.turn()
    (broken,) = play.told("ObligationBroken")
    assert (broken["by"], broken["obligation"]) == ("NOR", "no_toll")
    ledger = observe(RULES, play.state, "public")["agreements"][0]["obligations"]
    assert ledger == [{"id": "no_toll", "by": "NOR", "text": "Levies no toll", "status": "broken"}]
    play.turn()
    assert any(p["rule"] == "breach_rankles" and p["fired"] for p in play.told("RuleFired"))


@pytest.mark.parametrize(
    "accord",
    [
        Accord("free_passage", {"proposer": "NOR", "other": "NOR"}),
        Accord("free_passage", {"proposer": "SUD", "other": "NOR"}),
        Accord("free_passage", {"proposer": "NOR"}),
        Accord("peace", {"proposer": "NOR", "other": "SUD"}),
    ],
)
def test_an_accord_that_fits_no_agreement_makes_none(accord) -> None:
    play = Play()
    play.turn(accords=[accord])
    assert "AgreementMade" not in play.kinds()


def test_the_same_agreement_between_the_same_two_stands_once() -> None:
    play = Play()
    play.turn(accords=[PASSAGE, PASSAGE])
    play.turn(accords=[PASSAGE])
    assert len(play.state.pacts) == 1


def test_injects_happen_at_their_turn_once_and_when_they_are_called() -> None:
    play = Play()
    play.turn(injects=["visit"])
    assert [p["inject"] for p in play.told("InjectHappened")] == ["visit"]
    play.turn(injects=["visit", "wreck"])
    assert [p["inject"] for p in play.told("InjectHappened")] == ["visit", "wreck"]
    play.turn(injects=["wreck"])
    assert play.told("InjectHappened") == []


def test_an_inject_to_one_seat_reaches_that_seat_alone() -> None:
    for seed in map(str, range(40)):
        play = Play(seed=seed)
        for _ in range(2):
            play.turn(order("EST", "smuggle", cargo="silk"), order("SUD", "smuggle", cargo="silk"))
            if any(p["inject"] == "rumor" for p in play.told("InjectHappened")):
                for viewer in ("public", "seat:SUD", "seat:EST", "seat:NOR", "facilitator"):
                    seen = [
                        item["payload"]["inject"]
                        for item in visible_events(RULES, play.events, viewer)
                        if item["kind"] == "InjectHappened"
                    ]
                    assert ("rumor" in seen) == (viewer in ("seat:NOR", "facilitator"))
                return
    pytest.fail("no rumor in forty games")


def test_a_secret_order_is_revealed_when_its_condition_holds() -> None:
    for seed in map(str, range(40)):
        play = Play(seed=seed)
        play.turn(order("EST", "smuggle", cargo="silk"))
        assert len(play.state.hidden) == 1
        while play.state.ended is None:
            play.turn(order("SUD", "smuggle", cargo="silk"))
            revealed = play.told("OrderRevealed")
            if revealed:
                assert play.state.value("contraband") > 30
                assert revealed[0]["order"]["seat"] == "EST"
                assert revealed[0]["order"]["parameters"] == {"cargo": "silk"}
                return
            assert play.state.hidden[0].seat == "EST"
    pytest.fail("nothing came to light in forty games")


def test_a_move_that_is_never_revealed_leaves_no_trace_for_others() -> None:
    play = Play()
    play.turn(order("EST", "dig_cache"))
    assert play.state.hidden == ()
    for viewer in ("public", "seat:NOR", "seat:SUD"):
        seen = str(visible_events(RULES, play.events, viewer))
        seen += str(observe(RULES, play.state, viewer))
        assert "cache" not in seen
    own = observe(RULES, play.state, "seat:EST")
    assert [m["id"] for m in own["measures"]] == ["cache"]


def test_a_variant_is_not_told_again_until_all_were() -> None:
    several = document()
    several["moves"]["levy_toll"]["cooldown"] = 0
    several["dispatches"]["toll_news"]["variants"] = [
        {"headline": f"News {number} of {{actor}}", "body": ""} for number in range(4)
    ]
    rules = compile_ruleset(several)
    for seed in "abcdef":
        play = Play(rules, seed=seed, turns=9)
        told = []
        for _ in range(8):
            play.turn(order("NOR", "levy_toll", rate=1, against="EST"))
            told += [p["headline"] for p in play.told("DispatchPublished")]
        assert len(set(told[:4])) == 4
        assert Counter(told[:8]) == Counter(told[:4]) + Counter(told[:4])
        assert told[0].endswith("Norhaven")


def test_orders_beyond_capital_or_number_are_refused_alike_in_any_order() -> None:
    orders = [
        TOLL,
        order("NOR", "propose_pact", clauses=["beacon"]),
        order("NOR", "levy_toll", rate=3, against="EST"),
        order("NOR", "join_draft", draft="none"),
    ]
    judged = {o.move: r for o, r in check_orders(RULES, initial_state(RULES), orders)}
    again = {o.move: r for o, r in check_orders(RULES, initial_state(RULES), orders[::-1])}
    assert judged == again
    codes = Counter(r.code for _, r in check_orders(RULES, initial_state(RULES), orders) if r)
    assert codes == {"per_turn": 1, "parameter": 1}


def _nested(depth: int) -> list:
    inner: list = []
    for _ in range(depth):
        inner = [inner]
    return inner


@pytest.mark.parametrize(
    "value",
    [_nested(100_000), float("nan"), float("inf"), 10**400, "x" * 1_000_000, {1: 2}, {"a": {3}}],
    ids=["nested", "nan", "infinity", "huge", "long", "keys", "set"],
)
def test_whatever_an_order_holds_it_is_refused_and_can_be_kept(value) -> None:
    play = Play()
    play.turn(order("NOR", "levy_toll", rate=value, against="SUD"))
    (refused,) = play.told("OrderRejected")
    assert refused["code"] == "parameter"
    play.turn(order("EST", "smuggle", cargo=value))
    assert play.told("OrderRejected")[0]["code"] == "parameter"
    assert len(json.dumps(refused, allow_nan=False)) < 20_000


def test_a_seat_that_cannot_pay_is_told_what_it_has() -> None:
    state = initial_state(RULES)
    poor = apply(RULES, state, Event("EffectAmended", {"name": "coin[NOR]", "after": 1}))
    refused = check_orders(RULES, poor, [TOLL])[0][1]
    assert refused is not None
    assert refused.code == "capital"
    assert "costs 2" in refused.reason
    assert "1 of coin" in refused.reason


def test_a_facilitators_amendment_is_held_in_range_and_becomes_the_figure() -> None:
    state = initial_state(RULES)
    after = apply(RULES, state, Event("EffectAmended", {"name": "trust[SUD, NOR]", "after": 999}))
    assert after.value("trust[NOR, SUD]") == 50
    assert apply(RULES, state, Event("PersonJoined", {"x": 1})) is state


def test_the_smallest_priority_ends_the_game_and_nothing_follows() -> None:
    hot = document()
    hot["tracks"]["temper"]["start"] = 94
    play = Play(compile_ruleset(hot))
    play.turn(TOLL)
    assert play.told("GameEnded")[0]["ending"] == "war"
    ended = play.state
    play.turn(TOLL)
    assert play.state == ended
    assert play.events == []
    (judged,) = check_orders(play.rules, ended, [TOLL])
    assert judged[1] is not None
    assert judged[1].code == "ended"


def test_the_last_turn_ends_the_game() -> None:
    play = Play(turns=2)
    play.turn()
    assert play.state.ended is None
    play.turn()
    assert play.state.ended == "quiet"
    assert observe(RULES, play.state, "public")["ended"]["title"] == "Quiet"


def test_a_measure_runs_out_after_its_turns_and_a_fact_is_forgotten() -> None:
    play = Play(turns=8)
    play.turn(TOLL)
    assert play.state.value("storm") is False
    assert observe(RULES, play.state, "public")["measures"][0]["until"] == 3
    play.turn()
    play.turn()
    assert play.told("MeasureLifted")[0]["reason"] == "expired"
    assert observe(RULES, play.state, "public")["measures"] == []


def test_objectives_are_told_to_their_own_seat() -> None:
    play = Play()
    play.turn(table("SUD", "beacon"))
    for seat in ("NOR", "SUD", "EST"):
        seen = [
            item["payload"]["seat"]
            for item in visible_events(RULES, play.events, f"seat:{seat}")
            if item["kind"] == "ObjectiveMeasured"
        ]
        assert seen == [seat]


def test_the_calendar_keeps_to_the_end_of_short_months() -> None:
    play = Play()
    dates = [observe(RULES, play.state, "public")["date"]]
    play.turn()
    dates.append(observe(RULES, play.state, "public")["date"])
    assert dates == ["1900-01-31", "1900-02-28"]
