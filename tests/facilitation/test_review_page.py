"""The review by its page: facts, measures and dispatches are added, taken back, and previewed."""

from __future__ import annotations

import pytest
from django.urls import reverse

from apps.games import selectors, services
from apps.games.refusals import Refusal
from apps.games.sessions import session_for
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


@pytest.fixture
def room(client, held):
    client.force_login(held.dana)
    return client


def url(held, name="review", *more):
    return reverse(f"facilitation:{name}", args=[held.game.pk, *more])


def post(room, held, **data):
    return room.post(url(held), {"sure": "yes", "reason": "So decided", **data}, follow=True)


def release(held):
    services.release_results(by=held.dana, game_id=held.game.pk)
    assert verify_game(held.again()) == []


def options(room, held, name):
    return room.get(url(held)).context[name]


def test_a_fact_is_added(room, held):
    fact = options(room, held, "facts")[0]
    label, _sep, value = fact["values"][0][0].partition("=")
    number = {"value": "3"} if value == "number" else {}
    assert post(room, held, act="add", kind="fact", fact=f"{label}={value}", **number)
    added = store.read(held.game.pk, kinds=["EffectAdded"])[0].payload["effect"]
    assert added["fact"] == label.partition("[")[0]
    release(held)
    told = [
        r.payload for r in store.read(held.game.pk, kinds=["FactSet"]) if r.payload.get("amended")
    ]
    assert [one["name"] for one in told] == [label]


def test_a_measure_is_imposed_for_some_turns_and_lifted(room, held):
    value = options(room, held, "measures")[0][0]
    post(room, held, act="add", kind="measure", measure=value, do="impose", turns="2")
    release(held)
    measure = value.partition(":")[0]
    view = selectors.view_for(held.again(), "facilitator")
    standing = next(one for one in view["measures"] if one["id"] == measure)
    assert standing["until"] == 3
    held.close()
    post(room, held, act="add", kind="measure", measure=value, do="lift")
    release(held)
    view = selectors.view_for(held.again(), "facilitator")
    assert measure not in [one["id"] for one in view["measures"]]


def test_a_dispatch_reaches_only_whom_it_was_written_for(room, held):
    post(room, held, act="add", kind="dispatch", headline="Sealed orders", to=["COR"])
    release(held)

    def headlines(viewer):
        results = selectors.results_for(held.again(), viewer)
        return [e["payload"]["headline"] for e in results if e["kind"] == "DispatchPublished"]

    assert "Sealed orders" in headlines("seat:COR")
    assert "Sealed orders" not in headlines("seat:MAR")
    assert "Sealed orders" not in headlines("public")


def test_an_addition_is_known_to_those_who_see_its_figure(room, held):
    view = selectors.view_for(held.again(), "facilitator")
    public = selectors.view_for(held.again(), "public")
    seen = {track["id"] for track in public["tracks"]}
    hidden = [track["id"] for track in view["tracks"] if track["id"] not in seen]
    assert hidden
    post(room, held, act="add", kind="track", name=hidden[0], by="1")
    release(held)
    told = [r for r in store.read(held.game.pk, kinds=["TrackChanged"]) if r.payload.get("amended")]
    assert told
    assert all(record.audience != "public" for record in told)


@pytest.mark.parametrize(
    ("data", "words"),
    [
        ({"kind": "track", "name": "nothing", "by": "1"}, "indicators"),
        ({"kind": "track", "name": "tension", "by": "much"}, "number"),
        ({"kind": "track", "name": "tension", "by": "inf"}, "number"),
        ({"kind": "fact", "fact": "nothing=true"}, "facts"),
        ({"kind": "measure", "measure": "nothing:COR", "do": "impose"}, "measures"),
        ({"kind": "dispatch", "headline": "For nobody"}, "delegations"),
        ({"kind": "whatever"}, "Choose what to add"),
    ],
)
def test_what_cannot_be_added_is_refused_and_what_was_typed_stays(room, held, data, words):
    answer = post(room, held, act="add", **data)
    assert answer.status_code == 422
    assert words in answer.context["refusal"].sentence
    assert "So decided" in answer.content.decode() or data["kind"] == "whatever"


def test_a_measures_length_is_checked(room, held):
    value = options(room, held, "measures")[0][0]
    answer = post(room, held, act="add", kind="measure", measure=value, do="impose", turns="0")
    assert "1 to 100" in answer.context["refusal"].sentence


def test_an_amendment_is_taken_back_with_a_reason_and_both_stay_in_the_record(room, held):
    post(room, held, act="add", kind="track", name="tension", by="20")
    post(room, held, act="restore", number="0", reason="")
    assert len(session_for(held.again()).amendments) == 1
    post(room, held, act="restore", number="0", reason="A slip")
    assert session_for(held.again()).amendments == ()
    assert post(room, held, act="restore", number="0").status_code == 422
    kinds = [record.kind for record in store.read(held.game.pk)]
    assert kinds.count("EffectAdded") == kinds.count("AmendmentWithdrawn") == 1
    release(held)


def test_objectives_and_the_ending_are_measured_again(room, held):
    def objectives():
        return {
            (r.payload["seat"], r.payload["objective"]): r.payload["value"]
            for r in store.read(held.game.pk, kinds=["ObjectiveMeasured"])
        }

    ruled = {
        (e["payload"]["seat"], e["payload"]["objective"]): e["payload"]["value"]
        for e in session_for(held.again()).held
        if e["kind"] == "ObjectiveMeasured"
    }
    for track in selectors.view_for(held.again(), "facilitator")["tracks"]:
        post(room, held, act="add", kind="track", name=track["id"], by="30")
    release(held)
    released = objectives()
    assert released.keys() == ruled.keys()
    assert released != ruled


def test_without_an_amendment_the_release_is_what_the_rules_said(held):
    told = session_for(held.again()).held
    release(held)
    released = store.read(held.game.pk, kinds=["TurnAdjudicated"])[-1].payload
    assert released == next(e["payload"] for e in told if e["kind"] == "TurnAdjudicated")


def test_each_team_is_previewed_as_its_own_page_and_nothing_is_released(room, held):
    post(room, held, act="add", kind="dispatch", headline="Canary for Corvania", to=["COR"])
    before = held.again().sequence
    ours = room.get(url(held, "preview", "COR")).content.decode()
    theirs = room.get(url(held, "preview", "MAR")).content.decode()
    assert "Preview: what" in ours
    assert "Turn 2 of" in ours
    assert '<fieldset class="read-only" disabled>' in ours
    assert "Canary for Corvania" in ours
    assert "Canary for Corvania" not in theirs
    assert held.again().sequence == before
    assert room.get(url(held, "preview", "XXX")).status_code == 404


def test_the_preview_is_what_the_team_then_sees(room, held):
    post(room, held, act="add", kind="track", name="tension", by="7")
    preview = room.get(url(held, "preview", "COR")).context["fragments"]
    release(held)
    from apps.games.fragments import fragments_for

    fresh = fragments_for(held.again(), "seat:COR")
    parts = ("room-indicators", "room-measures", "room-objectives", "room-movers", "room-docket")
    assert {name: preview[name] for name in parts} == {name: fresh[name] for name in parts}


def test_there_is_nothing_to_preview_without_held_results(client):
    played = table(name="dora")
    client.force_login(played.dana)
    answer = client.get(reverse("facilitation:preview", args=[played.game.pk, "COR"]), follow=True)
    assert "No results are held back now." in answer.content.decode()


def test_the_service_refuses_a_figure_that_is_not_finite(held):
    with pytest.raises(Refusal):
        services.add_effect(
            by=held.dana,
            game_id=held.game.pk,
            effect={"track": "tension", "about": [], "by": float("inf")},
            reason="x",
        )


def row_of(room, held, title, holds):
    groups = room.get(url(held)).context["groups"]
    rows = next(group["rows"] for group in groups if group["title"] == title)
    return next(row for row in rows if holds(row))


def test_a_refused_amendment_shows_again_what_was_typed(room, held):
    row = row_of(room, held, "Indicators", lambda row: row["can_amend"] and row["number"])
    page = post(room, held, act="amend", index=row["index"], after="much", reason="Calm seas")
    assert page.status_code == 422
    assert page.content.decode().count('value="Calm seas"') == 1
    assert 'value="much"' in page.content.decode()


def test_a_refused_amendment_of_a_dispatch_keeps_its_lines(room, held):
    row = row_of(room, held, "News", lambda row: row["can_amend"])
    body = "The first line.\nThe second."
    page = post(room, held, act="amend", index=row["index"], headline="Fog", body=body, reason=" ")
    assert page.status_code == 422
    assert body in page.content.decode()
