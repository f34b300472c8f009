"""The vote model against recorded votes of the Security Council, in their circumstances."""

from __future__ import annotations

from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command

from apps.scenarios.library import load_scenario
from apps.scenarios.plays.recorded_vote import read_recorded_votes, vote_on
from tests.korean_knot.situations import Situation

FILE = Path(__file__).with_name("recorded_votes.yaml")
RECORDED = read_recorded_votes(FILE).votes
DOCUMENT = load_scenario("korean_knot").document


@pytest.mark.parametrize("name", RECORDED)
def test_the_vote_model_gives_the_recorded_vote(name: str) -> None:
    tried = vote_on(DOCUMENT, RECORDED[name])
    assert len(tried.casts) == 15
    assert tried.differences(RECORDED[name]) == [], {
        cast["member"]: cast["support"] for cast in tried.casts
    }


def test_a_difference_from_the_record_is_told() -> None:
    other = RECORDED["r2321"].model_copy(
        update={"outcome": "vetoed", "tally": {"yes": 14, "no": 1}, "votes": {"RUS": "no"}}
    )
    assert vote_on(DOCUMENT, other).differences(other) == [
        "adopted, and was vetoed",
        "15-0-0, and was 14-1-0",
        "RUS votes yes, and voted no",
    ]


def test_the_command_shows_why_each_member_votes_as_it_does(tmp_path: Path) -> None:
    out = StringIO()
    call_command("recorded_votes", "korean_knot", str(FILE), "--vote", "r2375", stdout=out)
    told = out.getvalue()
    assert "adopted 15-0-0" in told
    assert "Russian trade spared  (C26)" in told
    assert "Labor abroad curbed  (C25)" in told
    wrong = tmp_path / "wrong.yaml"
    wrong.write_text("votes: {x: {title: x, date: 2016-01-01, clauses: [nothing], sponsors: [US]}}")
    for arguments in (["--vote", "nowhere"], []):
        file = FILE if arguments else wrong
        with pytest.raises(SystemExit):
            call_command("recorded_votes", "korean_knot", str(file), *arguments, stdout=StringIO())


def test_a_severe_draft_without_concession_does_not_get_a_russian_yes() -> None:
    for clauses in (
        ["coal_ban", "oil_cap", "bank_ban"],
        ["oil_embargo", "labor_return"],
        ["textile_ban", "seafood_ban", "metals_ban", "finance_limits"],
    ):
        outcome = Situation(clauses=clauses).play()
        assert outcome.choice("RUS") != "yes", clauses


def test_every_members_support_is_the_sum_of_terms_that_can_be_shown() -> None:
    for cast in vote_on(DOCUMENT, RECORDED["r2321"]).casts:
        terms = cast["terms"]
        assert sum(term["value"] for term in terms) == pytest.approx(cast["support"])
        assert all(term["title"] for term in terms)
        assert any(term["claims"] for term in terms)


@pytest.mark.parametrize("year", range(2006, 2026))
def test_the_council_of_every_year_has_fifteen_members_five_of_them_with_a_veto(year: int) -> None:
    sitting = [
        member
        for member in DOCUMENT["bodies"]["unsc"]["members"].values()
        if member.get("from", "0000") <= f"{year}-07-01" <= member.get("until", "9999")
    ]
    assert len(sitting) == 15, [member["name"] for member in sitting]
    assert sum(member.get("veto", False) for member in sitting) == 5
    assert len({member["name"] for member in sitting}) == 15
