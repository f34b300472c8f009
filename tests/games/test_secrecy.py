"""What a reader receives depends on nothing that they may not know."""

from __future__ import annotations

import json
import re

import pytest

from apps.accounts.models import Person
from apps.games import selectors, services
from apps.journal import store
from tests.games.cast import draft, table

pytestmark = pytest.mark.django_db
OTHERS = ("public", "seat:COR", "seat:OST")
CANARY = "canary-7f3a"
_ID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")
_TIME = re.compile(r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d[.\d]*\+00:00")


def received(game, audience):
    """Everything that an audience receives of a game, without random ids and wall-clock times."""
    room = selectors.room_for(game, audience)
    room.pop("game")
    events = [selectors.events_for(game, audience, turn) for turn in range(1, game.turn + 1)]
    text = json.dumps(
        [room, events], default=lambda value: getattr(value, "to_json", value.__str__)()
    )
    return _TIME.sub("TIME", _ID.sub("ID", text))


def plain(value):
    return value.to_json() if hasattr(value, "to_json") else str(value)


def quiet_marenne(played):
    """Marenne does nothing that anybody could see, and everybody else plays on."""
    draft(played.anna, "levy_toll")
    services.send_message(membership=played.anna, to=["OST"], text="To the Isles.")
    services.set_ready(membership=played.anna, ready=True)


def busy_marenne(played):
    """The same, while Marenne drafts, talks at home, reads, and changes its mind."""
    made = draft(played.ben, "trade_visit", parameters={"partner": "OST"}, intent=CANARY)
    services.save_draft(
        membership=played.ben,
        draft_id=made.pk,
        version=1,
        move="start_patrol",
        parameters={},
        intent=CANARY,
        expects=CANARY,
    )
    services.send_message(membership=played.ben, to=[], text=f"{CANARY}, at home")
    services.set_standing_orders(membership=played.ben)
    quiet_marenne(played)
    services.remove_draft(membership=played.ben, draft_id=made.pk)
    for number in range(3):
        services.send_message(membership=played.ben, to=[], text=f"{CANARY} {number}")


def test_another_seats_secrets_change_no_byte_that_others_receive():
    first = table()
    quiet_marenne(first)
    quiet = {audience: received(first.again(), audience) for audience in OTHERS}
    second = second_table()
    busy_marenne(second)
    busy = {audience: received(second.again(), audience) for audience in OTHERS}
    for audience in OTHERS:
        assert busy[audience] == quiet[audience], audience
    assert CANARY in received(second.again(), "seat:MAR")
    assert CANARY in received(second.again(), "facilitator")


def second_table():
    Person.objects.filter(username="dana").update(username="dana the first")
    return table()


def test_a_secret_order_moves_only_what_the_rules_reveal():
    """A patrol is secret in its first week: others see no order, and no cursor counts it."""
    played = table()
    draft(played.ben, "start_patrol", intent=CANARY, expects=CANARY)
    played.close()
    game = played.again()
    for audience in OTHERS:
        assert CANARY not in received(game, audience)
        accepted = [
            event
            for event in selectors.events_for(game, audience, 1)
            if event["kind"] == "OrderAccepted"
        ]
        assert accepted == []
    assert CANARY in received(game, "seat:MAR")


def test_intents_stay_with_their_team_after_the_turn():
    played = table()
    draft(played.anna, "levy_toll", intent=CANARY, expects=CANARY)
    played.close()
    played.close()
    game = played.again()
    for audience in ("public", "seat:MAR", "seat:OST"):
        assert CANARY not in received(game, audience)


def test_event_numbers_have_no_gaps_where_others_acted_in_secret():
    played = table()
    busy_marenne(played)
    numbers = [event["n"] for event in selectors.events_for(played.again(), "seat:OST")]
    assert numbers == list(range(1, len(numbers) + 1))


def test_a_cursor_counts_what_its_reader_could_see_and_nothing_else():
    played = table()
    before = {a: selectors.cursor_for(played.again(), a) for a in (*OTHERS, "seat:MAR")}
    draft(played.ben, "start_patrol")
    services.send_message(membership=played.ben, to=[], text="At home.")
    after = {a: selectors.cursor_for(played.again(), a) for a in (*OTHERS, "seat:MAR")}
    assert {a: after[a] - before[a] for a in after} == {
        "public": 0,
        "seat:COR": 0,
        "seat:OST": 0,
        "seat:MAR": 2,
    }


def test_the_seed_and_the_held_results_are_for_nobody_but_the_facilitator():
    played = table(seed=CANARY, review=True)
    draft(played.anna, "levy_toll")
    played.close()
    game = played.again()
    assert game.phase == "review"
    for audience in ("public", "seat:COR", "seat:MAR"):
        shown = received(game, audience)
        assert CANARY not in shown
        assert "TrackChanged" not in shown


def test_no_payload_of_the_journal_holds_personal_data():
    played = table()
    busy_marenne(played)
    played.close()
    names = set(Person.objects.exclude(display_name="").values_list("display_name", flat=True))
    assert names == {"Anna", "Ben", "Carla", "Cora"}
    for record in store.read(played.game.pk):
        text = json.dumps(record.payload)
        assert not [name for name in names if f'"{name}"' in text]
        assert "dana" not in text


def test_somebody_who_takes_no_part_sees_nothing():
    played = table()
    stranger = Person.objects.create_user(username="stranger", password="a long passphrase")
    assert selectors.audience_for(played.game, stranger) is None
    assert selectors.audience_for(played.game, played.dana) == "facilitator"
    assert selectors.audience_for(played.game, played.anna.person) == "seat:COR"
    services.remove_person(
        by=played.dana, game_id=played.game.pk, membership_id=played.anna.pk, reason="Left class"
    )
    assert selectors.audience_for(played.game, played.anna.person) is None


def test_people_in_names_exactly_those_who_see_an_audience():
    played = table()
    game = played.again()
    assert selectors.people_in(game, "seat:COR") == {
        str(played.anna.person_id),
        str(played.cora.person_id),
    }
    assert selectors.people_in(game, "facilitator") == {str(played.dana.pk)}
    admin = Person.objects.create_superuser(username="root", password="a long passphrase")
    assert str(admin.pk) in selectors.people_in(game, "facilitator")
