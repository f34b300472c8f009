"""How many examples each property is tried on.

`script/test` and CI take the modest number, the same examples every time. Before a release of the
engine, let Hypothesis look further, at new examples each time:

    HYPOTHESIS_PROFILE=thorough pytest tests/properties tests/engine tests/scenarios/test_fuzz.py
"""

from __future__ import annotations

import os

PROFILE = os.environ.get("HYPOTHESIS_PROFILE", "modest")
TIMES = {"modest": 1, "thorough": 25}[PROFILE]
"""By how much the number of examples is multiplied; an unknown profile is an error at once."""
SAME_EVERY_TIME = PROFILE == "modest"


def examples(modest: int) -> int:
    """The number of examples of a property, given that of a common run."""
    return modest * TIMES
