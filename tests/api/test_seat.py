"""A program plays a seat over HTTP as a person would in the browser."""

from __future__ import annotations

import json

import pytest
from django.test import Client

from apps.games import services
from apps.games.models import OrderDraft
from tests.api.seat_client import SeatClient, seat_client
from tests.games.cast import draft, table

pytestmark = pytest.mark.django_db
CANARY = "the harbor master is ours"


def toll(**words):
    return {
        "move": "levy_toll",
        "intent": "Fill the treasury.",
        "expects": "Marenne protests.",
        **words,
    }


def test_a_program_plays_a_turn():
    made = table()
    robot = seat_client(made, "COR")
    status = robot.get("status")
    assert (status["government"], status["turn"], status["phase"]) == ("COR", 1, "orders")
    assert robot.get("view")["view"]["viewer"] == "seat:COR"
    opened = {move["move"] for move in robot.get("moves") if move["open"]}
    assert "levy_toll" in opened

    answer = robot.call("PUT", "orders", {"turn": 1, "orders": [toll()]})
    assert answer.status_code == 200, answer.content
    assert answer.json()["ready"] is True
    services.set_ready(membership=made.ben, ready=True)
    services.set_ready(membership=made.carla, ready=True)
    assert made.close()

    assert robot.get("status")["turn"] == 2
    accepted = [e for e in robot.get("events?turn=1") if e["kind"] == "OrderAccepted"]
    assert [event["payload"]["order"]["move"] for event in accepted] == ["levy_toll"]


def test_submitting_again_replaces_the_orders_and_taking_back_reopens_them():
    made = table()
    robot = seat_client(made, "COR")
    robot.call("PUT", "orders", {"turn": 1, "orders": [toll()]})
    answer = robot.call("PUT", "orders", {"turn": 1, "orders": []})
    assert answer.json()["ready"] is True
    assert answer.json()["submitted"] == []
    assert robot.call("DELETE", "orders").json()["ready"] is False


def test_a_refused_submission_changes_nothing():
    made = table()
    draft(made.anna, "levy_toll")
    robot = seat_client(made, "COR")
    before = list(OrderDraft.objects.values())
    cursor = robot.get("status")["cursor"]
    for orders in ([toll(intent="")], [toll(move="no_such_move")], [toll(), toll(), toll()]):
        answer = robot.call("PUT", "orders", {"turn": 1, "orders": orders})
        assert answer.status_code == 409, orders
        assert answer.json()["sentence"]
        assert list(OrderDraft.objects.values()) == before
        assert robot.get("status")["cursor"] == cursor


def test_orders_for_another_turn_are_refused():
    robot = seat_client(table(), "COR")
    answer = robot.call("PUT", "orders", {"turn": 2, "orders": []})
    assert (answer.status_code, answer.json()["code"]) == (409, "wrong_turn")


def test_misread_calls_name_the_place_and_unknown_keys():
    robot = seat_client(table(), "COR")
    answer = robot.call("PUT", "orders", {"turn": 1, "orders": [{"mov": "x"}]})
    assert answer.status_code == 422
    places = {problem["where"] for problem in answer.json()["details"]["problems"]}
    assert {"body.body.orders.0.move", "body.body.orders.0.mov"} <= places


@pytest.mark.parametrize("token", ["", "unknown"])
def test_nobody_calls_without_a_token(token):
    answer = SeatClient(token).call("GET", "status")
    assert (answer.status_code, answer.json()["code"]) == (401, "no_token")


def test_a_revoked_token_and_a_removed_program_are_shut_out():
    made = table()
    robot, other = seat_client(made, "COR"), seat_client(made, "MAR", "Second")
    member = made.game.memberships.get(person__display_name="Robot")
    services.revoke_tokens(by=made.dana, game_id=made.game.pk, membership_id=member.pk)
    assert robot.call("GET", "status").status_code == 401
    second = made.game.memberships.get(person__display_name="Second")
    services.remove_person(
        by=made.dana, game_id=made.game.pk, membership_id=second.pk, reason="Done."
    )
    assert other.call("GET", "status").status_code == 401


def test_only_a_facilitator_issues_tokens():
    made = table()
    with pytest.raises(Exception, match="does not allow"):
        services.issue_token(by=made.ben.person, game_id=made.game.pk, government="COR", name="Spy")


def test_a_program_sees_nothing_of_another_seats_secrets():
    made = table()
    robot = seat_client(made, "OST")
    before = reads(robot)
    draft(made.anna, "levy_toll", intent=CANARY)
    services.send_message(membership=made.anna, to=["MAR"], text=CANARY)
    services.make_offer(
        membership=made.anna,
        agreement="lanterns_accord",
        parties={"north": "COR", "south": "MAR"},
        text=CANARY,
    )
    after = reads(robot)
    assert CANARY not in json.dumps(after)
    assert after == before


def reads(robot: SeatClient) -> dict:
    found = {
        path: robot.get(path)
        for path in ("status", "view", "moves", "orders", "events", "threads", "offers")
    }
    found["status"].pop("now")
    return found


def test_talks_offers_and_statements():
    made = table()
    robot = seat_client(made, "COR")
    assert robot.call("POST", "messages", {"to": ["MAR"], "text": "Shall we?"}).status_code == 201
    assert robot.call("POST", "statements", {"text": "We keep the peace."}).status_code == 201
    offer = robot.call(
        "POST",
        "offers",
        {"agreement": "lanterns_accord", "parties": {"north": "COR", "south": "MAR"}},
    )
    assert offer.status_code == 201
    marenne = seat_client(made, "MAR", "Second")
    answered = marenne.call("POST", f"offers/{offer.json()['id']}", {"answer": "accept"})
    assert answered.status_code == 200, answered.content
    assert [item["status"] for item in answered.json()] == ["accepted"]


def test_the_session_cookie_opens_pages_as_the_same_person():
    made = table()
    robot = seat_client(made, "COR")
    answer = robot.call("POST", "session").json()
    assert answer["socket"] == f"/ws/games/{made.game.pk}/"
    browser = Client()
    name, value = answer["cookie"].split("=")
    browser.cookies[name] = value
    assert browser.get("/api/v1/status").status_code == 401


def test_a_seat_that_calls_too_often_is_told_to_wait():
    robot = seat_client(table(), "COR")
    codes = {robot.call("GET", "status").status_code for _ in range(45)}
    assert codes == {200, 429}
