"""Results held back, amended with reasons, released: both layers stay."""

from __future__ import annotations

import pytest

from apps.games import selectors, services
from apps.games.refusals import Refusal
from apps.games.verifying import verify_game
from apps.journal import store
from tests.games.cast import draft, table

pytestmark = pytest.mark.django_db


@pytest.fixture
def held():
    played = table(review=True)
    draft(played.anna, "levy_toll")
    played.all_ready()
    played.close()
    return played


def place(played, kind, **about):
    """The index of the first held event of a kind with these payload values."""
    events = selectors.room_for(played.again(), "facilitator")["held"]
    for index, event in enumerate(events):
        if event["kind"] == kind and about.items() <= event["payload"].items():
            return index
    raise AssertionError(f"no {kind} {about} was held")


def value(played, name):
    view = selectors.view_for(played.again(), "facilitator")
    return next(track["value"] for track in view["tracks"] if track["id"] == name)


def test_results_wait_for_the_facilitator(held):
    game = held.again()
    assert (game.phase, game.turn) == ("review", 1)
    assert selectors.results_for(game, "seat:COR", 1) == []
    services.release_results(by=held.dana, game_id=game.pk)
    game = held.again()
    assert (game.phase, game.turn) == ("orders", 2)
    assert selectors.results_for(game, "seat:COR")
    assert verify_game(game) == []


def test_an_amended_indicator_ends_where_the_facilitator_put_it(held):
    before = value(held, "tension")
    index = place(held, "TrackChanged", name="tension")
    event = selectors.room_for(held.again(), "facilitator")["held"][index]
    services.amend_effect(
        by=held.dana,
        game_id=held.game.pk,
        index=index,
        changes={"after": event["payload"]["before"]},
        reason="The fleet was in port",
    )
    services.release_results(by=held.dana, game_id=held.game.pk)
    ruled = [
        e["payload"]
        for e in store.read(held.game.pk, kinds=["ResultsHeld"])[0].payload["events"]
        if e["kind"] == "TrackChanged" and e["payload"]["name"] == "tension"
    ]
    assert value(held, "tension") == before + sum(
        change["after"] - change["before"] for change in ruled[1:]
    )
    told = store.read(held.game.pk, kinds=["EffectAmended"])[0]
    assert (told.payload["reason"], told.audience) == ("The fleet was in port", "facilitator")
    assert verify_game(held.again()) == []


def test_a_struck_effect_never_happened(held):
    before = value(held, "relation[COR, MAR]")
    events = selectors.room_for(held.again(), "facilitator")["held"]
    for index, event in enumerate(events):
        if event["kind"] == "TrackChanged" and event["payload"]["name"] == "relation[COR, MAR]":
            services.strike_effect(
                by=held.dana, game_id=held.game.pk, index=index, reason="Nobody noticed"
            )
    services.release_results(by=held.dana, game_id=held.game.pk)
    assert value(held, "relation[COR, MAR]") == before
    assert verify_game(held.again()) == []


def test_an_added_effect_comes_on_top_of_what_the_rules_said(held):
    services.add_effect(
        by=held.dana,
        game_id=held.game.pk,
        effect={"track": "shipping", "about": [], "by": -500},
        reason="A storm at sea",
    )
    services.add_effect(
        by=held.dana,
        game_id=held.game.pk,
        effect={"headline": "Storm off Veld", "body": "Two ships are missing."},
        reason="A storm at sea",
    )
    services.release_results(by=held.dana, game_id=held.game.pk)
    assert value(held, "shipping") == 0
    results = selectors.results_for(held.again(), "public")
    headlines = [e["payload"]["headline"] for e in results if e["kind"] == "DispatchPublished"]
    assert "Storm off Veld" in headlines
    assert verify_game(held.again()) == []


@pytest.mark.parametrize(
    ("index", "changes", "reason", "code"),
    [
        (9999, {"after": 1}, "x", "no_such_effect"),
        (-1, {"after": 1}, "x", "no_such_effect"),
        ("TrackChanged", {"before": 1}, "x", "not_amendable"),
        ("TrackChanged", {"after": "much"}, "x", "not_a_number"),
        ("TrackChanged", {"after": float("nan")}, "x", "not_a_number"),
        ("TurnAdjudicated", {"digest": "x"}, "x", "not_amendable"),
        ("TrackChanged", {"after": 1}, " ", "words_missing"),
    ],
)
def test_what_cannot_be_amended_is_refused_by_name(held, index, changes, reason, code):
    where = place(held, index) if isinstance(index, str) else index
    with pytest.raises(Refusal) as refused:
        services.amend_effect(
            by=held.dana, game_id=held.game.pk, index=where, changes=changes, reason=reason
        )
    assert refused.value.code == code


def test_a_players_task_cannot_close_a_turn_under_review(held):
    assert not held.close(1)
    with pytest.raises(Refusal) as refused:
        services.release_results(by=held.anna.person, game_id=held.game.pk)
    assert refused.value.code == "not_allowed"
