"""Every effect says why, down to the paragraph, and what would have changed it."""

from __future__ import annotations

import pytest

from apps.engine import (
    Event,
    Order,
    Vote,
    adjudicate,
    compile_ruleset,
    explain,
    initial_state,
    visible_events,
    what_would_change,
)
from tests.engine.three_ports import document, three_ports

RULES = three_ports()


def _firing(rule: str, saw: dict, bindings: dict | None = None, **more) -> Event:
    held = RULES.rules[rule]
    payload = {
        "rule": rule,
        "title": held.title,
        "stage": held.stage,
        "about": "",
        "claims": list(held.claims),
        "reason": held.reason,
        "bindings": bindings or {},
        "saw": saw,
        "chance": None,
        "draw": None,
        "fired": True,
        "effects": [],
        **more,
    }
    return Event("RuleFired", payload)


def test_a_firing_cites_its_claims_and_their_paragraphs() -> None:
    sentences = explain(RULES, _firing("smugglers_profit", {"storm": False, "contraband": 0.0}))
    assert sentences[0].claims == ("P2",)
    assert sentences[0].paragraphs == (2, 3)
    assert "Storm is no" in sentences[1].text


def test_the_nearest_condition_comes_first_with_the_value_needed() -> None:
    changes = what_would_change(RULES, _firing("mood_sours", {"temper": 62.0, "mood": "calm"}))
    assert [change.text for change in changes] == [
        "With Temper of 60 or less (it was 62) it would not have applied.",
        "With Mood “Sour” instead of “Calm” it would not have applied.",
    ]


def test_a_rule_that_stayed_shut_says_what_would_have_opened_it() -> None:
    shut = _firing("mood_sours", {"temper": 58.0, "mood": "calm"}, fired=False)
    assert [change.text for change in what_would_change(RULES, shut)] == [
        "With Temper of 61 or more (it was 58) it would have applied."
    ]


def test_a_draw_names_its_threshold_and_what_would_have_moved_it() -> None:
    fired = _firing("smugglers_profit", {"storm": False, "contraband": 50.0}, chance=0.7, draw=0.66)
    texts = [change.text for change in what_would_change(RULES, fired)]
    assert texts[0] == "With a draw at or above 70 it would not have happened; the draw was 66.0."
    assert "With Contraband of 60 or more (it was 50) it would not have applied." in texts


def test_what_is_withheld_is_not_given_away() -> None:
    fired = _firing("smugglers_profit", {"storm": False}, chance=None, draw=0.66, withheld=1)
    assert what_would_change(RULES, fired) == []
    assert "It also saw what is not disclosed." in [s.text for s in explain(RULES, fired)]


@pytest.mark.parametrize(
    ("given", "expected"),
    [("yes", "ResolutionAdopted"), ("no", "ResolutionVetoed")],
)
def test_a_vote_shows_each_term_and_a_resolution_what_it_missed(given, expected) -> None:
    state = initial_state(RULES)
    table = Order("SUD", "propose_pact", {"clauses": ["beacon"]})
    state = adjudicate(RULES, state, [table], [], "s").state
    draft = state.docket[0].id
    vote = Vote("moot", draft, "NOR", given, explanation="Our light.")
    events = adjudicate(RULES, state, [], [vote], "s").events
    (result,) = [event for event in events if event.kind.startswith("Resolution")]
    assert result.kind == expected
    cast = {e.payload["member"]: e for e in events if e.kind == "VoteCast"}
    assert cast["NOR"].payload["by"] == "people"
    assert "Explanation of vote: Our light." in [s.text for s in explain(RULES, cast["NOR"])]
    by_doctrine = explain(RULES, cast["SUD"])
    assert ("P1",) in [sentence.claims for sentence in by_doctrine]
    assert cast["SUD"].payload["support"] == sum(t["value"] for t in cast["SUD"].payload["terms"])
    assert what_would_change(RULES, result) != []


def test_parts_add_up_and_hidden_causes_show_as_a_remainder() -> None:
    orders = [
        Order("EST", "smuggle", {"cargo": "silk"}),
        Order("SUD", "smuggle", {"cargo": "salt"}),
    ]
    for seed in map(str, range(12)):
        events = adjudicate(RULES, initial_state(RULES), orders, [], seed).events
        for item in visible_events(RULES, events, "seat:SUD"):
            payload = item["payload"]
            if item["kind"] == "TrackChanged":
                shown = sum(part["amount"] for part in payload["parts"])
                total = shown + (payload["undisclosed"] or 0)
                assert total == pytest.approx(payload["raw"] - payload["before"])


def test_a_clamp_is_recorded_and_explained() -> None:
    steep = document()
    steep["rules"]["toll_angers"]["effects"][1]["by"] = 60
    rules = compile_ruleset(steep)
    toll = Order("NOR", "levy_toll", {"rate": 2, "against": "SUD"})
    events = adjudicate(rules, initial_state(rules), [toll], [], "s").events
    change = next(e for e in events if e.payload.get("name") == "temper")
    assert (change.payload["raw"], change.payload["after"], change.payload["clamped"]) == (
        110,
        100,
        True,
    )
    assert any("110" in s.text and "100" in s.text for s in explain(rules, change))
