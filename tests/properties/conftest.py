"""Each property is held over every scenario; a scenario that does not load fails at once."""

from __future__ import annotations

import pytest

from tests.properties.library import SCENARIOS, reordered_rules_of, rules_of


@pytest.fixture(scope="session", params=SCENARIOS)
def name(request: pytest.FixtureRequest) -> str:
    """The name of a scenario that compiles."""
    rules_of(request.param)
    reordered_rules_of(request.param)
    return request.param
