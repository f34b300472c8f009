"""Every step that takes something away says what it does, and waits for a second press."""

from __future__ import annotations

import pytest
from django.urls import reverse

from apps.facilitation import views
from apps.facilitation.pages import classes, news, people, record, review
from apps.games import services
from apps.games.models import Membership
from apps.games.sessions import session_for
from apps.journal import store
from tests.games.cast import draft, lobby, table

pytestmark = pytest.mark.django_db

ASKED = {
    "people": {"lead", "move", "deputy", "remove"},
    "turns": {"reopen"},
    "review": {"release"},
    "news": {"withdraw"},
}
TAKES_NOTHING_AWAY = {
    "people": {"absence", "add"},
    "turns": {"clocks"},
    "review": {"amend", "strike", "restore", "add", "set"},
    "news": {"inject", "broadcast"},
    "record": {"note"},
}
"""Saved, sent after a preview, or taken back with one press until the release."""


@pytest.fixture
def played():
    return table(seconds_per_turn=600, class_group="IR 101")


@pytest.fixture
def room(client, played):
    client.force_login(played.dana)
    return client


def post(client, played, page, *more, **data):
    address = reverse(f"facilitation:{page}", args=[played.game.pk, *more])
    return client.post(address, data, follow=True)


def test_every_act_of_a_page_is_decided_here():
    acts = {
        "people": (people.ACTS, people.ASKS),
        "turns": (record.TURN_ACTS, record.TURN_ASKS),
        "review": (review.ACTS, review.ASKS),
        "news": (news.ACTS, news.ASKS),
        "record": (record.RECORD_ACTS, {}),
    }
    for page, (done, asked) in acts.items():
        assert set(asked) == ASKED.get(page, set())
        assert set(done) == ASKED.get(page, set()) | TAKES_NOTHING_AWAY.get(page, set())


@pytest.mark.parametrize(
    "view",
    [views.start, classes.archive, classes.rehearse, people.new_link],
    ids=lambda v: v.__name__,
)
def test_the_buttons_of_the_board_ask_first(view):
    found = view
    while not hasattr(found, "asks_first"):
        found = found.__wrapped__
    assert callable(found.asks_first)


@pytest.mark.parametrize(
    ("page", "data", "words"),
    [
        ("people", {"act": "lead", "government": "COR", "lead": "nobody"}, "taken back"),
        ("people", {"act": "move", "member": "cora", "government": "MAR"}, "secrets of"),
        ("people", {"act": "deputy", "member": "cora", "government": "MAR"}, "secrets of"),
        ("people", {"act": "remove", "member": "cora", "reason": "Left"}, "links stop working"),
        ("turns", {"act": "reopen", "turn": "1", "reason": "Again"}, "superseded"),
        ("archive", {}, "closed for good"),
    ],
)
def test_the_question_says_what_the_step_does_and_nothing_happens_yet(
    room, played, page, data, words
):
    draft(played.anna, "levy_toll")
    services.set_ready(membership=played.anna, ready=True)
    if page == "turns":
        played.close()
    if "member" in data:
        data = data | {"member": str(getattr(played, data["member"]).pk)}
    before = played.again().sequence
    asked = post(room, played, page, **data)
    assert words in asked.content.decode()
    assert played.again().sequence == before
    sure = post(room, played, page, **data, sure="yes")
    assert sure.status_code == 200
    assert played.again().sequence > before


def test_going_back_keeps_what_was_filled_in(room, played):
    told = {"act": "remove", "member": str(played.cora.pk), "reason": "Left for the train"}
    asked = post(room, played, "people", **told)
    assert 'value="Left for the train"' in asked.content.decode()
    back = post(room, played, "people", **{**told, "act": "preview-back"})
    assert played.cora in Membership.objects.filter(removed_at=None)
    assert back.status_code == 200


def test_a_refusal_comes_before_the_question(room, played):
    answer = post(room, played, "people", act="lead", government="XXX", lead="nobody")
    assert answer.status_code == 422
    assert "no government XXX" in answer.content.decode()


def test_handing_over_what_is_so_already_asks_nothing(room, played):
    asked = post(room, played, "people", act="lead", government="COR", lead="people")
    assert "Hand" not in asked.context.get("question", "")


def test_the_start_asks_only_where_somebody_is_missing(client):
    made = lobby(name="dora")
    client.force_login(made.dana)
    services.leave_seat(membership=made.carla)
    asked = post(client, made, "start").content.decode()
    assert "Nobody sits for" in asked
    assert made.again().phase == "lobby"
    services.take_seat(membership=made.carla, government="OST")
    post(client, made, "start")
    assert made.again().phase == "orders"


def test_the_empty_seats_are_led_by_doctrine_where_that_is_chosen(client):
    made = lobby(name="dora")
    client.force_login(made.dana)
    services.leave_seat(membership=made.carla)
    asked = post(client, made, "start").content.decode()
    assert "let doctrines lead the empty seats" in asked
    post(client, made, "start", sure="doctrine")
    assert made.again().phase == "orders"
    modes = dict(made.again().seats.values_list("government", "mode"))
    assert modes == {"COR": "people", "MAR": "people", "OST": "doctrine"}
    services.set_ready(membership=made.anna, ready=True)
    services.set_ready(membership=made.ben, ready=True)
    assert session_for(made.again()).everybody_ready()


def test_the_empty_seats_stay_empty_where_that_is_chosen(client):
    made = lobby(name="dora")
    client.force_login(made.dana)
    services.leave_seat(membership=made.carla)
    post(client, made, "start", sure="yes")
    assert made.again().seats.get(government="OST").mode == "people"


def test_several_sessions_start_with_doctrines_in_their_empty_seats(client):
    made = lobby(name="dora")
    client.force_login(made.dana)
    services.leave_seat(membership=made.carla)
    address = reverse("facilitation:together")
    told = {"act": "start", "game": [str(made.game.pk)], "sure": "doctrine"}
    client.post(address, told)
    assert made.again().seats.get(government="OST").mode == "doctrine"


def test_scheduled_news_is_edited_and_withdrawn(room, played):
    told = {"act": "inject", "title": "A storm", "text": "Wind.", "sender": "Light", "turn": "2"}
    post(room, played, "news", **told, to=["OST"])
    (key, waiting) = next(iter(session_for(played.again()).scheduled.items()))
    assert (waiting["turn"], waiting["to"]) == (2, ["OST"])
    page = room.get(reverse("facilitation:news", args=[played.game.pk]) + f"?schedule={key}")
    assert 'value="A storm"' in page.content.decode()
    post(
        room,
        played,
        "news",
        **{**told, "title": "Two storms", "turn": "3"},
        schedule=key,
        everybody="1",
    )
    assert session_for(played.again()).scheduled[key]["title"] == "Two storms"
    asked = post(room, played, "news", act="withdraw", schedule=key)
    assert "Nobody learns of it" in asked.content.decode()
    post(room, played, "news", act="withdraw", schedule=key, sure="yes")
    assert session_for(played.again()).scheduled == {}
    assert store.read(played.game.pk, kinds=["InjectSent"]) == []


def test_waiting_news_is_sent_now_instead(room, played):
    told = {"act": "inject", "title": "A storm", "text": "Wind.", "sender": "Light"}
    post(room, played, "news", **told, turn="2", everybody="1")
    key = next(iter(session_for(played.again()).scheduled))
    post(room, played, "news", **told, turn="", schedule=key, everybody="1")
    assert session_for(played.again()).scheduled == {}
    assert len(store.read(played.game.pk, kinds=["InjectSent"])) == 1


def test_an_observer_pins_a_note_to_an_event_that_they_see(client, played):
    from apps.accounts.permissions import Role
    from tests.games.cast import facilitator

    erin = facilitator("erin")
    services.add_member(by=played.dana, game_id=played.game.pk, person=erin, role=Role.OBSERVER)
    services.pin_note(by=played.dana, game_id=played.game.pk, text="Hidden from Erin")
    client.force_login(erin)
    address = reverse("facilitation:record", args=[played.game.pk])
    row = next(r for r in client.get(address).context["rows"] if r["kind"] == "TurnOpened")
    post(client, played, "record", act="note", place=str(row["place"]), text="It begins")
    note = store.read(played.game.pk, kinds=["NotePinned"])[-1].payload
    opened = store.read(played.game.pk, kinds=["TurnOpened"])[0]
    assert note["sequence"] == opened.sequence
    page = client.get(address).content.decode()
    assert "It begins" in page
    assert "Hidden from Erin" not in page
    assert post(client, played, "record", act="note", place="999", text="x").status_code == 422
    assert (
        "Record and notes"
        in client.get(reverse("games:room", args=[played.game.pk])).content.decode()
    )
