"""Expressions and effects in words."""

from __future__ import annotations

import pytest

from apps.scenarios.library import load_scenario
from apps.scenarios.rulebook.words import Words

WORDS = Words(load_scenario("strait_of_veld").parts)


@pytest.mark.parametrize(
    ("expression", "words"),
    [
        ("tension > 40", "Tension in the strait is above 40"),
        ("20 < tension <= 60", "20 is below Tension in the strait is at most 60"),
        ("not grounded", "“A ship has run aground” is not so"),
        ("not in_force(toll)", "“Toll on the strait” is not in force"),
        ("in_force(patrol, MAR)", "“Patrol in the narrows” is in force for Marenne"),
        ("relation[a, b] < 0", "Relations between the two is below 0"),
        ("relation[COR, MAR]", "Relations between Corvania and Marenne"),
        ("support[actor] / 10", "Support at home of the acting government ÷ 10"),
        ("1 + 2 + tension * 3", "1 + 2 + Tension in the strait × 3"),
        ("1 - (2 - tension)", "1 − (2 − Tension in the strait)"),
        ("-(tension - 70) / 10", "−(Tension in the strait − 70) ÷ 10"),
        ("clamp(tension - 5, 0, 9) * 2", "((Tension in the strait − 5), held between 0 and 9) × 2"),
        ("5 if ordered(levy_toll, COR) else 0", "5 if Corvania orders “Levy a toll”, else 0"),
        ("actor in [COR, MAR]", "the acting government is one of Corvania, Marenne"),
        ("not (grounded and tension > 5)", "it is not so that"),
        ("ever(lay_mines)", "“Lay mines in the channel” was ever ordered"),
        ("not ever(lay_mines)", "“Lay mines in the channel” was never ordered"),
        ("draft.burden", "the draft’s burden on the shores"),
        ("member.safety_wish", "the member’s “How much safety counts”"),
        ("sponsor(COR) and not sponsor(MAR)", "Corvania sponsors the draft and Marenne does not"),
        ("((", "(("),
        (True, "always"),
        (0.5, "0.5"),
    ],
)
def test_an_expression_reads_as_a_sentence(expression: str | float | bool, words: str) -> None:
    assert WORDS.expression(expression).startswith(words)


def test_every_expression_of_the_library_can_be_read_aloud() -> None:
    """No id of the document is left in the words: each has its title."""
    parts = load_scenario("strait_of_veld").parts
    for rule in parts.rules.values():
        for words in [WORDS.effect(effect) for effect in rule.effects]:
            assert "_" not in words
        if isinstance(rule.if_, str):
            assert "_" not in WORDS.expression(rule.if_)
