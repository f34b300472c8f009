"""Studies: asked, played in batches, counted once, cancelled, resumed."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from apps.scenarios.library import load_scenario
from apps.simulation import enqueue, services
from apps.simulation.local import play_here
from apps.simulation.models import Batch, Study
from apps.simulation.results import played_of
from apps.simulation.selectors import findings_of, progress_of
from apps.simulation.services import Question
from apps.simulation.variants import knobs_of

pytestmark = pytest.mark.django_db
VELD = load_scenario("strait_of_veld").document


@pytest.fixture(autouse=True)
def sent(monkeypatch: pytest.MonkeyPatch) -> list[list[int]]:
    """The batches that were sent to the workers, which play nothing here."""
    calls: list[list[int]] = []
    monkeypatch.setattr(enqueue, "send", lambda ids: calls.append(list(ids)))
    return calls


def ask(**changes: Any) -> Study:
    content = {
        "title": "Veld",
        "scenario": "strait_of_veld",
        "document": VELD,
        "games": 45,
        "seed": "s",
        **changes,
    }
    return services.create_study(by=None, question=Question(**content))


def batches_of(study: Study) -> list[Batch]:
    return list(Batch.objects.filter(arm__study=study).order_by("pk"))


def play_all(study: Study) -> Study:
    for batch in batches_of(study):
        services.run_batch(batch_id=batch.pk)
    study.refresh_from_db()
    return study


def test_a_study_is_sent_in_batches_on_commit(
    sent: list[list[int]], django_capture_on_commit_callbacks: Any
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        study = ask()
        assert sent == []
    assert sent == [[batch.pk for batch in batches_of(study)]]
    assert [batch.count for batch in batches_of(study)] == [20, 20, 5]


def test_a_long_study_has_some_twenty_batches_and_a_short_one_none_too_small() -> None:
    assert [services.batch_size(games) for games in (45, 400, 1_000, 20_000)] == [20, 20, 50, 100]


def test_a_worker_plays_one_variant_after_the_other() -> None:
    """The rules of a variant are compiled once where its batches come in a row."""
    study = ask(kind=Study.Kind.TORNADO, games=40, outcome="track:tension", knobs=("start",))
    arms = dict(Batch.objects.filter(arm__study=study).values_list("pk", "arm__number"))
    sent = [arms[key] for key in services._unfinished(study)]
    assert sent == sorted(sent)
    assert len(sent) > len(set(sent))


def test_the_last_batch_writes_the_results() -> None:
    study = ask()
    first, *others = batches_of(study)
    assert services.run_batch(batch_id=first.pk)
    study.refresh_from_db()
    assert study.status == Study.Status.RUNNING
    assert progress_of(study)["done"] == 20
    for batch in others:
        services.run_batch(batch_id=batch.pk)
    study.refresh_from_db()
    assert study.status == Study.Status.DONE
    assert json.loads(study.results)["arms"][0]["games"] == 45


def test_workers_play_what_one_process_plays() -> None:
    study = play_all(ask())
    arm = study.arms.get()
    assert played_of(arm) == play_here(VELD, "s", 45)


def test_a_batch_that_runs_twice_is_counted_once() -> None:
    study = ask(games=20)
    (batch,) = batches_of(study)
    assert services.run_batch(batch_id=batch.pk)
    results = Study.objects.get().results
    assert not services.run_batch(batch_id=batch.pk)
    assert progress_of(study)["done"] == 20
    assert Study.objects.get().results == results


def test_two_runs_of_one_batch_at_once_count_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """The second run began before the first was counted, and finishes after it."""
    study = ask(games=20)
    (batch,) = batches_of(study)
    really = services.play_batch

    def overtaken(*args: Any, **kwargs: Any) -> Any:
        monkeypatch.setattr(services, "play_batch", really)
        assert services.run_batch(batch_id=batch.pk)
        return really(*args, **kwargs)

    monkeypatch.setattr(services, "play_batch", overtaken)
    assert not services.run_batch(batch_id=batch.pk)
    assert progress_of(study)["done"] == 20


def test_a_cancelled_study_keeps_what_was_played() -> None:
    study = ask()
    first, second, _ = batches_of(study)
    services.run_batch(batch_id=first.pk)
    assert services.cancel_study(study_id=study.pk)
    assert not services.cancel_study(study_id=study.pk)
    assert not services.run_batch(batch_id=second.pk)
    study.refresh_from_db()
    assert progress_of(study) | {"resumable": True} == progress_of(study)
    findings = findings_of(study)
    assert findings is not None
    assert findings["arms"][0]["games"] == 20


def test_a_study_cancelled_within_a_batch_does_not_count_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    study = ask(games=20)
    (batch,) = batches_of(study)
    really = services._Stopped.__call__

    def cancelled_on_the_way(self: Any) -> bool:
        if self.asked == 3:
            services.cancel_study(study_id=study.pk)
        return really(self)

    monkeypatch.setattr(services._Stopped, "__call__", cancelled_on_the_way)
    assert not services.run_batch(batch_id=batch.pk)
    assert progress_of(study)["done"] == 0


def test_resuming_sends_what_is_not_counted(
    sent: list[list[int]], django_capture_on_commit_callbacks: Any
) -> None:
    study = ask()
    first, *others = batches_of(study)
    services.run_batch(batch_id=first.pk)
    services.cancel_study(study_id=study.pk)
    with django_capture_on_commit_callbacks(execute=True):
        assert services.resume_study(study_id=study.pk) == 2
    assert sent[-1] == [batch.pk for batch in others]
    assert play_all(study).status == Study.Status.DONE
    assert services.resume_study(study_id=study.pk) == 0


def test_a_study_that_stands_still_is_sent_again(
    sent: list[list[int]], django_capture_on_commit_callbacks: Any
) -> None:
    study = ask()
    assert services.resume_stalled() == 0
    Study.objects.update(moved_at=timezone.now() - timedelta(minutes=5))
    with django_capture_on_commit_callbacks(execute=True):
        assert services.resume_stalled() == 1
    assert len(sent[-1]) == len(batches_of(study))


def test_a_fault_ends_the_study_with_its_reason() -> None:
    study = ask(games=20, seats={"COR": "pirates"})
    services.run_batch(batch_id=batches_of(study)[0].pk)
    study.refresh_from_db()
    assert study.status == Study.Status.FAILED
    assert "COR has no doctrine pirates" in study.error


def test_two_versions_are_compared_under_the_same_dice() -> None:
    other = json.loads(json.dumps(VELD))
    other["tracks"]["tension"]["start"] = 60
    study = play_all(ask(kind=Study.Kind.COMPARE, games=20, other=other))
    rows = {row["outcome"]: row for row in json.loads(study.results)["differences"]}
    assert rows["track:tension"]["difference"]["mean"] > 0
    assert rows["track:tension"]["clear"]


def test_a_scenario_compared_with_itself_shows_no_difference() -> None:
    study = play_all(ask(kind=Study.Kind.COMPARE, games=20, other=VELD))
    for row in json.loads(study.results)["differences"]:
        assert row["difference"]["mean"] == 0
        assert not row["clear"]


def test_a_tornado_turns_every_number_both_ways() -> None:
    study = play_all(
        ask(kind=Study.Kind.TORNADO, games=4, outcome="track:tension", knobs=("start",))
    )
    variant = Batch.objects.filter(arm__study=study, arm__number=1).get()
    assert list(json.loads(variant.result)) == ["outcomes"], "a variant's games are not kept whole"
    tornado = json.loads(study.results)["tornado"]
    knobs = {knob.id for knob in knobs_of(VELD, ("start",))}
    assert {bar["id"] for bar in tornado["bars"]} == knobs
    assert tornado["bars"][0]["id"] == "tension"
    assert tornado["bars"][0]["more"]["difference"]["mean"] > 0


def test_a_study_keeps_the_document_that_it_was_asked_of() -> None:
    document = json.loads(json.dumps(VELD))
    study = ask(document=document)
    document["tracks"]["tension"]["start"] = 99
    assert study.document() == VELD


def test_deleting_leaves_nothing() -> None:
    study = ask()
    services.delete_study(study_id=study.pk)
    assert not Study.objects.exists()
    assert not Batch.objects.exists()
