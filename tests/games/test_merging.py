"""Two teammates in one draft."""

from __future__ import annotations

from apps.games.room.merging import Text, merge


def merged(before, mine, theirs):
    text, conflicts = merge(Text(before), Text(mine), Text(theirs))
    return text.fields, conflicts


def test_what_only_one_of_two_changed_is_kept():
    before = {"intent": "", "expects": ""}
    fields, conflicts = merged(
        before, {"intent": "mine", "expects": ""}, {"intent": "", "expects": "theirs"}
    )
    assert fields == {"intent": "mine", "expects": "theirs"}
    assert conflicts == {}


def test_clauses_are_merged_as_sets():
    fields, conflicts = merged(
        {"p-clauses": ["a", "b"]}, {"p-clauses": ["a", "b", "c"]}, {"p-clauses": ["b", "d"]}
    )
    assert fields == {"p-clauses": ["b", "d", "c"]}
    assert conflicts == {}


def test_the_same_words_changed_by_both_are_a_conflict_that_keeps_both():
    fields, conflicts = merged({"intent": "old"}, {"intent": "mine"}, {"intent": "theirs"})
    assert fields == {"intent": "theirs"}
    assert conflicts == {"intent": "theirs"}


def test_the_same_change_by_both_is_none():
    assert merged({"intent": ""}, {"intent": "same"}, {"intent": "same"}) == (
        {"intent": "same"},
        {},
    )


def test_an_empty_field_and_a_missing_one_are_the_same():
    fields, conflicts = merged({"p-partner": None}, {"p-partner": ""}, {"p-partner": "RUS"})
    assert fields == {"p-partner": "RUS"}
    assert conflicts == {}
