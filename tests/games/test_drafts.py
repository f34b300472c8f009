"""Orders as a delegation writes them."""

from __future__ import annotations

import uuid
from urllib.parse import unquote

import pytest
from django.urls import reverse

from apps.games import selectors, services
from apps.games.fragments import fragments_for
from apps.games.models import OrderDraft
from apps.games.refusals import Refusal
from apps.games.sessions import session_for
from tests.games.cast import draft, table

pytestmark = pytest.mark.django_db
VISIT = {"partner": "OST", "barrels": 20}


def refusal(act):
    with pytest.raises(Refusal) as refused:
        act()
    return refused.value


def test_teammates_share_their_drafts_and_others_do_not():
    played = table()
    draft(played.anna, "levy_toll")
    shown = selectors.orders_for(played.again(), "COR")["drafts"]
    assert [(d["move"], d["intent"], d["updated_by"]) for d in shown] == [
        ("levy_toll", "We fill the treasury.", "Anna")
    ]
    assert selectors.orders_for(played.again(), "MAR")["drafts"] == []


def test_two_teammates_who_edit_at_once_lose_nothing():
    played = table()
    made = draft(played.anna, "trade_visit", parameters=VISIT)
    services.save_draft(
        membership=played.cora,
        draft_id=made.pk,
        version=1,
        move="trade_visit",
        parameters={**VISIT, "barrels": 40},
        intent="Cora's words",
    )
    refused = refusal(
        lambda: services.save_draft(
            membership=played.anna,
            draft_id=made.pk,
            version=1,
            move="trade_visit",
            parameters={**VISIT, "barrels": 10},
            intent="Anna's words",
        )
    )
    assert refused.code == "draft_conflict"
    assert refused.details["yours"]["intent"] == "Anna's words"
    assert refused.details["yours"]["parameters"]["barrels"] == 10
    assert refused.details["theirs"]["intent"] == "Cora's words"
    assert refused.details["theirs"]["version"] == 2
    assert OrderDraft.objects.get().intent == "Cora's words"
    saved = services.save_draft(
        membership=played.anna,
        draft_id=made.pk,
        version=2,
        move="trade_visit",
        parameters=VISIT,
        intent="Both words",
    )
    assert saved.version == 3


def test_a_draft_that_a_teammate_removed_comes_back_with_its_text():
    played = table()
    made = draft(played.anna, "levy_toll")
    services.remove_draft(membership=played.cora, draft_id=made.pk, version=1)
    refused = refusal(
        lambda: services.save_draft(
            membership=played.anna,
            draft_id=made.pk,
            version=1,
            move="levy_toll",
            parameters={},
            intent="Kept",
        )
    )
    assert refused.code == "draft_gone"
    assert refused.details["yours"]["intent"] == "Kept"


def test_a_draft_that_a_teammate_changed_is_not_removed():
    played = table()
    made = draft(played.anna, "levy_toll")
    services.save_draft(
        membership=played.cora, draft_id=made.pk, version=1, move="levy_toll", parameters={}
    )
    refused = refusal(
        lambda: services.remove_draft(membership=played.anna, draft_id=made.pk, version=1)
    )
    assert refused.code == "draft_conflict"
    assert OrderDraft.objects.exists()


def test_another_delegations_draft_cannot_be_touched():
    played = table()
    made = draft(played.anna, "levy_toll")
    refused = refusal(
        lambda: services.save_draft(
            membership=played.ben, draft_id=made.pk, version=1, move="start_patrol", parameters={}
        )
    )
    assert refused.code == "draft_gone"
    services.remove_draft(membership=played.ben, draft_id=made.pk)
    assert OrderDraft.objects.get().move == "levy_toll"


@pytest.mark.parametrize(
    ("move", "words", "code"),
    [
        ("no_such", {}, "no_such_move"),
        ("lay_mines", {}, "no_such_move"),
        ("trade_visit", {"parameters": {"x": "y" * 9000}}, "bad_parameters"),
        ("trade_visit", {"parameters": {"x": {1, 2}}}, "bad_parameters"),
        ("trade_visit", {"intent": "x" * 301}, "words_too_long"),
    ],
)
def test_what_cannot_be_saved_is_refused_by_name(move, words, code):
    played = table()
    assert refusal(lambda: draft(played.ben, move, **words)).code == code


def test_a_draft_that_the_rules_would_reject_is_kept_with_the_reason():
    played = table()
    draft(played.anna, "lift_toll")
    shown = selectors.orders_for(played.again(), "COR")["drafts"][0]
    assert shown["problem"] == "There is no toll to lift."


def test_ready_names_every_draft_that_cannot_be_submitted():
    played = table()
    wrong = draft(played.anna, "lift_toll")
    unsaid = draft(played.anna, "levy_toll", intent="")
    refused = refusal(lambda: services.set_ready(membership=played.anna, ready=True))
    assert refused.code == "orders_refused"
    assert set(refused.details["problems"]) == {str(wrong.pk), str(unsaid.pk)}
    assert not selectors.orders_for(played.again(), "COR")["ready"]


def test_a_delegation_that_is_ready_changes_nothing_until_it_is_not():
    played = table()
    made = draft(played.anna, "levy_toll")
    services.set_ready(membership=played.anna, ready=True)
    services.set_ready(membership=played.cora, ready=True)
    assert refusal(lambda: draft(played.cora, "trade_visit")).code == "seat_ready"
    services.set_ready(membership=played.cora, ready=False)
    orders = selectors.orders_for(played.again(), "COR")
    assert (orders["submitted"], [d["id"] for d in orders["drafts"]]) == ([], [str(made.pk)])


def test_nothing_is_submitted_before_the_game_or_without_a_seat():
    played = table()
    guest = services.join_game(code=played.game.join_code, display_name="Guest")
    assert refusal(lambda: draft(guest, "levy_toll")).code == "no_seat"
    assert (
        refusal(lambda: services.remove_draft(membership=guest, draft_id=uuid.uuid4())).code
        == "no_seat"
    )


def test_standing_orders_stand_in_for_an_absent_delegation():
    played = table()
    draft(played.ben, "trade_visit", parameters=VISIT)
    assert services.set_standing_orders(membership=played.ben) == 1
    services.set_absence(
        by=played.dana, game_id=played.game.pk, government="MAR", policy="standing"
    )
    played.close()
    played.close()
    from apps.journal import store

    by_turn = {
        r.payload["turn"]: (r.payload["by"], [o["move"] for o in r.payload["orders"]])
        for r in store.read(played.game.pk, kinds=["OrdersSubmitted"])
        if r.payload["seat"] == "MAR"
    }
    assert by_turn == {1: ("clock", ["trade_visit"]), 2: ("standing", ["trade_visit"])}


def test_ready_pressed_on_the_desk_of_a_turn_that_has_closed_counts_for_no_other(client):
    played = table()
    client.force_login(played.anna.person)
    address = reverse("games:ready", args=[played.game.pk])
    desk = fragments_for(played.again(), "seat:COR")["room-desk"]
    assert '<input type="hidden" name="turn" value="1">' in desk
    played.close()
    stale = client.post(address, {"ready": "yes", "turn": "1"}, HTTP_HX_REQUEST="true")
    assert stale.status_code == 422
    assert "turn 2 is open now" in unquote(stale["X-Room-Refusal"])
    assert not session_for(played.again()).seats["COR"].ready
    fresh = client.post(address, {"ready": "yes", "turn": "2"}, HTTP_HX_REQUEST="true")
    assert fresh.status_code == 200
    assert session_for(played.again()).seats["COR"].ready


def test_orders_given_whole_for_a_turn_that_has_closed_replace_no_draft():
    played = table()
    played.close()
    kept = draft(played.anna, "levy_toll")
    refused = refusal(lambda: services.submit_orders(membership=played.anna, orders=[], turn=1))
    assert (refused.code, refused.details["turn"]) == ("wrong_turn", 2)
    assert OrderDraft.objects.filter(pk=kept.pk).exists()


def test_standing_orders_are_not_lost_by_a_press_on_the_desk_of_a_turn_that_has_closed(client):
    played = table()
    draft(played.anna, "levy_toll")
    services.set_standing_orders(membership=played.anna)
    drafts = fragments_for(played.again(), "seat:COR")["room-drafts"]
    assert '<input type="hidden" name="turn" value="1">' in drafts
    played.close()
    client.force_login(played.anna.person)
    address = reverse("games:standing", args=[played.game.pk])
    stale = client.post(address, {"standing": "keep", "turn": "1"}, HTTP_HX_REQUEST="true")
    assert stale.status_code == 422
    assert "turn 2 is open now" in unquote(stale["X-Room-Refusal"])
    assert refusal(lambda: services.set_standing_orders(membership=played.anna)).code == (
        "nothing_to_keep"
    )
    assert len(session_for(played.again()).seats["COR"].standing) == 1
