"""Drafts are tabled, changed, joined and withdrawn; members vote; vetoes stop; clauses bind."""

from __future__ import annotations

import pytest

from apps.engine import Accord, Vote, compile_ruleset, observe
from tests.engine.three_ports import document
from tests.engine.turns import RULES, Play, order, table


def test_a_draft_is_voted_on_a_turn_after_it_was_tabled() -> None:
    play = Play()
    play.turn(table("SUD", "beacon"))
    (draft,) = play.state.docket
    assert (draft.id, draft.sponsors, draft.votes_on) == ("moot-1-SUD", ("SUD",), 2)
    assert "VoteCast" not in play.kinds()
    play.turn()
    assert play.kinds().count("VoteCast") == 4
    assert play.state.docket == ()
    assert play.state.resolutions[0].outcome == "adopted"


def test_an_adopted_clause_imposes_its_measure_and_is_open_no_more() -> None:
    play = Play()
    play.turn(table("SUD", "beacon"))
    play.turn()
    (imposed,) = play.told("MeasureImposed")
    assert (imposed["measure"], imposed["clause"], imposed["by"]) == ("lighthouse", "beacon", None)
    income = [p for p in play.told("RuleFired") if p["rule"] == "income"]
    assert {effect["amount"] for p in income for effect in p["effects"]} == {3}
    view = observe(RULES, play.state, "seat:SUD")
    move = next(move for move in view["own"]["moves"] if move["move"] == "propose_pact")
    assert "beacon" not in move["parameters"][0]["choices"]
    play.turn(table("SUD", "beacon"))
    (refused,) = play.told("OrderRejected")
    assert "not a clause to choose now" in refused["reason"]


def test_seats_that_voted_decide_and_the_others_follow_their_doctrine() -> None:
    play = Play()
    play.turn(table("SUD", "beacon"))
    vote = Vote("moot", "moot-1-SUD", "SUD", "abstain", "We only tabled it.")
    play.turn(votes=[vote])
    cast = {p["member"]: (p["choice"], p["by"]) for p in play.told("VoteCast")}
    assert cast["SUD"] == ("abstain", "people")
    assert cast["NOR"] == ("yes", "doctrine")


def test_nobody_votes_for_a_member_that_no_seat_instructs() -> None:
    play = Play()
    play.turn(table("SUD", "beacon"))
    play.turn(votes=[Vote("moot", "moot-1-SUD", "WEX", "no")])
    cast = {p["member"]: (p["choice"], p["by"]) for p in play.told("VoteCast")}
    assert cast["WEX"] == ("yes", "doctrine")


def test_a_veto_stops_what_would_have_been_adopted_and_stings() -> None:
    play = Play()
    play.turn(table("SUD", "beacon"))
    trust = play.state.value("trust[NOR, SUD]")
    play.turn(votes=[Vote("moot", "moot-1-SUD", "NOR", "no")])
    (vetoed,) = play.told("ResolutionVetoed")
    assert vetoed["vetoes"] == ["NOR"]
    assert play.state.value("trust[NOR, SUD]") < trust
    assert "MeasureImposed" not in play.kinds()


def test_a_no_with_a_veto_is_no_veto_where_the_votes_are_missing_anyway() -> None:
    play = Play()
    play.turn(table("SUD", "harbor_tax"))
    votes = [Vote("moot", "moot-1-SUD", member, "no") for member in ("NOR", "SUD")]
    play.turn(votes=votes)
    (failed,) = play.told("ResolutionFailed")
    assert failed["vetoes"] == []
    assert failed["tally"]["yes"] < failed["needed"]


def test_an_abstention_of_a_member_with_a_veto_is_no_veto() -> None:
    play = Play()
    play.turn(table("SUD", "beacon"))
    play.turn(votes=[Vote("moot", "moot-1-SUD", "NOR", "abstain")])
    assert play.told("ResolutionAdopted")[0]["tally"] == {"yes": 3, "no": 0, "abstain": 1}


def test_the_members_of_the_date_vote() -> None:
    play = Play()
    play.turn(table("SUD", "beacon"))
    play.turn(table("SUD", "tax_holiday"))
    assert {p["member"] for p in play.told("VoteCast")} == {"NOR", "SUD", "WEX", "YAR"}
    play.turn()
    assert {p["member"] for p in play.told("VoteCast")} == {"NOR", "SUD", "WEX", "ZEL"}


def test_sponsors_amend_others_join_and_a_sponsor_withdraws() -> None:
    rules = _slow()
    play = Play(rules)
    play.turn(table("SUD", "beacon"))
    play.turn(
        order("SUD", "amend", draft="moot-1-SUD", clauses=["beacon", "tax_holiday"]),
        order("EST", "join_draft", draft="moot-1-SUD"),
        order("NOR", "amend", draft="moot-1-SUD", clauses=["tax_holiday"]),
    )
    (refused,) = play.told("OrderRejected")
    assert refused["order"]["seat"] == "NOR"
    (draft,) = play.state.docket
    assert [clause for clause, _ in draft.clauses] == ["beacon", "tax_holiday"]
    assert draft.sponsors == ("EST", "SUD")
    play.turn(order("EST", "drop_draft", draft="moot-1-SUD"))
    assert play.state.docket == ()
    assert play.told("DraftWithdrawn")[0]["by"] == "EST"


def _slow():
    slow = document()
    slow["bodies"]["moot"]["vote_after"] = 3
    return compile_ruleset(slow)


def test_two_seats_that_name_each_other_table_one_joint_draft() -> None:
    play = Play()
    play.turn(table("NOR", "beacon", partner="SUD"), table("SUD", "beacon", partner="NOR"))
    (draft,) = play.state.docket
    assert draft.sponsors == ("NOR", "SUD")


def test_a_partner_that_did_not_join_is_invited_alone() -> None:
    play = Play()
    play.turn(table("SUD", "beacon", partner="NOR"))
    (tabled,) = play.told("DraftTabled")
    assert (tabled["sponsors"], tabled["invited"]) == (["SUD"], "NOR")


def test_an_agreement_makes_the_named_partner_a_sponsor_at_once() -> None:
    play = Play()
    play.turn(accords=[Accord("free_passage", {"proposer": "NOR", "other": "SUD"})])
    play.turn(table("SUD", "beacon", partner="NOR"))
    assert play.told("DraftTabled")[0]["sponsors"] == ["NOR", "SUD"]


def test_a_clause_that_excludes_another_takes_its_place() -> None:
    play = Play()
    play.turn(table("SUD", "tax_holiday"))
    play.turn()
    assert play.state.clauses[RULES.clauses["tax_holiday"].index] == 2
    play.turn(table("NOR", {"clause": "harbor_tax", "phase_in": 12}))
    yes = [Vote("moot", "moot-3-NOR", member, "yes") for member in ("NOR", "SUD")]
    play.turn(votes=yes)
    assert "ResolutionAdopted" in play.kinds()
    assert play.state.clauses[RULES.clauses["tax_holiday"].index] == 0
    assert play.state.clauses[RULES.clauses["harbor_tax"].index] == 4


def test_a_measure_waits_for_the_end_of_its_phase_in() -> None:
    phased = document()
    phased["clauses"]["beacon"]["phase_in"] = {"max": 6, "unit": "months"}
    phased["facts"]["lit"] = {"title": "Lit", "type": "number", "range": [0, 100]}
    phased["rules"]["light"] = {
        "stage": "score",
        "title": "It is built step by step",
        "if": "adopted(beacon)",
        "effects": [{"set": "lit", "to": "100 * phased_in(beacon)"}],
        "reason": "A test.",
    }
    play = Play(compile_ruleset(phased), turns=10)
    play.turn(table("SUD", {"clause": "beacon", "phase_in": 4}))
    shares = []
    for _ in range(6):
        play.turn()
        shares.append(play.state.value("lit"))
        if play.told("MeasureImposed"):
            assert shares[-1] == 100
            break
    assert shares == [0, 25, 50, 75, 100]


@pytest.mark.parametrize(
    ("clauses", "words"),
    [
        ([], "nothing was chosen"),
        (["beacon", "beacon"], "twice"),
        (["harbor_tax", "tax_holiday"], "exclude each other"),
        (["moon"], "not a clause"),
        ([{"clause": "beacon", "phase_in": 3}], "phased in over at most 0"),
        ("beacon", "a list of clauses"),
    ],
)
def test_a_draft_that_makes_no_sense_is_refused_in_words(clauses, words) -> None:
    play = Play()
    play.turn(order("SUD", "propose_pact", clauses=clauses))
    assert words in play.told("OrderRejected")[0]["reason"]


def test_a_phase_in_gives_back_part_of_the_support() -> None:
    support = {}
    for phase in (0, 12):
        play = Play()
        play.turn(table("NOR", {"clause": "harbor_tax", "phase_in": phase}))
        play.turn()
        support[phase] = {p["member"]: p["support"] for p in play.told("VoteCast")}
    for member, before in support[0].items():
        assert support[12][member] == before + 12


def test_the_public_sees_the_leaning_of_the_body_before_the_vote() -> None:
    play = Play()
    play.turn(table("SUD", "beacon"))
    (draft,) = observe(RULES, play.state, "public")["docket"]
    leaning = {item["member"]: item["choice"] for item in draft["estimated"]}
    play.turn()
    assert leaning == {p["member"]: p["choice"] for p in play.told("VoteCast")}
