"""A whole turn of the in-test scenario: orders in, events and state out."""

from __future__ import annotations

import contextlib

import pytest

from apps.engine import (
    Order,
    RulesetError,
    adjudicate,
    check_order,
    compile_ruleset,
    fold,
    initial_state,
    legal_orders,
    observe,
    visible_events,
)
from tests.engine.three_ports import document, three_ports

RULES = three_ports()
TOLL = Order("NOR", "levy_toll", {"rate": 2, "against": "SUD"}, intent="Money", expects="Anger")
SMUGGLE = Order("EST", "smuggle", {"cargo": "silk"}, intent="SECRET-INTENT")


def test_a_toll_costs_trust_and_the_state_is_the_fold_of_the_events() -> None:
    start = initial_state(RULES)
    result = adjudicate(RULES, start, [TOLL, SMUGGLE], [], "seed")
    assert result.state.value("trust[SUD, NOR]") == 20 - 3 * 2 * 2
    assert result.state.value("coin[NOR]") == 10 - 2 + 2
    assert result.state.turn == 2
    assert fold(RULES, start, result.events) == result.state


def test_an_order_that_is_not_allowed_comes_back_with_its_reason() -> None:
    start = initial_state(RULES)
    assert check_order(RULES, start, TOLL) is None
    refused = check_order(RULES, start, Order("EST", "levy_toll", {"rate": 2, "against": "SUD"}))
    assert refused is not None
    assert refused.code == "not_yours"
    assert "Estquay" in refused.reason or "EST" in refused.reason


def test_a_move_cools_down_and_says_when_it_opens() -> None:
    after = adjudicate(RULES, initial_state(RULES), [TOLL], [], "seed").state
    option = next(o for o in legal_orders(RULES, after, "NOR") if o.move == "levy_toll")
    assert (option.open, option.code) == (False, "cooldown")
    assert "turn 1" in option.reason


def test_a_secret_order_and_its_intent_reach_nobody_else() -> None:
    result = adjudicate(RULES, initial_state(RULES), [TOLL, SMUGGLE], [], "seed")
    for viewer in ("public", "seat:NOR", "seat:SUD"):
        seen = str(visible_events(RULES, result.events, viewer))
        seen += str(observe(RULES, result.state, viewer))
        assert "SECRET-INTENT" not in seen
        assert "EST-smuggle" not in seen
    assert "SECRET-INTENT" in str(visible_events(RULES, result.events, "seat:EST"))


def test_every_issue_of_a_document_is_reported_with_path_and_suggestion() -> None:
    wrong = document()
    wrong["rules"]["income"]["effects"][0]["by"] = "2 + tempr"
    wrong["rules"]["mood_sours"]["if"] = "temper > 120"
    wrong["rules"]["pact_calms"]["stage"] = "talk"
    with pytest.raises(RulesetError) as caught:
        compile_ruleset(wrong)
    by_path = {issue.path: issue for issue in caught.value.issues}
    unknown = by_path["rules", "income", "effects", 0, "by"]
    assert "tempr" in unknown.message
    assert "temper" in unknown.suggestion
    assert unknown.offset == 4
    assert "never" in by_path["rules", "mood_sours", "if"].message
    assert "council" in by_path["rules", "pact_calms", "stage"].message


def test_a_rule_that_can_never_fire_does_not_load() -> None:
    wrong = document()
    wrong["rules"]["squall"]["chance"] = "0 * temper"
    wrong["rules"]["mood_calms"]["if"] = "false"
    wrong["rules"]["mood_sours"]["if"] = "temper > 60 and temper < 0"
    with pytest.raises(RulesetError) as caught:
        compile_ruleset(wrong)
    assert {issue.path[1:] for issue in caught.value.issues} >= {
        ("mood_calms", "if"),
        ("mood_sours", "if"),
        ("squall", "chance"),
    }


def test_two_rules_may_set_one_fact_differently_only_if_they_exclude_each_other() -> None:
    wrong = document()
    wrong["rules"]["mood_calms"]["if"] = "temper < 80"
    with pytest.raises(RulesetError, match="sets mood to sour"):
        compile_ruleset(wrong)
    wrong["rules"]["mood_calms"]["stage"] = "trade"
    compile_ruleset(wrong)


@pytest.mark.parametrize(
    "path",
    [
        ("tracks", "temper", "range"),
        ("tracks", "trust", "start"),
        ("moves", "levy_toll", "parameters"),
        ("bodies", "moot", "members"),
        ("rules", "income", "effects"),
        ("agreements", "free_passage", "parties"),
        ("scenario", "calendar"),
        ("endings",),
        ("governments",),
    ],
)
@pytest.mark.parametrize("junk", [None, 7, "x", [], [1], {}, {"a": 1}, True, float("nan")])
def test_junk_anywhere_in_a_document_gives_issues_and_nothing_else(path, junk) -> None:
    wrong = document()
    inner = wrong
    for step in path[:-1]:
        inner = inner[step]
    inner[path[-1]] = junk
    with contextlib.suppress(RulesetError):
        compile_ruleset(wrong)
