"""The deeper pages of the control room: each act by its form, each refusal on the same page."""

from __future__ import annotations

import time

import pytest
from django.core.cache import cache
from django.urls import reverse

from apps.accounts.models import Person
from apps.accounts.permissions import Role
from apps.accounts.rejoin import redeem_token
from apps.games import selectors, services
from apps.games.models import Game, Membership
from apps.journal import store
from tests.games.cast import draft, facilitator, table
from wargame.health import HEARTBEAT_KEY

pytestmark = pytest.mark.django_db


@pytest.fixture
def played():
    return table(review=True, class_group="IR 101", seconds_per_turn=600)


@pytest.fixture
def room(client, played):
    client.force_login(played.dana)
    return client


def url(played, name, *more):
    return reverse(f"facilitation:{name}", args=[played.game.pk, *more])


def post(client, played, page, **data):
    """Post a form, and answer yes where the page asks first."""
    return client.post(url(played, page), {"sure": "yes", **data}, follow=True)


PAGES = ["board", "people", "roster", "news", "review", "turns", "record"]


@pytest.mark.parametrize("name", PAGES)
def test_every_page_opens_in_every_phase(room, played, name):
    assert room.get(url(played, name)).status_code == 200
    draft(played.anna, "levy_toll")
    played.close()
    assert room.get(url(played, name)).status_code == 200
    services.release_results(by=played.dana, game_id=played.game.pk)
    services.archive_game(by=played.dana, game_id=played.game.pk)
    assert room.get(url(played, name)).status_code == 200


@pytest.mark.parametrize("name", PAGES)
def test_a_player_and_a_stranger_see_none_of_it(client, played, name):
    client.force_login(played.anna.person)
    assert client.get(url(played, name)).status_code == 403
    client.force_login(facilitator("erin"))
    assert client.get(url(played, name)).status_code == 404


def test_an_inject_of_the_scenario_is_edited_and_sent_to_some(room, played):
    page = room.get(url(played, "news") + "?inject=storm").content.decode()
    assert "A spring storm" in page
    post(
        room,
        played,
        "news",
        act="inject",
        inject="storm",
        title="A storm",
        text="Wind.",
        sender="Light",
        to=["OST"],
    )
    seen = selectors.statements_for(played.again(), "seat:OST")
    assert [(one["sender"], one["title"]) for one in seen] == [("Light", "A storm")]
    assert selectors.statements_for(played.again(), "seat:COR") == []


def test_a_refused_message_keeps_what_was_typed(room, played):
    answer = post(room, played, "news", act="broadcast", text="Five minutes left, everybody")
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "Choose the delegations" in page
    assert "Five minutes left, everybody" in page


def test_news_is_previewed_for_each_recipient_and_nothing_is_sent(room, played):
    page = post(
        room,
        played,
        "news",
        act="preview-inject",
        title="A storm",
        text="Wind from the east.",
        sender="Light",
        to=["OST"],
    ).content.decode()
    assert 'id="reader-OST"' in page
    assert "in the thread “Our delegation”" in page
    assert 'id="reader-COR"' not in page
    assert page.count("Wind from the east.") == 2
    assert selectors.statements_for(played.again(), "facilitator") == []


def test_the_board_counts_unread_talks_and_warns_of_a_silent_worker(room, played):
    thread = services.send_message(membership=played.ben, to=["OST"], text="Are you there?")
    cache.delete(HEARTBEAT_KEY)
    page = room.get(url(played, "board")).content.decode()
    assert "1 message unread" in page
    assert "No worker was heard lately" in page
    cache.set(HEARTBEAT_KEY, time.time())
    services.mark_read(membership=played.carla, thread=thread, sequence=10_000)
    page = room.get(url(played, "board")).content.decode()
    assert "unread" not in page
    assert "No worker" not in page


def test_a_session_is_made_with_class_grace_and_rehearsal(client):
    dana = facilitator()
    client.force_login(dana)
    form = {f"seat_{name}": "people" for name in ("COR", "MAR", "OST")}
    form |= {
        "scenario": "strait_of_veld",
        "title": "Rehearsal",
        "turns": 3,
        "seconds_per_turn": 600,
        "grace_seconds": 30,
        "class_group": "IR 101",
        "rehearsal": "on",
    }
    client.post(reverse("facilitation:new"), form)
    game = Game.objects.get()
    assert (game.grace_seconds, game.class_group, game.rehearsal) == (30, "IR 101", True)
    services.start_game(by=dana, game_id=game.pk)
    asked = client.post(reverse("facilitation:rehearse", args=[game.pk]))
    assert "Every seat is handed to its doctrine" in asked.content.decode()
    client.post(reverse("facilitation:rehearse", args=[game.pk]), {"sure": "yes"})
    game.refresh_from_db()
    assert game.turn == 2


def test_a_seat_is_handed_to_a_doctrine_by_the_form(room, played):
    post(room, played, "people", act="lead", government="OST", lead="doctrine:keepers")
    seats = {seat["government"]: seat["mode"] for seat in selectors.seats_for(played.again())}
    assert seats["OST"] == "doctrine"


def test_a_person_is_moved_named_deputy_and_removed_with_a_reason(room, played):
    cora = str(played.cora.pk)
    post(room, played, "people", act="move", member=cora, government="OST")
    post(room, played, "people", act="deputy", member=cora, government="MAR")
    played.cora.refresh_from_db()
    assert (played.cora.government, played.cora.deputy_for) == ("OST", "MAR")
    assert post(room, played, "people", act="remove", member=cora, reason="").status_code == 422
    post(room, played, "people", act="remove", member=cora, reason="Left")
    assert Membership.objects.get(pk=cora).removed_at is not None


def test_a_new_link_is_shown_once_and_the_old_one_stops(room, played):
    answer = room.post(url(played, "new_link", played.anna.pk), {"sure": "yes"})
    link = answer.context["links"][0]["url"]
    assert redeem_token(link.rstrip("/").rsplit("/", 1)[1]).person == played.anna.person
    assert "no-store" in answer["Cache-Control"]


def test_a_class_list_answers_with_a_link_for_each(room, played):
    answer = post(room, played, "roster", list="name,government\nUma,COR\nVic,MAR")
    assert [link["name"] for link in answer.context["links"]] == ["Uma", "Vic"]
    bad = post(room, played, "roster", list="name,government\nWes,XXX")
    assert bad.status_code == 422
    assert "Line 2" in bad.content.decode()
    many = post(
        room, played, "roster", list="name,government\nWes,XXX\n\nUma,COR\nXi,kingdom of corvania"
    )
    assert many.context["refusal"].details["lines"] == [
        "Line 2: there is no government XXX (COR, MAR, OST).",
        "Line 4: Uma is in this session or list already.",
    ]
    answer = post(room, played, "roster", list="name,government\nXi,kingdom of corvania")
    assert answer.context["links"][0]["government"] == "COR"
    assert "Wes,XXX" in bad.content.decode()


def test_results_are_amended_previewed_and_released_by_the_form(room, played):
    draft(played.anna, "levy_toll")
    played.close()
    groups = room.get(url(played, "review")).context["groups"]
    rows = next(group["rows"] for group in groups if group["title"] == "Indicators")
    row = next(one for one in rows if one["payload"]["name"] == "tension")
    assert row["why"]
    post(room, played, "review", act="amend", index=row["index"], after="41", reason="Calm seas")
    post(room, played, "review", act="add", kind="track", name="shipping", by="-3", reason="Fog")
    post(
        room,
        played,
        "review",
        act="add",
        kind="dispatch",
        headline="Fog on the strait",
        everybody="1",
        reason="Fog",
    )
    assert post(room, played, "review", act="strike", index="x", reason="y").status_code == 422
    post(room, played, "review", act="release")
    assert played.again().phase == "orders"
    kinds = [record.kind for record in store.read(played.game.pk)]
    assert kinds.count("EffectAmended") == 1
    assert kinds.count("EffectAdded") == 2


def test_a_turn_is_reopened_with_a_reason_told_to_all(room, played):
    played.close()
    services.release_results(by=played.dana, game_id=played.game.pk)
    assert post(room, played, "turns", act="reopen", turn="1", reason="").status_code == 422
    post(room, played, "turns", act="reopen", turn="1", reason="A wrong rule")
    assert played.again().turn == 1
    told = selectors.statements_for(played.again(), "seat:COR")[0]
    assert told["text"] == "Turn 1 is played again from its opening: A wrong rule"


def test_view_as_shows_that_teams_room_read_only_and_is_audited(room, played):
    draft(played.anna, "levy_toll", intent="A purse of our own")
    page = room.get(url(played, "view_as", "COR")).content.decode()
    assert "A purse of our own" in page
    assert '<fieldset class="read-only" disabled>' in page
    assert "A purse of our own" not in room.get(url(played, "view_as", "MAR")).content.decode()
    audited = [r.payload["viewer"] for r in store.read(played.game.pk, kinds=["ViewedAs"])]
    assert audited == ["seat:COR", "seat:MAR"]
    assert room.get(url(played, "view_as", "XXX")).status_code == 404


def test_notes_are_pinned_and_no_team_learns_of_them(room, played):
    before = selectors.cursor_for(played.again(), "seat:COR")
    post(room, played, "record", act="note", text="Watch the pilots")
    assert "Watch the pilots" in room.get(url(played, "record")).content.decode()
    assert selectors.cursor_for(played.again(), "seat:COR") == before


def test_an_observer_pins_notes_and_sees_no_secret(client, played):
    erin = facilitator("erin")
    services.add_member(by=played.dana, game_id=played.game.pk, person=erin, role=Role.OBSERVER)
    services.pin_note(by=played.dana, game_id=played.game.pk, text="Dana's own note")
    client.force_login(erin)
    post(client, played, "record", act="note", text="Erin's note")
    page = client.get(url(played, "record")).content.decode()
    assert "Erin&#x27;s note" in page
    assert "Dana&#x27;s own note" not in page
    assert client.get(url(played, "review")).status_code == 403


def test_sessions_of_a_class_are_made_and_paused_together(room, played):
    post(room, played, "split", count="2")
    assert Game.objects.filter(class_group="IR 101").count() == 3
    ids = [str(game.pk) for game in Game.objects.all()]
    together = reverse("facilitation:together")
    asked = room.post(together, {"act": "start", "game": ids})
    assert "Start these sessions?" in asked.content.decode()
    assert Game.objects.filter(phase="orders").count() == 1
    sure = {"sure": "yes", "game": ids}
    answer = room.post(together, {"act": "start", **sure}, follow=True)
    assert "Done for 2 sessions" in answer.content.decode()
    answer = room.post(together, {"act": "pause", **sure}, follow=True)
    assert "Done for 3 sessions" in answer.content.decode()
    answer = room.post(reverse("facilitation:together"), {"act": "pause"}, follow=True)
    assert "Tick the sessions first" in answer.content.decode()


def test_another_facilitators_sessions_are_not_paused(client, played):
    client.force_login(facilitator("erin"))
    told = {"act": "pause", "sure": "yes", "game": [str(played.game.pk)]}
    answer = client.post(reverse("facilitation:together"), told, follow=True)
    assert played.game.title not in answer.content.decode()
    assert played.again().deadline is not None


def test_a_duplicate_has_the_settings_and_nobody_in_it(room, played):
    post(room, played, "duplicate")
    made = Game.objects.latest("created_at")
    assert (made.review, made.seconds_per_turn, made.class_group) == (True, 600, "IR 101")
    assert Person.objects.filter(memberships__game=made).count() == 1
