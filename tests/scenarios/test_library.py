"""Every scenario of the library: it checks clean, its examples hold, its playthroughs are kept."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from apps.engine import Order, adjudicate, compile_ruleset, initial_state
from apps.scenarios.checking.report import problems_of
from apps.scenarios.examples import failures_of
from apps.scenarios.library import load_scenario, ruleset_for, scenario_folder, scenario_ids
from apps.scenarios.loading import digest_of
from apps.scenarios.plays.playthrough import Playthrough, playthroughs_of
from apps.scenarios.problem import ScenarioError

SCENARIOS = scenario_ids()


def examples() -> Iterator[object]:
    """Every example. A scenario that does not load has a test of its own that fails."""
    for scenario_id in SCENARIOS:
        try:
            rules = load_scenario(scenario_id).parts.rules
        except ScenarioError:
            continue
        for rule_id, rule in rules.items():
            for place, example in enumerate(rule.examples):
                name = f"{scenario_id}-{rule_id}-{example.name}"
                yield pytest.param(scenario_id, rule_id, place, id=name)


def test_the_library_holds_a_scenario_for_authors_to_copy() -> None:
    assert "strait_of_veld" in SCENARIOS


@pytest.mark.parametrize("scenario_id", SCENARIOS)
def test_a_scenario_of_the_library_has_no_errors(scenario_id: str) -> None:
    found = [str(one) for one in problems_of(load_scenario(scenario_id)) if one.severity == "error"]
    assert found == []


@pytest.mark.parametrize("scenario_id", SCENARIOS)
def test_a_folder_is_named_as_its_scenario(scenario_id: str) -> None:
    assert load_scenario(scenario_id).id == scenario_id


@pytest.mark.parametrize(("scenario_id", "rule_id", "place"), list(examples()))
def test_an_example_of_a_rule_holds(scenario_id: str, rule_id: str, place: int) -> None:
    loaded = load_scenario(scenario_id)
    example = loaded.parts.rules[rule_id].examples[place]
    assert failures_of(loaded.ruleset, rule_id, example) == []


@pytest.mark.parametrize(
    "playthrough",
    [one for scenario_id in SCENARIOS for one in playthroughs_of(scenario_id)],
    ids=lambda one: f"{one.scenario}-{one.name}",
)
def test_a_golden_playthrough_is_as_it_is_kept(playthrough: Playthrough) -> None:
    difference = playthrough.difference()
    assert not difference, (
        "\n".join(difference[:80])
        + "\n\nIf the new text is right, run: manage.py playthrough --write"
    )


@pytest.mark.parametrize("scenario_id", SCENARIOS)
def test_every_scenario_has_a_golden_playthrough(scenario_id: str) -> None:
    assert list(playthroughs_of(scenario_id))


@pytest.mark.parametrize("scenario_id", SCENARIOS)
def test_the_resolved_document_is_complete_in_itself(scenario_id: str) -> None:
    """What a game saves compiles to rules that decide as the loaded ones do."""
    loaded = load_scenario(scenario_id)
    saved = compile_ruleset(loaded.document)
    orders = [
        Order(seat, move_id) for move_id, move in loaded.parts.moves.items() for seat in move.by
    ]
    one = adjudicate(loaded.ruleset, initial_state(loaded.ruleset), orders, [], "seed")
    two = adjudicate(saved, initial_state(saved), orders, [], "seed")
    assert one.state.digest() == two.state.digest()
    assert [event.to_json() for event in one.events] == [event.to_json() for event in two.events]


def test_a_document_is_compiled_once() -> None:
    document = load_scenario("strait_of_veld").document
    assert ruleset_for(dict(document)) is ruleset_for(document)


def test_the_digest_does_not_depend_on_the_order_of_keys() -> None:
    document = load_scenario("strait_of_veld").document
    turned = dict(reversed(document.items()))
    assert list(turned) != list(document)
    assert digest_of(turned) == digest_of(document)
    assert digest_of({**document, "format": 2}) != digest_of(document)


def test_an_unknown_scenario_is_refused_with_a_suggestion() -> None:
    with pytest.raises(ScenarioError) as caught:
        scenario_folder("strait_of_weld")
    assert caught.value.problems[0].suggestion == "did you mean strait_of_veld?"
