"""Messages, statements, offers and votes."""

from __future__ import annotations

import uuid

import pytest

from apps.games import selectors, services
from apps.games.models import Message
from apps.games.refusals import Refusal
from apps.journal import store
from tests.games.cast import draft, table

pytestmark = pytest.mark.django_db
PARTIES = {"north": "COR", "south": "MAR"}


def refused(act):
    with pytest.raises(Refusal) as refusal:
        act()
    return refusal.value.code


def offer(played, **options):
    return services.make_offer(
        membership=played.ben, agreement="lanterns_accord", parties=PARTIES, **options
    )


def test_a_message_reaches_its_readers_and_nobody_else():
    played = table()
    thread = services.send_message(membership=played.ben, to=["OST"], text="Between us.")
    assert thread == "seats:MAR,OST"
    game = played.again()
    assert [t["thread"] for t in selectors.threads_for(game, "seat:OST")] == [thread]
    assert selectors.threads_for(game, "seat:COR") == []
    assert selectors.threads_for(game, "public") == []
    assert len(selectors.threads_for(game, "facilitator")) == 1


def test_unread_counts_others_messages_until_they_are_read():
    played = table()
    thread = services.send_message(membership=played.ben, to=["OST"], text="One")
    services.send_message(membership=played.ben, to=["OST"], text="Two")
    assert selectors.unread_for(played.carla) == {thread: 2}
    assert selectors.unread_for(played.ben) == {}
    last = Message.objects.latest("sequence").sequence
    services.mark_read(membership=played.carla, thread=thread, sequence=last)
    assert selectors.unread_for(played.carla) == {}


def test_older_messages_are_paged():
    played = table()
    for number in range(5):
        services.send_message(membership=played.ben, to=[], text=f"note {number}")
    page = selectors.threads_for(played.again(), "seat:MAR", limit=2)[0]
    assert ([m["text"] for m in page["messages"]], page["more"]) == (["note 3", "note 4"], True)
    older = selectors.threads_for(
        played.again(), "seat:MAR", limit=9, before=page["messages"][0]["number"]
    )[0]
    assert ([m["text"] for m in older["messages"]][-1], older["more"]) == ("note 2", False)


def test_a_statement_is_read_by_everybody():
    played = table()
    services.publish_statement(membership=played.ben, text="Ships pass freely.")
    shown = selectors.statements_for(played.again(), "public")
    assert [(s["sender"], s["text"]) for s in shown] == [("MAR", "Ships pass freely.")]


def test_an_accepted_offer_is_an_agreement_when_the_turn_closes():
    played = table()
    made = offer(played, text="Lanterns are cheaper than patrols.")
    assert selectors.offers_for(played.again(), "seat:COR")[0]["can_answer"]
    assert selectors.offers_for(played.again(), "seat:OST") == []
    services.accept_offer(membership=played.anna, offer_id=made, text="Agreed.")
    assert selectors.offers_for(played.again(), "seat:MAR")[0]["status"] == "accepted"
    played.close()
    ledger = selectors.ledger_for(played.again(), "public")
    assert {promise["agreement"] for promise in ledger} == {"lanterns_accord"}
    assert len(ledger) == 3


def test_an_offer_is_declined_countered_or_withdrawn_once():
    played = table()
    first = offer(played)
    services.decline_offer(membership=played.anna, offer_id=first)
    assert (
        refused(lambda: services.accept_offer(membership=played.anna, offer_id=first))
        == "offer_closed"
    )
    second = offer(played)
    third = services.counter_offer(
        membership=played.anna, offer_id=second, agreement="lanterns_accord", parties=PARTIES
    )
    statuses = {o["id"]: o["status"] for o in selectors.offers_for(played.again(), "seat:MAR")}
    assert statuses == {str(first): "declined", str(second): "countered", str(third): "open"}
    services.withdraw_offer(membership=played.anna, offer_id=third)
    played.close()
    assert store.read(played.game.pk, kinds=["AgreementMade"]) == []


def test_an_offer_that_nobody_answered_runs_out():
    played = table()
    made = offer(played, open_for=2)
    played.close()
    assert selectors.offers_for(played.again(), "seat:COR")[0]["status"] == "open"
    played.close()
    assert selectors.offers_for(played.again(), "seat:COR")[0]["status"] == "expired"
    assert (
        refused(lambda: services.accept_offer(membership=played.anna, offer_id=made))
        == "offer_closed"
    )


def test_offers_that_cannot_be_are_refused_by_name():
    played = table()
    made = offer(played)
    assert refused(lambda: offer(played)) == "offer_stands"
    assert (
        refused(
            lambda: services.make_offer(membership=played.ben, agreement="peace", parties=PARTIES)
        )
        == "no_such_agreement"
    )
    assert (
        refused(
            lambda: services.make_offer(
                membership=played.ben,
                agreement="lanterns_accord",
                parties={"north": "OST", "south": "MAR"},
            )
        )
        == "bad_party"
    )
    assert (
        refused(
            lambda: services.make_offer(
                membership=played.carla, agreement="lanterns_accord", parties=PARTIES
            )
        )
        == "not_a_party"
    )
    assert (
        refused(lambda: services.accept_offer(membership=played.ben, offer_id=made)) == "not_asked"
    )
    assert (
        refused(lambda: services.withdraw_offer(membership=played.anna, offer_id=made))
        == "not_yours"
    )
    assert (
        refused(lambda: services.accept_offer(membership=played.anna, offer_id=uuid.uuid4()))
        == "offer_closed"
    )


def test_a_vote_is_instructed_and_counted_when_the_draft_comes_up():
    played = table()
    draft(
        played.ben,
        "table_draft",
        parameters={"clauses": ["lighthouse"]},
    )
    played.close()
    docket = selectors.view_for(played.again(), "seat:OST")["docket"]
    assert len(docket) == 1
    services.cast_vote(
        membership=played.carla, draft=docket[0]["draft"], choice="no", explanation="Ask us first."
    )
    services.cast_vote(
        membership=played.carla, draft=docket[0]["draft"], choice="yes", explanation="You asked."
    )
    votes = selectors.orders_for(played.again(), "OST")["votes"]
    assert votes[docket[0]["draft"]]["choice"] == "yes"
    assert selectors.orders_for(played.again(), "COR")["votes"] == {}
    played.close()
    cast = {r.payload["member"]: r.payload for r in store.read(played.game.pk, kinds=["VoteCast"])}
    assert (cast["OST"]["choice"], cast["OST"]["by"]) == ("yes", "people")
    assert cast["HAR"]["by"] == "doctrine"


def test_votes_that_cannot_be_are_refused_by_name():
    played = table()
    assert (
        refused(lambda: services.cast_vote(membership=played.carla, draft="none", choice="yes"))
        == "no_such_draft"
    )
    assert (
        refused(lambda: services.cast_vote(membership=played.carla, draft="none", choice="maybe"))
        == "no_such_choice"
    )
