"""What a facilitator does: all of it audited, all of it refused to others."""

from __future__ import annotations

import pytest

from apps.accounts.permissions import Role
from apps.games import selectors, services
from apps.games.models import Turn
from apps.games.refusals import Refusal
from apps.games.verifying import verify_game
from apps.journal import store
from tests.games.cast import draft, facilitator, table

pytestmark = pytest.mark.django_db


def refused(act):
    with pytest.raises(Refusal) as refusal:
        act()
    return refusal.value.code


def kinds(played):
    return [record.kind for record in store.read(played.game.pk)]


def test_nobody_but_the_facilitator_runs_the_session():
    played = table(seconds_per_turn=600)
    other = facilitator("erin")
    acts = [
        lambda by: services.pause_clock(by=by, game_id=played.game.pk),
        lambda by: services.extend_deadline(by=by, game_id=played.game.pk, seconds=60),
        lambda by: services.close_now(by=by, game_id=played.game.pk),
        lambda by: services.broadcast(by=by, game_id=played.game.pk, text="Hello"),
        lambda by: services.inject_now(by=by, game_id=played.game.pk, inject="birds"),
        lambda by: services.hand_seat(
            by=by, game_id=played.game.pk, government="OST", mode="nobody"
        ),
        lambda by: services.move_person(
            by=by, game_id=played.game.pk, membership_id=played.cora.pk, government="OST"
        ),
        lambda by: services.remove_person(
            by=by, game_id=played.game.pk, membership_id=played.cora.pk, reason="x"
        ),
        lambda by: services.reopen_turn(by=by, game_id=played.game.pk, turn=1, reason="x"),
        lambda by: services.archive_game(by=by, game_id=played.game.pk),
        lambda by: services.branch_game(by=by, game_id=played.game.pk, turn=1),
    ]
    head = store.head(played.game.pk)
    for act in acts:
        assert refused(lambda act=act: act(other)) == "not_allowed"
        assert refused(lambda act=act: act(played.anna.person)) == "not_allowed"
    assert store.head(played.game.pk) == head


def test_a_co_facilitator_runs_the_clock_and_removes_nobody():
    played = table(seconds_per_turn=600)
    erin = facilitator("erin")
    services.add_member(
        by=played.dana, game_id=played.game.pk, person=erin, role=Role.CO_FACILITATOR
    )
    services.pause_clock(by=erin, game_id=played.game.pk)
    assert (
        refused(
            lambda: services.remove_person(
                by=erin, game_id=played.game.pk, membership_id=played.cora.pk, reason="x"
            )
        )
        == "not_allowed"
    )


def test_a_broadcast_reaches_the_delegations_that_it_is_for():
    played = table()
    services.broadcast(by=played.dana, game_id=played.game.pk, text="Five minutes.", to=["COR"])
    services.broadcast(by=played.dana, game_id=played.game.pk, text="Welcome.")
    game = played.again()
    assert [s["text"] for s in selectors.statements_for(game, "seat:COR")] == [
        "Welcome.",
        "Five minutes.",
    ]
    assert [s["text"] for s in selectors.statements_for(game, "seat:MAR")] == ["Welcome."]


def test_a_scenarios_inject_is_told_at_once_and_adjudicated_at_the_close():
    played = table()
    services.inject_now(by=played.dana, game_id=played.game.pk, inject="storm")
    assert selectors.statements_for(played.again(), "public")[0]["sender"] == "Ostra light station"
    assert (
        refused(lambda: services.inject_now(by=played.dana, game_id=played.game.pk, inject="storm"))
        == "inject_sent"
    )
    played.close()
    assert "InjectHappened" in kinds(played)
    assert verify_game(played.again()) == []


def test_an_inject_for_some_is_for_them_alone():
    played = table()
    services.inject_now(by=played.dana, game_id=played.game.pk, inject="birds")
    services.inject_now(
        by=played.dana,
        game_id=played.game.pk,
        title="A telegram",
        text="Come home.",
        sender="Mother",
        to=["MAR"],
    )
    game = played.again()
    assert [s["title"] for s in selectors.statements_for(game, "seat:OST")] == [
        "Terns on the Skerry"
    ]
    assert [s["sender"] for s in selectors.statements_for(game, "seat:MAR")] == ["Mother"]
    assert selectors.statements_for(game, "public") == []


def test_a_seat_is_handed_over_and_back():
    played = table()
    draft(played.anna, "levy_toll")
    services.set_ready(membership=played.anna, ready=True)
    hand = {"by": played.dana, "game_id": played.game.pk, "government": "COR"}
    services.hand_seat(**hand, mode="nobody")
    assert refused(lambda: draft(played.anna, "levy_toll")) == "led_by_doctrine"
    services.hand_seat(**hand, mode="people")
    draft(played.anna, "trade_visit", parameters={"partner": "OST", "barrels": 20})
    assert kinds(played).count("SeatHandedOver") == 2
    assert not selectors.orders_for(played.again(), "COR")["ready"]


def test_handing_over_the_last_seat_that_was_waited_for_closes_the_turn(
    django_capture_on_commit_callbacks, monkeypatch
):
    sent = []
    monkeypatch.setattr("apps.games.enqueue.send_close", lambda *told: sent.append(told))
    played = table()
    services.set_ready(membership=played.anna, ready=True)
    services.set_ready(membership=played.ben, ready=True)
    with django_capture_on_commit_callbacks(execute=True):
        services.hand_seat(by=played.dana, game_id=played.game.pk, government="OST", mode="nobody")
    assert sent == [(played.game.pk, 1, "all_ready")]


def test_a_person_is_moved_and_writes_for_the_new_delegation():
    played = table()
    services.move_person(
        by=played.dana, game_id=played.game.pk, membership_id=played.cora.pk, government="OST"
    )
    made = draft(played.cora, "trade_visit", parameters={"partner": "COR", "barrels": 20})
    assert made.government == "OST"


def test_a_person_who_was_removed_is_out_and_cannot_come_back_by_the_code():
    played = table()
    services.remove_person(
        by=played.dana, game_id=played.game.pk, membership_id=played.cora.pk, reason="Left class"
    )
    assert refused(lambda: draft(played.cora, "levy_toll")) == "removed"
    assert (
        refused(
            lambda: services.join_game(
                code=played.game.join_code, display_name="Cora", person=played.cora.person
            )
        )
        == "removed"
    )
    reason = store.read(played.game.pk, kinds=["PersonRemoved"])[0]
    assert (reason.audience, reason.payload["reason"]) == ("facilitator", "Left class")


def test_a_deputy_acts_for_the_absent_delegation_and_sees_what_it_sees():
    played = table()
    name = {"by": played.dana, "game_id": played.game.pk, "membership_id": played.cora.pk}
    services.name_deputy(**name, government="OST")
    played.cora.refresh_from_db()
    assert selectors.audience_for(played.game, played.cora.person) == "seat:OST"
    made = draft(played.cora, "trade_visit", parameters={"partner": "COR", "barrels": 20})
    assert made.government == "OST"
    services.name_deputy(**name, government=None)
    assert draft(played.cora, "levy_toll").government == "COR"


def test_a_reopened_turn_is_played_again_and_nothing_is_deleted():
    played = table()
    draft(played.anna, "levy_toll")
    played.all_ready()
    played.close()
    played.close()
    before = store.read(played.game.pk)
    opening = selectors.view_for(played.again(), "facilitator")
    services.reopen_turn(
        by=played.dana, game_id=played.game.pk, turn=1, reason="The toll was a mistake"
    )
    game = played.again()
    assert (game.turn, game.phase) == (1, "orders")
    assert store.read(played.game.pk)[: len(before)] == before
    statuses = list(Turn.objects.filter(game=game).values_list("number", "status"))
    assert statuses == [
        (1, "superseded"),
        (2, "superseded"),
        (3, "superseded"),
        (1, "open"),
    ]
    view = selectors.view_for(game, "facilitator")
    assert view["turn"] == 1
    assert view["tracks"] != opening["tracks"]
    # The orders that were submitted are drafts again.
    assert [d["move"] for d in selectors.orders_for(game, "COR")["drafts"]] == ["levy_toll"]
    played.close()
    assert played.again().turn == 2
    assert verify_game(played.again()) == []


def test_a_game_that_has_ended_can_be_reopened():
    played = table(turns=2)
    played.close()
    played.close()
    services.reopen_turn(by=played.dana, game_id=played.game.pk, turn=2, reason="Once more")
    game = played.again()
    assert (game.phase, game.turn, game.ending, game.finished_at) == ("orders", 2, "", None)
    played.close()
    assert played.again().phase == "finished"
    assert verify_game(played.again()) == []


def test_only_a_turn_that_is_over_is_reopened():
    played = table()
    for turn in (0, 1, 2):
        code = refused(
            lambda turn=turn: services.reopen_turn(
                by=played.dana, game_id=played.game.pk, turn=turn, reason="x"
            )
        )
        assert code in {"still_open", "no_such_turn"}


def test_an_archived_session_changes_no_more():
    played = table()
    services.archive_game(by=played.dana, game_id=played.game.pk)
    assert refused(lambda: draft(played.anna, "levy_toll")) == "not_open"
    assert (
        refused(lambda: services.send_message(membership=played.anna, to=["MAR"], text="Hello"))
        == "archived"
    )
    assert not played.close()
