"""What if: branches differ by what was changed and nothing else, and are games of their own."""

from __future__ import annotations

import pytest
from django.urls import reverse

from apps.accounts.models import Person
from apps.journal import store
from apps.replay import what_ifs
from apps.replay.branching import Changes, play_on
from apps.replay.chapters import chapters_for
from apps.replay.models import SavedGame, WhatIf, WhatIfRun
from apps.replay.sources import source_for
from apps.replay.verification import verified

pytestmark = pytest.mark.django_db
NO_ORDERS = Changes(orders={"MAR": []})


@pytest.fixture(autouse=True)
def no_worker(monkeypatch):
    """Nothing is sent: each test runs the seeds that it wants itself."""
    monkeypatch.setattr(what_ifs, "_send", lambda what_if: None)


def asked(played, *, turn=1, changes=NO_ORDERS, seeds=2) -> WhatIf:
    chapters_for(played.source)
    return what_ifs.ask(
        source=played.source,
        turn=turn,
        changes=changes,
        seeds=seeds,
        title="No patrol",
        by=played.facilitator,
    )


def arms(played, *changes, seed="s"):
    chapters_for(played.source)
    decided = what_ifs.decided_for(played.source, 1)
    return [
        play_on(played.source, decided, turn=1, changes=one, seed=seed, at=what_ifs.EPOCH)
        for one in changes
    ]


def engine_events(arm):
    return [
        (event.kind, event.payload)
        for event in arm.events
        if event.kind not in ("OfferMade", "OfferAccepted", "OfferDeclined")
    ]


def test_an_arm_without_changes_gives_what_was_played_in_that_turn(played):
    (arm,) = arms(played, Changes())
    before = [
        (record.kind, record.payload)
        for record in store.read(played.game.pk)
        if record.kind == "TrackChanged"
    ]
    first_turn = [(event.kind, event.payload) for event in arm.events][: len(arm.events)]
    replayed = [one for one in first_turn if one[0] == "TrackChanged"]
    assert replayed[0] == before[0]


def test_the_same_arm_twice_is_the_same_and_another_seed_is_not(played):
    one, other = arms(played, NO_ORDERS, NO_ORDERS)
    assert engine_events(one) == engine_events(other)
    assert one.session.state == other.session.state
    (elsewhere,) = arms(played, NO_ORDERS, seed="another")
    assert engine_events(elsewhere) != engine_events(one)


def test_a_question_runs_each_seed_once_and_is_done(played):
    question = asked(played)
    assert what_ifs.run_seed(what_if_id=question.pk, number=0)
    question.refresh_from_db()
    assert question.status == "running"
    assert not what_ifs.run_seed(what_if_id=question.pk, number=0)
    assert what_ifs.run_seed(what_if_id=question.pk, number=1)
    question.refresh_from_db()
    assert question.status == "done"
    assert [run.number for run in question.runs.all()] == [0, 1]
    assert {run.seed for run in question.runs.all()} == {"s", "s#1"}


def test_the_branch_under_the_games_own_seed_is_a_saved_game_that_verifies(played):
    question = asked(played)
    what_ifs.run_seed(what_if_id=question.pk, number=0)
    question.refresh_from_db()
    branch = source_for(question.saved_id)
    assert (branch.origin, branch.parent, branch.parent_turn) == ("branch", played.game.pk, 1)
    assert verified(store.read(branch.stream), branch.document, branch.seed) is None
    assert len(chapters_for(branch)) > 2
    parted = [line["what"] for line in question.parting]
    assert "Tension in the strait" in parted


def test_where_nothing_is_changed_in_effect_the_arms_never_part(played):
    question = asked(played, changes=Changes(orders={"OST": []}))
    what_ifs.run_seed(what_if_id=question.pk, number=0)
    question.refresh_from_db()
    run = question.runs.get()
    assert question.parting == []
    assert run.changed == run.unchanged


def test_a_changed_vote_changes_the_vote(played):
    draft = "conference-2-OST"
    question = asked(
        played, turn=3, changes=Changes(votes={draft: dict.fromkeys(("COR", "MAR"), "no")})
    )
    what_ifs.run_seed(what_if_id=question.pk, number=0)
    question.refresh_from_db()
    cast = {
        record.payload["member"]: record.payload["choice"]
        for record in store.read(question.saved_id)
        if record.kind == "VoteCast" and record.payload["draft"] == draft
    }
    assert (cast["COR"], cast["MAR"]) == ("no", "no")


def test_a_cancelled_question_runs_no_further(played):
    question = asked(played)
    what_ifs.cancel(what_if=question)
    assert not what_ifs.run_seed(what_if_id=question.pk, number=0)
    assert WhatIfRun.objects.count() == 0
    question.refresh_from_db()
    assert question.status == "cancelled"


def test_a_turn_that_was_not_closed_cannot_be_branched_from(played):
    for turn in (0, 4, 99):
        with pytest.raises(what_ifs.NoSuchTurn):
            asked(played, turn=turn)


def test_one_person_cannot_keep_every_worker_busy(client, played):
    for _ in range(what_ifs.MOST_AT_ONCE):
        asked(played)
    with pytest.raises(what_ifs.TooMany, match="Stop one"):
        asked(played)
    client.force_login(played.facilitator)
    url = reverse("replay:what_if", args=[played.game.pk])
    answer = client.post(url, form(**{"keep-MAR-0": None}))
    assert "still running" in answer.content.decode()
    what_ifs.cancel(what_if=WhatIf.objects.first())
    assert asked(played).status == "waiting"


def test_a_run_that_fails_is_said_in_words_and_leaves_no_half(played, monkeypatch):
    question = asked(played)

    def broken(*args, **kwargs):
        raise RuntimeError("boom")

    monkeypatch.setattr(what_ifs, "play_on", broken)
    assert not what_ifs.run_seed(what_if_id=question.pk, number=0)
    question.refresh_from_db()
    assert question.status == "failed"
    assert "RuntimeError" in question.trouble
    assert not SavedGame.objects.exists()


def form(**changes):
    kept = {"keep-COR-0": "on", "keep-MAR-0": "on", "seeds": "10", "turn": "1"}
    return {key: value for key, value in (kept | changes).items() if value is not None}


def test_the_page_asks_and_shows_the_runs(client, played):
    client.force_login(played.facilitator)
    url = reverse("replay:what_if", args=[played.game.pk])
    page = client.get(f"{url}?turn=1").content.decode()
    assert "Send a patrol into the narrows" in page
    answer = client.post(url, form(**{"keep-MAR-0": None}))
    question = WhatIf.objects.get()
    assert answer.url == reverse("replay:runs", args=[question.pk])
    assert question.changes["orders"] == {"MAR": []}
    assert question.title == "Turn 1: Marenne: no orders"
    assert "0 of 10 run" in client.get(answer.url).content.decode()
    what_ifs.run_seed(what_if_id=question.pk, number=0)
    runs = client.get(answer.url).content.decode()
    assert "1 of 10 run" in runs
    assert "Where they part" in runs
    assert "same seeds" in runs
    client.post(reverse("replay:cancel_runs", args=[question.pk]))
    assert "Stopped after 1 of 10" in client.get(answer.url).content.decode()


def test_an_order_is_added_with_its_parameters_and_an_impossible_one_is_refused(client, played):
    client.force_login(played.facilitator)
    url = reverse("replay:what_if", args=[played.game.pk])
    fields = client.get(
        reverse("replay:move_fields", args=[played.game.pk])
        + "?turn=1&seat=OST&add-OST=trade_visit"
    ).content.decode()
    assert 'name="p-OST-partner"' in fields
    client.post(
        url,
        form(**{"add-OST": "trade_visit", "p-OST-partner": "MAR", "p-OST-barrels": "20"}),
    )
    (order,) = WhatIf.objects.get().changes["orders"]["OST"]
    assert order["parameters"] == {"partner": "MAR", "barrels": 20.0}
    for wrong in (
        {"add-OST": "levy_toll"},
        {"add-OST": "trade_visit", "p-OST-partner": "OST"},
        {"add-OST": "trade_visit", "p-OST-partner": "MAR", "p-OST-barrels": "-5"},
    ):
        answer = client.post(url, form(**wrong))
        assert answer.status_code == 422
        assert "Not asked yet" in answer.content.decode()
    assert WhatIf.objects.count() == 1


def test_nothing_changed_is_nothing_asked(client, played):
    client.force_login(played.facilitator)
    answer = client.post(reverse("replay:what_if", args=[played.game.pk]), form())
    assert answer.status_code == 422
    assert "Change something" in answer.content.decode()


def test_players_and_strangers_ask_nothing_and_see_no_runs(client, played):
    question = asked(played)
    urls = [
        reverse("replay:what_if", args=[played.game.pk]),
        reverse("replay:runs", args=[question.pk]),
    ]
    client.force_login(played.players["COR"].person)
    assert [client.get(url).status_code for url in urls] == [403, 404]
    client.force_login(Person.objects.create_user(username="other", password="pw"))
    assert [client.get(url).status_code for url in urls] == [404, 404]
