"""What if: a branch is alike to its parent but for what was changed."""

from __future__ import annotations

import pytest

from apps.games import selectors, services
from apps.games.models import Membership
from apps.games.refusals import Refusal
from apps.games.verifying import verify_game
from apps.journal import store
from tests.games.cast import draft, table

pytestmark = pytest.mark.django_db


@pytest.fixture
def parent():
    played = table(turns=4)
    draft(played.anna, "levy_toll")
    services.make_offer(
        membership=played.ben,
        agreement="lanterns_accord",
        parties={"north": "COR", "south": "MAR"},
        open_for=3,
    )
    services.send_message(membership=played.ben, to=["OST"], text="Well?")
    played.all_ready()
    played.close()
    played.close()
    return played


def tracks(game):
    view = selectors.view_for(game, "facilitator")
    return {track["id"]: track["value"] for track in view["tracks"]}


def results(game, turn):
    return [
        (record.kind, record.payload)
        for record in store.read(game.pk)
        if record.kind in {"TrackChanged", "TurnAdjudicated"}
    ]


def test_a_branch_that_changes_nothing_has_the_same_results(parent):
    branch = services.branch_game(by=parent.dana, game_id=parent.game.pk, turn=1)
    assert services.close_turn(game_id=branch.pk, turn=1, reason="facilitator")
    kept = results(branch, 1)
    assert kept == results(parent.again(), 1)[: len(kept)]
    branch.refresh_from_db()
    assert (branch.parent_id, branch.parent_turn, branch.turn) == (parent.game.pk, 1, 2)
    assert verify_game(branch) == []


def test_a_branch_with_other_orders_differs_by_them_alone(parent):
    branch = services.branch_game(
        by=parent.dana, game_id=parent.game.pk, turn=1, orders={"COR": []}, title="No toll"
    )
    services.close_turn(game_id=branch.pk, turn=1, reason="facilitator")
    branch.refresh_from_db()
    assert tracks(branch)["relation[COR, MAR]"] > -35
    orders = [
        record.payload["orders"]
        for record in store.read(branch.pk, kinds=["OrdersSubmitted"])
        if record.payload["seat"] == "COR"
    ]
    assert [len(given) for given in orders] == [1, 0]
    assert verify_game(branch) == []


def test_the_parent_does_not_notice(parent):
    head = store.head(parent.game.pk)
    services.branch_game(by=parent.dana, game_id=parent.game.pk, turn=2)
    assert store.head(parent.game.pk) == head
    assert parent.again().turn == 3


def test_a_branch_has_its_own_people_and_its_parents_talks(parent):
    branch = services.branch_game(by=parent.dana, game_id=parent.game.pk, turn=2)
    assert [m.person for m in Membership.objects.filter(game=branch)] == [parent.dana]
    assert selectors.audience_for(branch, parent.anna.person) is None
    assert len(selectors.threads_for(branch, "facilitator")) == 1
    assert selectors.offers_for(branch, "facilitator")[0]["status"] == "open"


def test_another_seed_is_told_in_the_journal_and_verifies(parent):
    branch = services.branch_game(by=parent.dana, game_id=parent.game.pk, turn=2, seed="another")
    services.close_turn(game_id=branch.pk, turn=2, reason="facilitator")
    branch.refresh_from_db()
    assert branch.seed == "another"
    assert verify_game(branch) == []


def test_what_cannot_be_branched_is_refused_by_name(parent):
    for options, code in (
        ({"turn": 9}, "no_such_turn"),
        ({"turn": 1, "orders": {"XXX": []}}, "no_such_government"),
        ({"turn": 1, "injects": ["none"]}, "no_such_inject"),
    ):
        with pytest.raises(Refusal) as refused:
            services.branch_game(by=parent.dana, game_id=parent.game.pk, **options)
        assert refused.value.code == code


def test_a_changed_result_in_a_saved_game_is_found(parent):
    from apps.games.rulesets import ruleset_for
    from apps.games.verifying import verify_records

    records = store.read(parent.game.pk)
    ruleset = ruleset_for(parent.again())
    assert verify_records(ruleset, records) == []
    changed = next(record for record in records if record.kind == "TrackChanged")
    changed.payload["after"] += 1
    findings = verify_records(ruleset, records)
    assert findings
    assert findings[0].startswith("turn 1")
    assert "TrackChanged" in findings[0]
