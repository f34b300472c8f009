"""What the checker finds in a scenario that is almost right."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.scenarios.veld import report_with

CASES = [
    # file, old words, new words, severity, code, words of the message or suggestion
    (
        "moves.yaml",
        "by: [COR]\n    cost: 2",
        "by: [CRO]\n    cost: 2",
        "error",
        "unknown-name",
        "COR",
    ),
    (
        "moves.yaml",
        "cost: 2\n    severity: 2",
        "cots: 2\n    severity: 2",
        "error",
        "unknown-key",
        "cost",
    ),
    (
        "moves.yaml",
        "cost: 2\n    severity: 2",
        "cost: 20\n    severity: 2",
        "error",
        "closed-move",
        "12",
    ),
    ("moves.yaml", "tension >= 50", "tension > 500", "error", "rules", "never be true"),
    ("rules/shipping.yaml", '"tension < 50 and', '"tensoin < 50 and', "error", "rules", "tension"),
    (
        "rules/shipping.yaml",
        "stage: shipping",
        "stage: shiping",
        "error",
        "unknown-name",
        "shipping",
    ),
    ("rules/shipping.yaml", "    claims: [V1]", "    claims: []", "error", "no-claim", "reason"),
    ("rules/shipping.yaml", "claims: [V1]", "claims: [V11]", "error", "unknown-name", "V1"),
    (
        "rules/opinion.yaml",
        '{fires: true, changes: {"support[OST]": -2}}',
        "{fires: false}",
        "error",
        "no-example",
        "fires",
    ),
    (
        "rules/opinion.yaml",
        'support[OST]": -2',
        'support[OST]": -3',
        "error",
        "example",
        "changes by -2",
    ),
    (
        "rules/opinion.yaml",
        "{tracks: {tension: 50}}\n        then: {fires: false}",
        "{tracks: {tension: 90}}\n        then: {fires: true}",
        "warning",
        "no-counterexample",
        "towns_fear_war",
    ),
    (
        "rules/announcements.yaml",
        "{impose: mines, by: actor}",
        "{change: tension, by: 1}",
        "error",
        "unused-measure",
        "mines",
    ),
    (
        "rules/announcements.yaml",
        "- {dispatch: toll_lifted}",
        "- {change: tension, by: 0}",
        "error",
        "unused-dispatch",
        "toll_lifted",
    ),
    ("rules/announcements.yaml", "on: send_protest", "on: consult_pilots", "error", "rules", ""),
    (
        "dispatches.yaml",
        "{actor} levies a toll",
        "{acter} levies a toll",
        "error",
        "rules",
        "actor",
    ),
    ("claims.yaml", "paragraphs: [6]", "paragraphs: [7]", "error", "no-paragraph", "1 to 6"),
    (
        "claims.yaml",
        "  V6:",
        "  V7:\n    source: almanac\n    text: Nobody asked.\n  V6:",
        "error",
        "unused-claim",
        "V7",
    ),
    ("aims.yaml", "weight: 60", "weight: 50", "warning", "weights", "90"),
    (
        "aims.yaml",
        'if: "true"\n    when: last_turn',
        'if: "true"\n    when: each_turn',
        "error",
        "early-ending",
        "last_turn",
    ),
    ("aims.yaml", "target: 0.8", "target: 1.8", "error", "rules", "0 to 1"),
    ("events.yaml", "at: 3", "at: 13", "error", "unreachable-inject", "12"),
    ("council.yaml", "affirmative: 3", "affirmative: 6", "error", "rules", "5"),
    ("council.yaml", "claims: [V3]", "claims: []", "error", "no-claim", "pilots"),
    ("situation.yaml", "start: 40", "start: 140", "error", "rules", ""),
    ("situation.yaml", "COR-MAR: -20", "COR-MRA: -20", "error", "unknown-name", "MAR"),
    ("situation.yaml", "COR-MAR: -20", "COR-MAR: -20, MAR-COR: 5", "error", "start", "same pair"),
    ("situation.yaml", "visible: [COR]", "visible: [CRO]", "error", "unknown-name", "COR"),
    (
        "scenario.yaml",
        "announcements, conference",
        "announcements, nothing, conference",
        "warning",
        "empty-stage",
        "nothing",
    ),
    ("scenario.yaml", "track: capital", "track: tension", "error", "", "government"),
    ("doctrines.yaml", "move: open_lights", "move: levy_toll", "error", "rules", "OST"),
    ("agreements.yaml", "by: north", "by: nroth", "error", "unknown-name", "north"),
]


@pytest.mark.parametrize(
    ("file", "old", "new", "severity", "code", "words"),
    CASES,
    ids=[f"{case[0]}: {case[2][:40]}" for case in CASES],
)
def test_a_mistake_is_found_where_it_stands(
    tmp_path: Path, file: str, old: str, new: str, severity: str, code: str, words: str
) -> None:
    report = report_with(tmp_path, {file: [(old, new)]})
    found = [one for one in report.problems if one.severity == severity]
    matching = [
        one
        for one in found
        if code in ("", one.code) and words in f"{one.message} {one.suggestion}"
    ]
    assert matching, [str(one) for one in report.problems]
    assert all(one.position is not None for one in matching)


def test_two_rules_that_set_one_fact_differently_in_one_stage_are_an_error(tmp_path: Path) -> None:
    other = """\
  flag_comes_down:
    title: The flag comes down
    stage: conference
    effects: [{set: flag_of_pilots, to: own}]
    reason: A test.
    examples: [{name: always, then: {fires: true}}]

  text_vetoed:"""
    report = report_with(tmp_path, {"rules/conference.yaml": [("  text_vetoed:", other)]})
    assert any(
        "flag_of_pilots" in one.message and "same stage" in one.message for one in report.errors
    )


def test_tracks_of_different_units_are_not_added(tmp_path: Path) -> None:
    report = report_with(
        tmp_path, {"aims.yaml": [('value: "shipping / 90"', 'value: "(shipping + tension) / 200"')]}
    )
    (problem,) = [one for one in report.errors if one.code == "units"]
    assert problem.message == "shipping is in %, tension in points"


def test_errors_come_before_warnings_and_in_the_order_of_the_file(tmp_path: Path) -> None:
    report = report_with(
        tmp_path,
        {
            "aims.yaml": [("weight: 60", "weight: 50")],
            "claims.yaml": [
                ("paragraphs: [6]", "paragraphs: [7]"),
                ("paragraphs: [1]", "paragraphs: [9]"),
            ],
        },
    )
    assert [one.severity for one in report.problems] == ["error", "error", "warning"]
    lines = [one.position.line for one in report.errors if one.position]
    assert lines == sorted(lines)
