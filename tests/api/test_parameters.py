"""The JSON Schema of a move allows what the rules allow."""

from __future__ import annotations

import jsonschema
import pytest

from apps import engine
from apps.api.parameters import schema_for
from apps.scenarios.library import load_scenario, scenario_ids


@pytest.mark.parametrize("scenario", scenario_ids())
def test_every_move_has_a_valid_schema(scenario):
    ruleset = load_scenario(scenario).ruleset
    state = engine.initial_state(ruleset)
    checked = 0
    for seat in ruleset.layout.governments:
        for option in engine.legal_orders(ruleset, state, seat):
            jsonschema.Draft202012Validator.check_schema(schema_for(option.to_json()["parameters"]))
            checked += 1
    assert checked > 0


def test_clauses_may_be_named_or_phased_in():
    clauses = {
        "name": "clauses",
        "type": "clauses",
        "title": "Clauses",
        "choices": {"cap": "Cap"},
        "range": None,
        "step": 0,
        "unit": "",
        "min": 1,
        "max": 3,
        "optional": False,
        "default": None,
        "phase_in": {"cap": {"max": 24, "unit": "months"}},
    }
    check = jsonschema.Draft202012Validator(schema_for([clauses]))
    assert check.is_valid({"clauses": ["cap"]})
    assert check.is_valid({"clauses": [{"clause": "cap", "phase_in": 12}]})
    assert not check.is_valid({"clauses": [{"clause": "cap", "phase_in": 25}]})
    assert not check.is_valid({"clauses": []})
    assert not check.is_valid({})
