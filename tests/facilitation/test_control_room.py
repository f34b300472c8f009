"""The control room: a session in under a minute, the board, the clock, the join page."""

from __future__ import annotations

import pytest
from django.urls import reverse

from apps.accounts.models import Person
from apps.games import services
from apps.games.models import Game
from apps.games.sessions import session_for

pytestmark = pytest.mark.django_db

SEATS = {"seat_COR": "people", "seat_MAR": "people", "seat_OST": "nobody"}
FORM = {
    "scenario": "strait_of_veld",
    "title": "Seminar A",
    "turns": 3,
    "seconds_per_turn": 900,
    **SEATS,
}


@pytest.fixture
def facilitator(client) -> Person:
    person = Person.objects.create_user(username="faye", password="pw", display_name="Faye")
    client.force_login(person)
    return person


@pytest.fixture
def session(client, facilitator) -> Game:
    answer = client.post(reverse("facilitation:new"), FORM)
    game = Game.objects.get()
    assert answer.url == reverse("facilitation:board", args=[game.pk])
    return game


def act(client, game, name, **data):
    told = {"sure": "yes", **data}
    return client.post(reverse(f"facilitation:{name}", args=[game.pk]), told, follow=True)


def test_the_form_comes_filled_with_what_will_do(client, facilitator):
    page = client.get(reverse("facilitation:new") + "?scenario=strait_of_veld")
    form = page.context["form"]
    initial = {name: form[name].value() for name in ("title", "turns", "seconds_per_turn")}
    assert initial == {"title": "The Strait of Veld", "turns": 6, "seconds_per_turn": 900}
    assert {field.value() for field, _doctrine in form.seat_fields} == {"people"}


def test_a_session_is_made_as_it_was_asked_for(session):
    seats = {seat.government: seat.mode for seat in session.seats.all()}
    assert seats == {"COR": "people", "MAR": "people", "OST": "nobody"}
    assert (session.turns, session.seconds_per_turn, session.review) == (3, 900, False)


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"turns": 99}, "Choose a length"),
        ({"title": ""}, "This field is required"),
        ({"seconds_per_turn": 7}, "valid choice"),
        (dict.fromkeys(SEATS, "nobody"), "at least one seat"),
    ],
)
def test_a_wrong_field_is_named_and_nothing_typed_is_lost(client, facilitator, changes, words):
    page = client.post(reverse("facilitation:new"), FORM | changes)
    assert page.status_code == 422
    assert words in page.content.decode()
    assert Game.objects.count() == 0
    assert page.context["form"]["scenario"].value() == "strait_of_veld"


def test_the_clock_is_started_paused_resumed_extended_and_the_turn_closed(client, session):
    assert (
        "Not started"
        in client.get(reverse("facilitation:board", args=[session.pk])).content.decode()
    )
    act(client, session, "start")
    session.refresh_from_db()
    assert session.phase == "orders"
    due = session_for(session).clock.due
    act(client, session, "extend", minutes=5)
    session.refresh_from_db()
    assert (session_for(session).clock.due - due).total_seconds() == 300
    assert "Paused" in act(client, session, "pause").content.decode()
    assert "Paused" not in act(client, session, "resume").content.decode()
    question = client.get(reverse("facilitation:close", args=[session.pk])).content.decode()
    assert "Close turn 1 now?" in question
    assert "cannot be taken back" in question
    act(client, session, "close", turn=1)
    session.refresh_from_db()
    assert session_for(session).clock.called


def test_a_turn_that_was_closed_meanwhile_is_not_closed_again(client, session):
    act(client, session, "start")
    services.close_turn(game_id=session.pk, turn=1, reason="facilitator", by=session.created_by)
    page = act(client, session, "close", turn=1)
    assert "closed already" in page.content.decode()
    session.refresh_from_db()
    assert session.turn == 2
    assert not session_for(session).clock.called


def test_a_refusal_is_said_on_the_board(client, session):
    page = act(client, session, "pause")
    assert page.status_code == 200
    assert "No turn is open now." in page.content.decode()
    assert "whole number of minutes" in act(client, session, "extend", minutes="x").content.decode()


def test_the_join_page_has_code_link_and_a_drawing_without_inline_style(client, session):
    services.join_game(code=session.join_code, display_name="Ann")
    page = client.get(reverse("facilitation:project", args=[session.pk])).content.decode()
    assert session.join_code in page
    assert f"/join/{session.join_code}/" in page
    assert "<svg" in page
    assert "style=" not in page
    assert "Ann" in page


def test_the_board_shows_people_and_progress_and_no_draft(client, session):
    member = services.join_game(code=session.join_code, display_name="Ann")
    services.take_seat(membership=member, government="COR")
    member.refresh_from_db()
    act(client, session, "start")
    services.save_draft(
        membership=member,
        move="send_protest",
        parameters={"to": "MAR"},
        intent="canary of an intent",
        expects="nothing",
    )
    part = client.get(reverse("facilitation:fragment", args=[session.pk])).content.decode()
    assert "Ann" in part
    assert "1 order drafted" in part
    assert "Nobody sits for: Republic of Marenne." in part
    assert "canary" not in part


@pytest.mark.parametrize(
    "name",
    ["board", "fragment", "project", "joined", "close", "start", "pause", "resume", "extend"],
)
def test_another_facilitators_session_is_not_found_and_a_players_is_refused(client, session, name):
    url = reverse(f"facilitation:{name}", args=[session.pk])
    method = (
        client.get if name in ("board", "fragment", "project", "joined", "close") else client.post
    )
    client.force_login(Person.objects.create_user(username="other", password="pw"))
    assert method(url).status_code == 404
    player = services.join_game(code=session.join_code, display_name="Ann").person
    client.force_login(player)
    assert method(url).status_code == 403
    client.logout()
    assert method(url).status_code == 302


def test_a_player_has_no_control_room(client, session):
    player = services.join_game(code=session.join_code, display_name="Ann").person
    client.force_login(player)
    assert client.get(reverse("facilitation:list")).status_code == 403
    assert client.get(reverse("facilitation:new")).status_code == 403


def test_the_list_holds_ones_own_sessions_alone(client, session):
    assert "Seminar A" in client.get(reverse("facilitation:list")).content.decode()
    client.force_login(Person.objects.create_user(username="other", password="pw"))
    page = client.get(reverse("facilitation:list")).content.decode()
    assert "Seminar A" not in page
    assert "No session yet" in page
