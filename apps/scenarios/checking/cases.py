"""The examples of rules, run as cases."""

from __future__ import annotations

from collections.abc import Iterator

from apps.scenarios.checking.concern import Concern
from apps.scenarios.examples import failures_of
from apps.scenarios.problem import Problem


def problems_of_examples(concern: Concern) -> Iterator[Problem]:
    """A problem for each example in which its rule does something else than it says."""
    for rule_id, rule in concern.document.rules.items():
        for index, example in enumerate(rule.examples):
            failures = failures_of(concern.ruleset, rule_id, example)
            if failures:
                yield concern.error(
                    "example",
                    ("rules", rule_id, "examples", index),
                    f"{rule_id}, “{example.name}”: {'; '.join(failures)}",
                    "mend the rule or the example",
                )
