"""What the author's guide shows is what stands in the scenario that it speaks of."""

from __future__ import annotations

import re
from pathlib import Path

from django.conf import settings

from apps.scenarios.library import load_scenario
from apps.scenarios.yaml_source import read_source
from tests.scenarios.veld import report_with

GUIDE = Path(settings.BASE_DIR, "docs", "scenario-author-guide.md").read_text(encoding="utf-8")


def test_the_worked_example_is_in_the_strait_of_veld() -> None:
    blocks = re.findall(r"```yaml\n(.*?)```", GUIDE, re.DOTALL)
    whole = [block for block in blocks if not block.startswith(" ")]
    assert len(whole) == 4
    document = load_scenario("strait_of_veld").document
    for block in whole:
        for section, items in read_source(block.encode(), "guide").value.items():
            for item_id, item in items.items():
                kept = document[section][item_id]
                for key, value in item.items():
                    if key != "effects" or section != "injects":
                        assert kept[key] == value, f"{section}.{item_id}.{key}"


def test_the_errors_that_the_guide_quotes_are_the_checkers(tmp_path: Path) -> None:
    quoted = (
        (
            "nothing encodes the claim V7",
            {"claims.yaml": [("  V6:", "  V7: {source: almanac, text: T}\n  V6:")]},
        ),
        ("unknown key cots in moves.levy_toll", {"moves.yaml": [("cost: 2", "cots: 2")]}),
        (
            "a number is wanted here, this is true or false",
            {"rules/shipping.yaml": [("by: -6", 'by: "grounded"')]},
        ),
        ("this can never be true", {"moves.yaml": [("tension >= 50", "tension > 500")]}),
    )
    for place, (message, changes) in enumerate(quoted):
        report = report_with(tmp_path / str(place), changes)
        assert any(message in str(problem) for problem in report.errors), message
        assert message.replace("V7", "V6") in GUIDE
