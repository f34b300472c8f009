"""The article's claims, each as a property: one turn played twice, alike but for the thing named.

Both sides start from the same turn with the same seed; what differs is in the two lines of each
test that build them. Claims are cited by id; `claims.yaml` says them in words and by paragraph.
"""

from __future__ import annotations

from itertools import product

import pytest

from apps.engine import Vote
from apps.scenarios.library import load_scenario
from tests.korean_knot.situations import DRAFT, Outcome, Situation, order

DOCUMENT = load_scenario("korean_knot").document

TOUGH = ("coal_cap", "metals_ban", "finance_limits", "designations")
"""A firm draft without any concession: severity 9."""
NUCLEAR_TEST = order("DPRK", "nuclear_test")
SANCTIONS = order("US", "unilateral_sanctions", sector="shipping")


def vote_no(member: str) -> Vote:
    return Vote("unsc", DRAFT, member, "no")


def test_c01_capability_never_falls_without_agreement_and_a_test_gains_more() -> None:
    quiet = Situation().play()
    tested = Situation().play(NUCLEAR_TEST)
    assert quiet.change("capability") > 0
    assert tested.change("capability") > quiet.change("capability")
    for seat, move in _moves_open_to_nobody_else():
        after = Situation(tracks={"capability": 60, "tension": 40}).play(order(seat, move))
        assert after.change("capability") >= 0, (seat, move)


def _moves_open_to_nobody_else() -> list[tuple[str, str]]:
    """Hard moves that need nothing filled in, and might be thought to roll the program back."""
    return [
        ("US", "strike"),
        ("US", "secondary_sanctions"),
        ("US", "cyber_operation"),
        ("CHN", "squeeze_oil"),
        ("CHN", "halt_coal"),
        ("CHN", "tighten_border"),
    ]


def test_c02_a_test_raises_the_pressure_for_a_shift_and_a_freeze_lowers_it() -> None:
    quiet = Situation().play()
    tested = Situation().play(NUCLEAR_TEST)
    frozen = Situation().play(order("DPRK", "freeze_tests"))
    assert tested.change("shift_pressure") > quiet.change("shift_pressure")
    assert frozen.change("shift_pressure") < 0 < quiet.change("shift_pressure")


@pytest.mark.parametrize(
    ("move", "measures", "facts"),
    [
        ("offer_talks", (), {}),
        ("accept_talks", (), {"dprk_offer_open": True}),
        ("security_guarantee", (), {}),
        ("suspend_exercises", (), {}),
        ("ease_unilateral", (("unilateral_sanctions", "US"),), {}),
    ],
)
def test_c03_the_same_shift_costs_less_support_after_a_test(
    move: str, measures: tuple[tuple[str, str], ...], facts: dict[str, bool]
) -> None:
    after_quiet = _calls_for_change(Situation().play())
    after_test = _calls_for_change(Situation().play(NUCLEAR_TEST))
    cost = {}
    for name, calls in (("quiet", after_quiet), ("test", after_test)):
        now = Situation(tracks={"shift_pressure": calls}, measures=measures, facts=facts)
        cost[name] = now.play().change("support[US]") - now.play(order("US", move)).change(
            "support[US]"
        )
    assert 0 < cost["test"] < cost["quiet"]


def _calls_for_change(outcome: Outcome) -> float:
    return float(outcome["shift_pressure"])


def test_c04_what_serves_one_government_costs_another() -> None:
    shared = Situation()
    quiet, thaad = shared.play(), shared.play(order("ROK", "deploy_thaad"))
    assert thaad["security[ROK]"] > quiet["security[ROK]"]
    assert thaad["security[CHN]"] < quiet["security[CHN]"]
    assert thaad["security[RUS]"] < quiet["security[RUS]"]
    loosened = shared.play(order("CHN", "loosen_border"))
    assert loosened["support[CHN]"] > quiet["support[CHN]"]
    assert loosened["pressure"] < quiet["pressure"]


def test_c05_us_china_coordination_changes_pressure_more_than_us_russia() -> None:
    quiet = Situation().play()
    china = Situation().play(order("US", "us_china_track", level="officials"))
    russia = Situation().play(order("US", "us_russia_track"))
    gain_china = china.change("pressure") - quiet.change("pressure")
    gain_russia = russia.change("pressure") - quiet.change("pressure")
    assert gain_china > gain_russia > 0
    step = 10
    plus = {"coordination[US, CHN]": 40 + step}, {"coordination[US, RUS]": 20 + step}
    china_step, russia_step = (Situation(tracks=tracks).play() for tracks in plus)
    assert china_step.change("pressure") - quiet.change("pressure") > 3 * (
        russia_step.change("pressure") - quiet.change("pressure")
    )


def test_c06_the_same_pressure_by_china_moves_pyongyang_three_times_as_much() -> None:
    quiet = Situation().play()
    china = Situation().play(order("CHN", "tighten_border"))
    russia = Situation().play(order("RUS", "tighten_ports"))
    by_china = china.change("inclination") - quiet.change("inclination")
    by_russia = russia.change("inclination") - quiet.change("inclination")
    assert by_china >= 3 * by_russia > 0
    guarantees = {
        seat: Situation().play(order(seat, "security_guarantee")).change("inclination")
        - quiet.change("inclination")
        for seat in ("CHN", "RUS")
    }
    assert guarantees["CHN"] >= 3 * guarantees["RUS"] > 0


def test_c07_russian_dealings_raise_a_relation_that_starts_high_and_fades_slowly() -> None:
    opening = Situation(turn=1).state()
    others = ["US", "ROK", "JPN"]
    ties = {seat: opening.value(f"relation[{seat}, DPRK]") for seat in [*others, "RUS", "CHN"]}
    assert ties["CHN"] > ties["RUS"] > max(ties[seat] for seat in others)
    quiet = Situation().play()
    for move in ("rouble_trade", "business_council", "run_rajin_line", "raise_worker_quota"):
        dealt = Situation().play(order("RUS", move))
        assert dealt["relation[RUS, DPRK]"] > quiet["relation[RUS, DPRK]"], move
    assert -1 < quiet.change("relation[RUS, DPRK]") < 0


def test_c08_a_russian_no_stops_a_draft_that_all_others_support() -> None:
    liked = Situation(clauses=("designations", "talks_call"))
    assert liked.play().resolution()[0] == "adopted"
    outcome, tally = liked.play(votes=[vote_no("RUS")]).resolution()
    assert outcome == "vetoed"
    assert tally == {"yes": 14, "no": 1, "abstain": 0}


def test_c09_a_joint_position_raises_russian_standing_more_than_one_held_alone() -> None:
    quiet = Situation().play()
    russia, china = (order(seat, "russia_china_position") for seat in ("RUS", "CHN"))
    alone = Situation().play(russia)
    joint = Situation().play(russia, china)
    assert joint["standing[RUS]"] > alone["standing[RUS]"] > quiet["standing[RUS]"]


def test_c10_without_russia_coherence_is_capped() -> None:
    high = {"coherence": 95.0, "coordination[US, CHN]": 100.0, "coordination[RUS, CHN]": 100.0}
    without = Situation(tracks={**high, "coordination[US, RUS]": 10}).play()
    within = Situation(tracks={**high, "coordination[US, RUS]": 90}).play()
    assert without["coherence"] <= 60 < within["coherence"]


def test_c11_after_us_russia_coordination_a_draft_gets_more_russian_support() -> None:
    draft = Situation(clauses=TOUGH)
    assert draft.play(order("US", "us_russia_track")).support("RUS") > draft.play().support("RUS")


def test_c12_a_joint_referral_raises_russian_and_chinese_support() -> None:
    alone = Situation(clauses=TOUGH, sponsors=["US"]).play()
    joint = Situation(clauses=TOUGH, sponsors=["US", "RUS"]).play()
    for member in ("RUS", "CHN"):
        assert joint.support(member) > alone.support(member)
    assert joint.choice("RUS") == "yes" != alone.choice("RUS")


def test_c13_russian_support_falls_with_severity_and_with_american_acts_alone() -> None:
    mild = Situation(clauses=("designations",))
    hard = Situation(clauses=("designations", "arms_ban", "finance_limits", "bank_ban"))
    assert hard.play().support("RUS") < mild.play().support("RUS")
    assert mild.play(SANCTIONS).support("RUS") < mild.play().support("RUS")


@pytest.mark.parametrize(
    "move",
    [("US", "large_exercises"), ("US", "deploy_assets"), ("ROK", "deploy_thaad"), ("US", "strike")],
)
def test_c14_military_activity_lowers_russian_security_and_us_russia_relations(
    move: tuple[str, str],
) -> None:
    tense = Situation(tracks={"capability": 60})
    quiet, active = tense.play(), tense.play(order(*move))
    assert active["security[RUS]"] < quiet["security[RUS]"]
    assert active["relation[US, RUS]"] < quiet["relation[US, RUS]"]


def test_c15_a_guarantee_in_a_package_raises_russian_support() -> None:
    without = Situation(clauses=TOUGH).play()
    with_it = Situation(clauses=(*TOUGH, "assurance")).play()
    assert with_it.term("RUS", "assurance") > without.term("RUS", "assurance")
    assert with_it.support("RUS") > without.support("RUS")
    given = Situation().play(order("US", "security_guarantee"))
    assert given["security[DPRK]"] > Situation().play()["security[DPRK]"]


def test_c16_refusing_an_open_offer_lowers_us_russia_alignment() -> None:
    offered = Situation(facts={"dprk_offer_open": True}, clauses=TOUGH)
    silent, refused = offered.play(), offered.play(order("US", "refuse_talks"))
    accepted = offered.play(order("US", "accept_talks"))
    for label in ("coordination[US, RUS]", "relation[US, RUS]"):
        assert refused[label] < silent[label]
    assert accepted["coordination[US, RUS]"] > silent["coordination[US, RUS]"]
    assert refused.support("RUS") < silent.support("RUS") < accepted.support("RUS")


def test_c17_prior_consultation_raises_russian_support() -> None:
    unheard = Situation(clauses=TOUGH).play()
    heard_now = Situation(clauses=TOUGH).play(order("CHN", "consult_dprk"))
    heard_before = Situation(clauses=TOUGH, past=[order("CHN", "consult_dprk")]).play()
    assert heard_now.support("RUS") > unheard.support("RUS")
    assert heard_before.support("RUS") > unheard.support("RUS")
    assert Situation().play(SANCTIONS).fired("unheard_action_resented")
    assert (
        not Situation()
        .play(SANCTIONS, order("RUS", "consult_dprk"))
        .fired("unheard_action_resented")
    )


def test_c18_an_inter_korean_step_meets_more_russian_support_than_one_from_outside() -> None:
    quiet = Situation().play()
    inside = Situation().play(order("ROK", "inter_korean_initiative", subject="hotlines"))
    outside = Situation().play(order("US", "offer_talks", terms="freeze_first"))
    warmth_inside = inside["relation[RUS, ROK]"] - quiet["relation[RUS, ROK]"]
    warmth_outside = outside["relation[US, RUS]"] - quiet["relation[US, RUS]"]
    assert warmth_inside > warmth_outside > 0
    relief = ("relief_projects", "talks_call")
    tabled_outside = Situation(clauses=relief).play()
    carried_by_koreans = Situation(clauses=relief, measures=[("korean_dialogue", None)]).play()
    assert carried_by_koreans.support("RUS") > tabled_outside.support("RUS")


def test_c19_a_greater_russian_stake_lowers_support_for_sanctions() -> None:
    support = [
        Situation(tracks={"far_east_stake": stake}, clauses=TOUGH).play().support("RUS")
        for stake in (20, 42, 80)
    ]
    assert support == sorted(support, reverse=True)
    assert len(set(support)) == 3


def test_c20_a_second_american_package_adds_less_than_the_same_at_the_council() -> None:
    first_done = [("unilateral_sanctions", "US")]
    base = Situation(measures=first_done).play()
    second_alone = Situation(measures=first_done).play(SANCTIONS)
    at_council = Situation(measures=first_done, clauses=("designations", "arms_ban")).play()
    assert at_council.resolution()[0] == "adopted"
    gain_alone = second_alone.change("pressure") - base.change("pressure")
    gain_council = at_council.change("pressure") - base.change("pressure")
    assert 0 < gain_alone < gain_council
    first = Situation().play(SANCTIONS).change("pressure") - Situation().play().change("pressure")
    assert gain_alone < first


def test_c21_rouble_trade_lowers_pressure_by_a_part_never_all() -> None:
    quiet = Situation(tracks={"pressure": 50}).play()
    roubles = Situation(tracks={"pressure": 50}).play(order("RUS", "rouble_trade"))
    assert 0 < roubles["pressure"] < quiet["pressure"]
    everything = Situation(tracks={"pressure": 50}, measures=RUSSIAN_INSTRUMENTS).play()
    assert everything["pressure"] > 0.9 * quiet["pressure"]


RUSSIAN_INSTRUMENTS = [
    (measure, "RUS")
    for measure in ("rouble_trade", "business_council", "rajin_line", "more_workers")
]


def test_c22_china_loosening_outweighs_every_russian_instrument_together() -> None:
    for pressure in (15, 24, 50, 80):
        quiet = Situation(tracks={"pressure": pressure}).play()
        china = Situation(tracks={"pressure": pressure}).play(order("CHN", "loosen_border"))
        russia = Situation(tracks={"pressure": pressure}, measures=RUSSIAN_INSTRUMENTS).play()
        lost_to_china = quiet["pressure"] - china["pressure"]
        lost_to_russia = quiet["pressure"] - russia["pressure"]
        assert lost_to_china > 3 * lost_to_russia > 0


def test_c23_a_strike_is_dominated_by_any_other_american_move_in_nearly_all_states() -> None:
    alternatives = ("unilateral_sanctions", "us_china_track", "us_russia_track", "offer_talks")
    worse = total = 0
    for tension, capability, support in product((30, 55, 85), (50, 65), (30, 60)):
        situation = Situation(
            tracks={"tension": tension, "capability": capability, "support[US]": support}
        )
        struck = _american_score(situation.play(order("US", "strike")))
        for move in alternatives:
            total += 1
            worse += struck < _american_score(situation.play(order("US", move)))
    assert worse == total


def _american_score(outcome: Outcome) -> float:
    """The weighted objectives of the United States, 0 to 100."""
    weights = {name: aim["weight"] for name, aim in DOCUMENT["objectives"]["US"].items()}
    measured = {
        event.payload["objective"]: event.payload["value"]
        for event in outcome.done.events
        if event.kind == "ObjectiveMeasured" and event.payload["seat"] == "US"
    }
    assert set(measured) == set(weights)
    return sum(weights[name] * measured[name] for name in weights)


def test_c24_on_a_severe_draft_without_concession_russia_does_not_say_yes() -> None:
    severe = Situation(clauses=("coal_ban", "oil_cap", "bank_ban", "finance_limits")).play()
    assert severe.choice("RUS") in {"abstain", "no"}
    conceded = Situation(
        clauses=("coal_cap", "metals_ban", "finance_limits", "talks_call", "rajin_carve_out")
    ).play()
    assert conceded.choice("RUS") == "yes"


def test_c25_a_labor_clause_costs_russian_support_and_a_phase_in_gives_part_back() -> None:
    without = Situation(clauses=("designations", "talks_call")).play()
    at_once = Situation(clauses=("designations", "talks_call", "labor_return")).play()
    by_degrees = Situation(
        clauses=("designations", "talks_call", {"clause": "labor_return", "phase_in": 24.0})
    ).play()
    assert at_once.term("RUS", "labor") < by_degrees.term("RUS", "labor") < 0
    assert at_once.support("RUS") < by_degrees.support("RUS") < without.support("RUS")
    yes = [Vote("unsc", DRAFT, member, "yes") for member in ("RUS", "CHN")]
    stakes = [
        Situation(clauses=clauses).play(votes=yes)["far_east_stake"]
        for clauses in (
            ("labor_return",),
            ({"clause": "labor_return", "phase_in": 24.0},),
            ("designations",),
        )
    ]
    assert stakes == sorted(stakes)


def test_c26_a_russian_carve_out_raises_support_and_coherence() -> None:
    plain = Situation(clauses=("designations", "arms_ban"))
    spared = Situation(clauses=("designations", "arms_ban", "rajin_carve_out"))
    assert spared.play().support("RUS") > plain.play().support("RUS")
    assert spared.play().resolution()[0] == plain.play().resolution()[0] == "adopted"
    assert spared.play()["coherence"] > plain.play()["coherence"]


def test_c27_a_russian_veto_after_a_test_costs_standing_and_relations() -> None:
    draft = Situation(clauses=("designations", "talks_call"))
    passed, blocked = draft.play(), draft.play(votes=[vote_no("RUS")])
    assert blocked["standing[RUS]"] < passed["standing[RUS]"]
    for partner in ("US", "ROK", "JPN"):
        assert blocked[f"relation[RUS, {partner}]"] < passed[f"relation[RUS, {partner}]"]


def test_c28_measures_without_exemption_raise_hardship_and_hardship_costs_support() -> None:
    yes = [Vote("unsc", DRAFT, member, "yes") for member in ("RUS", "CHN")]
    harsh = Situation(clauses=("coal_ban", "seafood_ban")).play(votes=yes)
    spared = Situation(clauses=("coal_ban", "seafood_ban", "humanitarian")).play(votes=yes)
    assert harsh["hardship"] > spared["hardship"]
    for member in ("RUS", "CHN"):
        hungry = Situation(tracks={"hardship": 80}, clauses=TOUGH).play()
        fed = Situation(tracks={"hardship": 40}, clauses=TOUGH).play()
        assert hungry.support(member) < fed.support(member)


def test_c29_a_proposal_with_terms_earns_more_standing_than_one_without() -> None:
    quiet = Situation().play()
    empty = Situation().play(order("RUS", "creative_proposal", terms="none"))
    for terms in ("double_halt", "guarantee", "sequence"):
        filled = Situation().play(order("RUS", "creative_proposal", terms=terms))
        assert filled["standing[RUS]"] > empty["standing[RUS]"] > quiet["standing[RUS]"]


def test_c30_the_same_measure_taken_jointly_reaches_further_than_alone() -> None:
    quiet = Situation().play()
    american = order("US", "joint_sanctions", partner="JPN")
    japanese = order("JPN", "joint_sanctions", partner="US")
    alone = Situation().play(american)
    joint = Situation().play(american, japanese)
    per_party = (joint.change("pressure") - quiet.change("pressure")) / 2
    assert per_party > alone.change("pressure") - quiet.change("pressure") > 0
    solo = Situation().play(SANCTIONS)
    for label in ("coherence", "coordination[US, CHN]", "coordination[US, RUS]"):
        assert solo[label] < quiet[label]
    assert solo["relation[US, CHN]"] < quiet["relation[US, CHN]"]


SIX = ("US", "RUS", "CHN", "DPRK", "ROK", "JPN")
READY = {
    **{f"given[{seat}]": 3.0 for seat in SIX},
    "process": 100.0,
    "inclination": 100.0,
    "tension": 10.0,
}
HALTED = [("test_freeze", "DPRK"), ("inspectors", "DPRK"), ("direct_talks", None)]


def test_c31_no_settlement_while_any_party_has_given_nothing() -> None:
    everybody = Situation(tracks=READY, measures=HALTED).play()
    assert everybody.done.state.ended == "settlement"
    for seat in SIX:
        held_back = Situation(tracks={**READY, f"given[{seat}]": 0.0}, measures=HALTED).play()
        assert held_back.done.state.ended != "settlement", seat


def test_c31_concessions_exchanged_compound() -> None:
    gave: dict[str, float] = {}
    for name, seats in {"one": ("DPRK",), "two": ("DPRK", "US"), "all": SIX}.items():
        tracks = {f"given[{seat}]": 2.0 for seat in seats}
        gave[name] = Situation(tracks=tracks).play().change_by("process", "concessions_compound")
    assert gave["one"] == 0 < gave["two"] < gave["all"]
    assert gave["all"] - gave["two"] > gave["two"] - gave["one"] > 0


def test_every_claim_of_the_article_has_its_test_and_its_rule() -> None:
    document = DOCUMENT
    article = {name for name, claim in document["claims"].items() if claim["source"] == "article"}
    tested = {name[5:8].upper() for name in globals() if name.startswith("test_c")}
    assert tested == article == {f"C{number:02}" for number in range(1, 32)}
    encoded = {claim for rule in document["rules"].values() for claim in rule.get("claims", [])}
    assert article <= encoded
