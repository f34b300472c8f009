"""What can be done with studies: ask, play a batch, cancel, resume, delete.

Every batch is counted once, whoever plays it and however often: its result is written by one
conditional update, and a batch that is played again gives the same games.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

import orjson
import structlog
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from apps.accounts.models import Person
from apps.engine import Ruleset
from apps.scenarios.library import ruleset_for
from apps.simulation import enqueue
from apps.simulation.batches import play_batch, ranges
from apps.simulation.models import Arm, Batch, Study
from apps.simulation.results import kept_of, results_of
from apps.simulation.variants import Kind, knobs_of

log = structlog.get_logger(__name__)

BATCH_GAMES = (20, 100)
"""Fewest and most games of a batch: a second or two of work, far below the broker's visibility
timeout. A study is cut into some twenty, so that its progress is seen and every worker has part."""
CHECK_EVERY = 5
"""How many games are played between two looks at whether the study was cancelled."""
STALLED_AFTER = timedelta(seconds=60)
"""A running study in which no batch finished for so long is sent to the workers again."""


KEPT_ARMS = 4
_rulesets: dict[tuple[Any, int], Ruleset] = {}


@dataclass(frozen=True, slots=True)
class Question:
    """What a study asks."""

    title: str
    scenario: str
    document: Mapping[str, Any]
    games: int
    seed: str
    kind: str = Study.Kind.GAMES
    turns: int | None = None
    seats: Mapping[str, str] = field(default_factory=dict)
    other: Mapping[str, Any] | None = None
    outcome: str = ""
    knobs: tuple[Kind, ...] = ("start", "rule")


@transaction.atomic
def create_study(*, by: Person | None, question: Question) -> Study:
    """Makes a study with its arms and batches, and sends the batches to the workers on commit."""
    documents = [question.document, *([question.other] if question.other else [])]
    study = Study.objects.create(
        title=question.title,
        kind=question.kind,
        scenario=question.scenario,
        documents=json.dumps(documents, ensure_ascii=False),
        seed=question.seed,
        games=question.games,
        turns=question.turns,
        seats=dict(question.seats),
        outcome=question.outcome,
        created_by=by,
    )
    size = batch_size(question.games)
    for number, (label, change) in enumerate(_arms(question)):
        arm = Arm.objects.create(study=study, number=number, label=label, change=change)
        Batch.objects.bulk_create(
            Batch(arm=arm, first=numbers.start, count=len(numbers))
            for numbers in ranges(question.games, size)
        )
    enqueue.send_on_commit(_unfinished(study))
    return study


def batch_size(games: int) -> int:
    """How many games of an arm one batch plays."""
    fewest, most = BATCH_GAMES
    return max(fewest, min(most, games // 20))


def _arms(question: Question) -> list[tuple[str, dict[str, Any]]]:
    arms: list[tuple[str, dict[str, Any]]] = [("As it is", {})]
    if question.kind == Study.Kind.COMPARE:
        arms.append(("Compared", {"document": 1}))
    elif question.kind == Study.Kind.TORNADO:
        for knob in knobs_of(question.document, question.knobs):
            for direction, word in ((-1, "less"), (1, "more")):
                change = {**knob.to_json(), "direction": direction}
                arms.append((f"{knob.title}: {word}"[:200], change))
    return arms


def _unfinished(study: Study) -> list[int]:
    """The batches that are not counted, as they are sent.

    Arm by arm: the rules of an arm are compiled once where a worker plays its batches in a row,
    and to compile them takes as long as to play fifty games.
    """
    return list(_waiting(study).order_by("arm__number", "first").values_list("pk", flat=True))


def _waiting(study: Study) -> QuerySet[Batch]:
    return Batch.objects.filter(arm__study=study, finished_at=None)


def run_batch(*, batch_id: int) -> bool:
    """Plays a batch and counts it, unless it is counted already or its study was cancelled.

    True if this run counted it. A fault of the scenario ends the study with its reason.
    """
    batch = (
        Batch.objects.select_related("arm__study")
        .defer("result", "arm__study__documents", "arm__study__results")
        .filter(pk=batch_id)
        .first()
    )
    if batch is None or batch.finished_at or batch.arm.study.status != Study.Status.RUNNING:
        return False
    study = batch.arm.study
    try:
        played = play_batch(
            _ruleset_of(batch.arm),
            study.seed,
            range(batch.first, batch.first + batch.count),
            seats=study.seats,
            turns=study.turns,
            stopped=_Stopped(study),
        )
    except Exception as fault:
        log.exception("batch failed", study=str(study.pk), batch=batch_id)
        _fail(study, f"{batch.arm.label}: {type(fault).__name__}: {fault}")
        return False
    if played is None:
        return False
    return _count(batch, study, orjson.dumps(kept_of(batch.arm, played)).decode())


def _ruleset_of(arm: Arm) -> Ruleset:
    """The compiled rules of an arm, kept: its documents never change, and are long to read."""
    key = (arm.study_id, arm.number)
    if key not in _rulesets:
        while len(_rulesets) >= KEPT_ARMS:
            del _rulesets[next(iter(_rulesets))]
        _rulesets[key] = ruleset_for(arm.document())
    return _rulesets[key]


class _Stopped:
    """Whether a study no longer runs; asks the database only now and then."""

    def __init__(self, study: Study) -> None:
        self.study, self.asked = study, 0

    def __call__(self) -> bool:
        self.asked += 1
        if self.asked % CHECK_EVERY:
            return False
        running = Study.objects.filter(pk=self.study.pk, status=Study.Status.RUNNING)
        return not running.exists()


@transaction.atomic
def _count(batch: Batch, study: Study, result: str) -> bool:
    """Writes a batch's result once, and the study's results with its last batch."""
    locked = Study.objects.select_for_update().defer("documents", "results").get(pk=study.pk)
    now = timezone.now()
    counted = Batch.objects.filter(pk=batch.pk, finished_at=None).update(
        result=result, finished_at=now
    )
    if not counted:
        return False
    if locked.status == Study.Status.RUNNING and not _waiting(locked).exists():
        locked.results = json.dumps(results_of(locked), separators=(",", ":"))
        locked.status = Study.Status.DONE
        locked.finished_at = now
        locked.save(update_fields=["results", "status", "finished_at"])
    Study.objects.filter(pk=locked.pk).update(moved_at=now)
    return True


def _fail(study: Study, reason: str) -> None:
    Study.objects.filter(pk=study.pk, status=Study.Status.RUNNING).update(
        status=Study.Status.FAILED, error=reason[:2000], finished_at=timezone.now()
    )


def cancel_study(*, study_id: Any) -> bool:
    """Stops a running study; what was played is kept. True if it was running."""
    return bool(
        Study.objects.filter(pk=study_id, status=Study.Status.RUNNING).update(
            status=Study.Status.CANCELLED, finished_at=timezone.now()
        )
    )


@transaction.atomic
def resume_study(*, study_id: Any) -> int:
    """Sends every batch that is not counted to the workers again; how many there were."""
    study = Study.objects.select_for_update().get(pk=study_id)
    if study.status == Study.Status.DONE:
        return 0
    waiting = _unfinished(study)
    study.status, study.error, study.finished_at = Study.Status.RUNNING, "", None
    study.moved_at = timezone.now()
    study.save(update_fields=["status", "error", "finished_at", "moved_at"])
    enqueue.send_on_commit(waiting)
    return len(waiting)


def resume_stalled(*, after: timedelta = STALLED_AFTER) -> int:
    """Resumes the running studies in which nothing moved for so long; how many there were.

    A worker that dies mostly hands its batch back by itself. This is for a broker that lost its
    queue, and for a worker killed in the instant between taking a message and noting that.
    """
    since = timezone.now() - after
    running = Study.objects.filter(status=Study.Status.RUNNING, moved_at__lt=since)
    stalled = list(running.values_list("pk", flat=True))
    for study_id in stalled:
        resume_study(study_id=study_id)
    return len(stalled)


def delete_study(*, study_id: Any) -> None:
    """Deletes a study and everything that it played."""
    Study.objects.filter(pk=study_id).delete()
