"""The team room: fragments, posts, and what each audience may see of it."""

from __future__ import annotations

from urllib.parse import unquote

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from apps.accounts.models import Person
from apps.accounts.permissions import Role
from apps.games import selectors, services
from apps.games.fragments import PARTS, fragments_for
from apps.games.models import Message, OrderDraft
from apps.games.room.opening import open_room
from apps.games.room.parameters import spelled
from apps.games.views.orders import AFTER_DRAFTS
from tests.games.cast import INTENT, lobby, table

pytestmark = pytest.mark.django_db
HTMX = {"HTTP_HX_REQUEST": "true"}


def url(name: str, cast, *more) -> str:
    return reverse(f"games:{name}", args=[cast.game.pk, *more])


def first_open_move(cast, government: str = "COR") -> str:
    return next(o.move for o in selectors.moves_for(cast.again(), government) if o.open)


@pytest.mark.parametrize("audience", ["seat:COR", "public"])
def test_the_page_holds_the_very_fragments_that_a_push_sends(client, audience):
    cast = table()
    if audience == "public":
        services.add_member(
            by=cast.dana,
            game_id=cast.game.pk,
            person=Person.objects.create_user("ob"),
            role=Role.OBSERVER,
        )
        client.force_login(Person.objects.get(username="ob"))
    else:
        client.force_login(cast.anna.person)
    page = client.get(url("room", cast)).content.decode()
    shown = fragments_for(cast.again(), audience)
    assert shown
    for name, html in shown.items():
        assert html in page, name


def test_every_fragment_is_the_element_that_it_names():
    cast = table()
    for name, html in fragments_for(cast.again(), "seat:COR").items():
        assert f'id="{name}"' in html.split(">")[0], name


@pytest.mark.parametrize("make", [lobby, table])
def test_all_fragments_render_in_the_lobby_and_in_a_turn(make):
    cast = make()
    assert set(fragments_for(cast.again(), "seat:COR")) == set(PARTS)


def test_fragments_of_finished_and_reviewed_turns_render():
    cast = table(review=True)
    cast.close()
    held = fragments_for(cast.again(), "seat:COR")
    assert "The facilitator reviews the results" in held["room-results"]
    services.release_results(by=cast.dana, game_id=cast.game.pk)
    assert "Dispatches of turn 1" in fragments_for(cast.again(), "seat:COR")["room-results"]


def test_rendering_twice_gives_the_same_bytes():
    cast = table()
    cast.close()
    assert fragments_for(cast.again(), "seat:COR") == fragments_for(cast.again(), "seat:COR")


def test_a_draft_is_begun_saved_as_typed_and_shared(client):
    cast = table()
    client.force_login(cast.anna.person)
    move = first_open_move(cast)
    answer = client.post(url("new_draft", cast), {"move": move}, **HTMX)
    assert answer.status_code == 200
    assert 'id="room-drafts"' in answer.content.decode()
    draft = OrderDraft.objects.get(game=cast.game)
    answer = client.post(
        url("save_draft", cast, draft.pk), {"version": draft.version, **INTENT}, **HTMX
    )
    assert answer.status_code == 200
    assert f'id="draft-{draft.pk}-version"' in answer.content.decode()
    client.force_login(cast.cora.person)
    assert INTENT["intent"] in client.get(url("room", cast)).content.decode()


def test_two_teammates_who_edit_at_once_lose_nothing(client):
    cast = table()
    draft = services.save_draft(membership=cast.anna, move=first_open_move(cast), parameters={})
    client.force_login(cast.anna.person)
    client.post(url("save_draft", cast, draft.pk), {"version": 1, "intent": "Anna's words"}, **HTMX)
    client.force_login(cast.cora.person)
    answer = client.post(
        url("save_draft", cast, draft.pk), {"version": 1, "intent": "Cora's words"}, **HTMX
    )
    assert answer.status_code == 409
    assert "teammate" in unquote(answer["X-Room-Refusal"])
    draft.refresh_from_db()
    assert draft.intent == "Anna's words"


def test_a_refusal_is_a_sentence_beside_the_form(client):
    cast = table()
    move = first_open_move(cast)
    services.save_draft(membership=cast.anna, move=move, parameters={}, expects="They protest.")
    client.force_login(cast.anna.person)
    answer = client.post(url("ready", cast), {"ready": "yes"}, **HTMX)
    assert answer.status_code == 422
    assert "say in one line" in unquote(answer["X-Room-Refusal"])


def test_people_say_what_reaction_they_expect_before_they_are_ready(client):
    cast = table()
    move = first_open_move(cast)
    services.save_draft(membership=cast.anna, move=move, parameters={}, intent="We must.")
    client.force_login(cast.anna.person)
    answer = client.post(url("ready", cast), {"ready": "yes"}, **HTMX)
    assert answer.status_code == 422
    assert "reaction you expect" in unquote(answer["X-Room-Refusal"])


def test_a_draft_of_another_government_cannot_be_reached(client):
    cast = table()
    draft = services.save_draft(membership=cast.anna, move=first_open_move(cast), parameters={})
    client.force_login(cast.ben.person)
    answer = client.post(url("save_draft", cast, draft.pk), {"intent": "spoil"}, **HTMX)
    assert answer.status_code == 409
    client.post(url("remove_draft", cast, draft.pk), **HTMX)
    draft.refresh_from_db()
    assert draft.intent == ""


def test_the_drafts_of_others_are_in_no_byte_of_ours():
    cast = table()
    before = fragments_for(cast.again(), "seat:MAR")
    services.save_draft(
        membership=cast.anna,
        move=first_open_move(cast),
        parameters={},
        intent="canary-4711",
        expects="canary-4712",
    )
    services.send_message(membership=cast.anna, to=["OST"], text="canary-4713")
    assert fragments_for(cast.again(), "seat:MAR") == before


def test_a_thread_is_read_by_its_delegations_alone(client):
    cast = table()
    services.send_message(membership=cast.anna, to=["MAR"], text="Let us talk.")
    client.force_login(cast.ben.person)
    assert "Let us talk." in client.get(url("thread", cast, "COR-MAR")).content.decode()
    client.force_login(cast.carla.person)
    assert client.get(url("thread", cast, "COR-MAR")).status_code == 404


def test_messages_are_paged_by_their_place_in_the_thread(client):
    cast = table()
    for number in range(1, 51):
        services.send_message(membership=cast.anna, to=["MAR"], text=f"word {number}.")
    client.force_login(cast.ben.person)
    page = client.get(url("thread", cast, "COR-MAR")).content.decode()
    assert "word 50." in page
    assert "word 10." not in page
    older = client.get(url("thread", cast, "COR-MAR") + "?before=11").content.decode()
    assert "word 10." in older
    assert "word 11." not in older
    newer = client.get(url("thread", cast, "COR-MAR") + "?after=49").content.decode()
    assert "word 50." in newer
    assert "word 49." not in newer


def test_what_was_read_is_remembered(client):
    cast = table()
    services.send_message(membership=cast.anna, to=["MAR"], text="One.")
    services.send_message(membership=cast.anna, to=["MAR"], text="Two.")
    client.force_login(cast.ben.person)
    client.post(url("read", cast, "COR-MAR"), {"position": "1"}, **HTMX)
    page = client.get(url("room", cast)).content.decode()
    assert "&quot;COR-MAR&quot;: 1" in page


def test_why_explains_a_figure_that_we_see_and_no_other(client):
    cast = table()
    cast.close()
    client.force_login(cast.anna.person)
    assert client.get(url("why", cast, "tension")).status_code == 200
    assert client.get(url("why", cast, "support-MAR")).status_code == 404


def test_script_in_what_people_write_is_shown_and_never_run(client):
    cast = table()
    services.send_message(membership=cast.anna, to=["MAR"], text="<script>alert(1)</script>")
    client.force_login(cast.ben.person)
    page = client.get(url("thread", cast, "COR-MAR")).content.decode()
    assert "<script>alert" not in page
    assert "&lt;script&gt;" in page


def test_a_stranger_and_a_visitor_do_not_enter(client):
    cast = table()
    assert client.get(url("room", cast)).status_code == 302
    stranger = Person.objects.create_user("stranger")
    client.force_login(stranger)
    assert client.get(url("room", cast)).status_code == 403


def test_five_thousand_messages_cost_a_page_no_more_queries_than_fifty(client):
    cast = table()
    client.force_login(cast.ben.person)
    services.send_message(membership=cast.anna, to=["MAR"], text="word 1.")
    first = Message.objects.get(game=cast.game)

    def grow(until: int) -> None:
        known = Message.objects.filter(game=cast.game).count()
        Message.objects.bulk_create(
            Message(
                game=cast.game,
                sequence=100_000 + number,
                number=number,
                turn=1,
                thread=first.thread,
                sender="COR",
                text=f"word {number}.",
                sent_at=first.sent_at,
            )
            for number in range(known + 1, until + 1)
        )

    def page() -> tuple[int, str]:
        with CaptureQueriesContext(connection) as queries:
            answer = client.get(url("thread", cast, "COR-MAR"))
        return len(queries), answer.content.decode()

    grow(50)
    few, _ = page()
    grow(5_000)
    many, html = page()
    assert many == few
    assert html.count("data-position") == 40
    assert "word 5000." in html


def test_the_clauses_of_an_order_that_was_taken_are_spelled_out():
    cast = table()
    room = open_room(cast.again(), "seat:COR")
    move, name, clause = next(
        (move, name, clause)
        for move, body in room.document["moves"].items()
        for name, parameter in (body.get("parameters") or {}).items()
        if parameter["type"] == "clauses"
        for clause, about in room.document["clauses"].items()
        if about["body"] == parameter["body"]
    )
    title = room.document["clauses"][clause]["title"]
    assert title in spelled(room, move, {name: [{"clause": clause, "phase_in": 0.0}]})
    assert title in spelled(room, move, {name: [clause]})


def test_what_a_press_changes_on_the_page_itself_is_pushed_with_the_next_turn():
    """The room of a delegation that pressed ready shows what no frame has brought: its answer.

    A part that is the same before the press and after the turn would not be sent again.
    """
    cast = table()
    services.set_ready(membership=cast.anna, ready=True)
    services.set_ready(membership=cast.anna, ready=False)
    before = fragments_for(cast.again(), "seat:COR")
    cast.close()
    after = fragments_for(cast.again(), "seat:COR")
    for name in (*AFTER_DRAFTS, "room-catalogue", "room-docket"):
        assert before[name] != after[name], name


def test_an_answer_says_how_far_the_game_was_that_it_shows(client):
    cast = table()
    client.force_login(cast.anna.person)
    answer = client.post(url("ready", cast), {"ready": "yes"}, **HTMX)
    assert answer["X-Room-Cursor"] == str(selectors.cursor_for(cast.again(), "seat:COR"))
