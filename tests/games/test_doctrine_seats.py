"""Seats that a doctrine leads in place of people."""

from __future__ import annotations

import pytest

from apps.accounts.models import Person
from apps.games import selectors, services
from apps.games.session.state import OpenOffer
from apps.games.verifying import verify_game
from apps.journal import store
from tests.games.cast import table

pytestmark = pytest.mark.django_db
PARTIES = {"north": "COR", "south": "MAR"}


def hand_all(played, *governments):
    for government in governments:
        services.hand_seat(
            by=played.dana, game_id=played.game.pk, government=government, mode="doctrine"
        )


def test_a_seat_led_by_doctrine_gives_orders_with_its_reasons():
    played = table()
    hand_all(played, "COR")
    played.close()
    submitted = [
        record.payload
        for record in store.read(played.game.pk, kinds=["OrdersSubmitted"])
        if record.payload["seat"] == "COR"
    ]
    assert [(given["by"], bool(given["orders"])) for given in submitted] == [("doctrine", True)]
    assert all(order["intent"] for order in submitted[0]["orders"])


def test_a_whole_game_led_by_doctrines_runs_to_its_end_and_verifies():
    played = table(turns=6)
    hand_all(played, "COR", "MAR", "OST")
    while played.close():
        pass
    game = played.again()
    assert game.phase == "finished"
    assert verify_game(game) == []


def test_doctrines_alone_give_the_same_game_twice_under_one_seed():
    digests = []
    for _ in range(2):
        Person.objects.filter(username="dana").update(username=f"dana {len(digests)}")
        played = table(turns=4)
        hand_all(played, "COR", "MAR", "OST")
        while played.close():
            pass
        turns = store.read(played.game.pk, kinds=["TurnAdjudicated"])
        digests.append([record.payload["digest"] for record in turns])
    assert digests[0] == digests[1]
    assert len(digests[0]) == 4


def test_offers_are_ranked_by_what_they_say_and_not_by_their_random_ids():
    offers = [
        OpenOffer("lanterns_accord", proposer, {"north": "COR", "south": "MAR"}, (), 2)
        for proposer in ("MAR", "COR")
    ]
    for given in (offers, offers[::-1]):
        ranked = sorted(given, key=lambda offer: offer.rank)
        assert [offer.proposer for offer in ranked] == ["COR", "MAR"]


def test_an_offer_to_a_doctrine_is_answered_at_once_with_its_reason():
    played = table()
    hand_all(played, "COR")
    services.make_offer(membership=played.ben, agreement="lanterns_accord", parties=PARTIES)
    shown = selectors.offers_for(played.again(), "seat:MAR")[0]
    assert shown["status"] in {"accepted", "declined"}
    assert shown["answer_text"]


def test_a_doctrine_makes_offers_of_its_own_and_says_nothing_twice():
    played = table()
    hand_all(played, "COR", "MAR")
    played.close()
    played.close()
    played.close()
    offered = store.read(played.game.pk, kinds=["OfferMade"])
    assert {record.payload["proposer"] for record in offered} == {"MAR"}
    said = [r.payload["text"] for r in store.read(played.game.pk, kinds=["StatementPublished"])]
    assert said
    assert len(said) == len(set(said))


def test_an_absent_delegation_is_led_by_its_doctrine_for_that_turn_alone():
    played = table()
    services.set_absence(
        by=played.dana, game_id=played.game.pk, government="OST", policy="doctrine"
    )
    played.close()
    by = [
        record.payload["by"]
        for record in store.read(played.game.pk, kinds=["OrdersSubmitted"])
        if record.payload["seat"] == "OST"
    ]
    assert by == ["doctrine"]
    seats = {seat["government"]: seat["mode"] for seat in selectors.seats_for(played.again())}
    assert seats["OST"] == "people"


def test_a_built_in_doctrine_may_lead_any_seat():
    played = table()
    services.hand_seat(
        by=played.dana,
        game_id=played.game.pk,
        government="OST",
        mode="doctrine",
        doctrine="random",
    )
    assert played.close()
    assert verify_game(played.again()) == []


def moves_of(played, government):
    return [
        order["move"]
        for record in store.read(played.game.pk, kinds=["OrdersSubmitted"])
        if record.payload["seat"] == government
        for order in record.payload["orders"]
    ]


@pytest.mark.parametrize("allowed", [False, True])
def test_a_doctrine_does_what_cannot_be_undone_only_where_it_may(allowed):
    """Corvania's hard line lays mines as soon as its council lets it."""
    played = table(turns=6)
    hand_all(played, "MAR", "OST")
    services.hand_seat(
        by=played.dana,
        game_id=played.game.pk,
        government="COR",
        mode="doctrine",
        doctrine="hard_shore",
        irreversible=allowed,
    )
    while played.close():
        pass
    moves = moves_of(played, "COR")
    assert "start_patrol" in moves
    assert ("lay_mines" in moves) is allowed
    assert verify_game(played.again()) == []


def test_the_permission_ends_with_the_handing_over():
    played = table()
    told = {"by": played.dana, "game_id": played.game.pk, "government": "COR"}
    services.hand_seat(**told, mode="doctrine", doctrine="hard_shore", irreversible=True)
    services.hand_seat(**told, mode="people")
    services.hand_seat(**told, mode="doctrine", doctrine="hard_shore")
    payloads = [r.payload for r in store.read(played.game.pk, kinds=["SeatHandedOver"])]
    assert [told.get("irreversible", False) for told in payloads] == [True, False, False]
    played.close()
    assert "lay_mines" not in moves_of(played, "COR")
