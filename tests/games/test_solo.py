"""One person against doctrines: begun at once, played to the end, seen from every side."""

from __future__ import annotations

from datetime import timedelta

import orjson
import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from apps.accounts.models import Person
from apps.games import services
from apps.games.models import Game, Membership
from apps.games.refusals import Refusal
from apps.games.services.solo import open_solo_games, solo_games_left
from apps.games.tasks import delete_old_solo_games
from apps.journal import store
from apps.scenarios.library import load_scenario
from tests.games.cast import SCENARIO, facilitator, table

pytestmark = pytest.mark.django_db
KNOT = "korean_knot"


def alone(**options) -> Membership:
    options.setdefault("scenario", load_scenario(SCENARIO).document)
    options.setdefault("government", "MAR")
    options.setdefault("turns", 2)
    return services.create_solo_game(seed="a fixed seed", **options)


def play_on(member: Membership) -> None:
    """Be ready, and let the worker's task close the turn."""
    services.set_ready(membership=member, ready=True)
    turn = Game.objects.get(pk=member.game_id).turn
    assert services.close_turn(game_id=member.game_id, turn=turn, reason="all_ready")


def begin(client: Client, **fields):
    fields = {"scenario": KNOT, "government": "RUS", "turns": "3", "others": "first"} | fields
    return client.post(reverse("games:solo"), fields)


def test_a_visitor_is_in_the_room_of_the_chosen_government_with_one_press(client):
    assert "/solo/" in client.get("/").content.decode()
    answer = begin(client)
    game = Game.objects.get()
    assert answer.headers["Location"] == f"/games/{game.pk}/"
    page = client.get(answer.headers["Location"])
    assert page.status_code == 200
    text = page.content.decode()
    assert "Turn 1 of 3" in text
    assert "You play alone" in text
    modes = dict(game.seats.values_list("government", "mode"))
    assert modes.pop("RUS") == "people"
    assert len(modes) == 5
    assert set(modes.values()) == {"doctrine"}


def test_the_others_are_labeled_as_led_by_doctrine(client):
    begin(client)
    text = client.get(f"/games/{Game.objects.get().pk}/").content.decode()
    assert text.count("<span>doctrine</span>") == 5


def test_each_press_of_ready_closes_the_turn_and_the_last_ends_the_game():
    member = alone()
    play_on(member)
    assert Game.objects.get(pk=member.game_id).turn == 2
    play_on(member)
    game = Game.objects.get(pk=member.game_id)
    assert game.phase == "finished"
    assert game.ending
    orders = [r.payload for r in store.read(game.pk) if r.kind == "OrdersSubmitted"]
    led = {(told["seat"], told["by"]) for told in orders}
    assert led == {("MAR", "people"), ("COR", "doctrine"), ("OST", "doctrine")}


def test_the_journal_says_that_the_game_is_solo_and_says_nothing_of_it_elsewhere():
    first = next(iter(store.read(alone().game_id)))
    assert first.kind == "GameCreated"
    assert first.payload["solo"] is True
    assert "solo" not in next(iter(store.read(table().game.pk))).payload


def test_the_player_sees_every_side_in_the_replay_but_not_before_the_end(client):
    member = alone()
    client.force_login(member.person)
    address = reverse("replay:recording", args=[member.game_id])
    play_on(member)
    assert client.get(address, {"as": "seat:COR"}).status_code == 404
    assert client.get(address, {"as": "facilitator"}).status_code == 404
    play_on(member)
    for viewer in ("seat:COR", "seat:MAR", "facilitator", "public"):
        assert client.get(address, {"as": viewer}).status_code == 200
    room = client.get(reverse("games:room", args=[member.game_id])).content.decode()
    assert address in room
    assert "Play again" in room


def test_nobody_else_sees_the_replay_and_nobody_joins(client):
    member = alone()
    play_on(member)
    play_on(member)
    client.force_login(alone().person)
    assert client.get(reverse("replay:recording", args=[member.game_id])).status_code == 404
    with pytest.raises(Refusal, match="No open session"):
        services.join_game(code=member.game.join_code, display_name="Ben")


def test_doctrines_are_as_chosen_drawn_by_lot_or_the_first():
    usual = alone(scenario=load_scenario(KNOT).document, government="RUS")
    assert dict(usual.game.seats.values_list("government", "doctrine"))["US"] == "pressure"
    named = alone(
        scenario=load_scenario(KNOT).document, government="RUS", doctrines={"US": "engagement"}
    )
    assert dict(named.game.seats.values_list("government", "doctrine"))["US"] == "engagement"
    drawn = [
        dict(
            services.create_solo_game(
                scenario=load_scenario(KNOT).document, government="RUS", by_lot=True, seed=str(seed)
            ).game.seats.values_list("government", "doctrine")
        )["US"]
        for seed in range(12)
    ]
    assert len(set(drawn)) > 1


def test_leaving_and_coming_back_finds_the_game_on_the_front_page(client):
    begin(client)
    game = Game.objects.get()
    front = client.get("/").content.decode()
    assert f"/games/{game.pk}/" in front
    assert "Go on with another device" in client.get(f"/games/{game.pk}/").content.decode()


def test_a_game_that_is_given_up_is_replayed_and_not_played_on(client):
    begin(client)
    game = Game.objects.get()
    answer = client.post(reverse("games:give_up", args=[game.pk]))
    assert answer.headers["Location"] == reverse("replay:recording", args=[game.pk])
    assert client.get(answer.headers["Location"], {"as": "seat:US"}).status_code == 200
    room = client.get(reverse("games:room", args=[game.pk]))
    assert room.headers["Location"] == answer.headers["Location"]
    assert open_solo_games().count() == 0


def test_a_session_is_not_given_up_by_its_players():
    played = table()
    with pytest.raises(Refusal, match="Only the player"):
        services.give_up_solo_game(membership=played.anna)


def test_one_person_has_three_games_open_at_most(client):
    for _ in range(3):
        assert begin(client).status_code == 302
    answer = begin(client)
    assert answer.status_code == 422
    assert "You have 3 games alone open" in answer.content.decode()
    assert Game.objects.count() == 3


def test_the_server_holds_a_bounded_number_of_open_games(settings):
    settings.SOLO_GAMES = 1
    alone()
    assert solo_games_left() == 0
    page = Client().get(reverse("games:solo")).content.decode()
    assert "All places are taken" in page
    answer = begin(Client())
    assert answer.status_code == 422
    assert Game.objects.count() == 1
    assert Person.objects.count() == 1


def test_the_door_can_be_closed(settings, client):
    settings.SOLO_GAMES = 0
    assert "/solo/" not in client.get("/").content.decode()
    assert begin(client).status_code == 422


def test_one_address_begins_a_bounded_number_in_an_hour(monkeypatch):
    monkeypatch.setattr("apps.games.views.solo.STARTS", "2/h")
    answers = [begin(Client()).status_code for _ in range(3)]
    assert answers == [302, 302, 429]


def test_what_cannot_be_chosen_is_said_and_nothing_is_made(client):
    answer = begin(client, government="")
    assert answer.status_code == 422
    assert "Choose the government" in answer.content.decode()
    assert begin(client, turns="11").status_code == 422
    assert begin(client, doctrine_US="nonsense").status_code == 422
    assert begin(client, government="FRA").status_code == 422
    assert Game.objects.count() == 0
    assert Person.objects.count() == 0


def test_games_that_strangers_left_are_deleted_with_their_players(settings):
    left, kept, of_dana = alone(), alone(), alone(person=facilitator())
    long_ago = timezone.now() - timedelta(days=settings.SOLO_DAYS + 1)
    Game.objects.filter(pk__in=[left.game_id, of_dana.game_id]).update(created_at=long_ago)
    Membership.objects.filter(pk__in=[left.pk, of_dana.pk]).update(last_seen=long_ago)
    Game.objects.filter(pk=kept.game_id).update(created_at=long_ago)
    assert delete_old_solo_games() == 1
    assert set(Game.objects.values_list("pk", flat=True)) == {kept.game_id, of_dana.game_id}
    assert list(store.read(left.game_id)) == []
    left.person.refresh_from_db()
    assert not left.person.is_active


def test_a_solo_game_verifies_and_its_export_is_whole(client):
    member = alone()
    play_on(member)
    play_on(member)
    client.force_login(member.person)
    answer = client.get(reverse("replay:export", args=[member.game_id, "json"]))
    assert answer.status_code == 200
    saved = orjson.loads(b"".join(answer) if answer.streaming else answer.content)
    assert saved["game"]["turns"] == 2


def test_the_control_room_lists_no_strangers_games(client):
    admin = Person.objects.create_superuser(username="root", password="a long passphrase")
    member = alone()
    client.force_login(admin)
    assert str(member.game_id) not in client.get(reverse("facilitation:list")).content.decode()
    assert str(member.game_id) not in client.get(reverse("replay:gallery")).content.decode()
