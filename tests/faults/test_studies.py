"""A worker killed in the middle of a study: the study ends by itself, and nothing counts twice."""

from __future__ import annotations

from datetime import timedelta

import pytest

from apps.scenarios.library import load_scenario
from apps.simulation import services
from apps.simulation.local import play_here
from apps.simulation.models import Batch, Study
from apps.simulation.results import played_of
from apps.simulation.services import Question
from tests.faults.conftest import wait_ready

pytestmark = [pytest.mark.stack, pytest.mark.slow]

VELD = load_scenario("strait_of_veld").document
GAMES = 600


def counted(study: Study) -> int:
    return Batch.objects.filter(arm__study=study).exclude(finished_at=None).count()


def ended(study: Study) -> bool:
    """Whether the study has ended; looks for stalled ones, as the periodic task does."""
    services.resume_stalled(after=timedelta(seconds=10))
    return Study.objects.get(pk=study.pk).status != Study.Status.RUNNING


def test_a_study_outlives_its_worker(start_worker, tmp_path) -> None:
    stopped = tmp_path / "stopped"
    first = start_worker("tests.faults.batch_worker", PAUSE_FILE=str(stopped))
    wait_ready(first)
    study = services.create_study(
        by=None,
        question=Question(
            title="killed", scenario="strait_of_veld", document=VELD, games=GAMES, seed="killed"
        ),
    )
    first.wait_until(stopped.exists, seconds=120)
    first.kill()
    assert counted(study) == 1
    second = start_worker()
    wait_ready(second)
    second.wait_until(lambda: ended(study), seconds=180)
    study.refresh_from_db()
    assert study.status == Study.Status.DONE, study.error
    assert played_of(study.arms.get()) == play_here(VELD, "killed", GAMES)


def test_the_batch_that_a_dead_worker_held_comes_back_by_itself(start_worker, tmp_path) -> None:
    """Late acknowledgement alone: nobody looks for stalled studies here, and no beat runs."""
    stopped = tmp_path / "stopped"
    doomed = start_worker("tests.faults.batch_worker", PAUSE_FILE=str(stopped))
    wait_ready(doomed)
    study = services.create_study(
        by=None,
        question=Question(
            title="held", scenario="strait_of_veld", document=VELD, games=60, seed="held"
        ),
    )
    doomed.wait_until(stopped.exists, seconds=120)
    assert counted(study) == 1
    doomed.kill()
    second = start_worker()
    wait_ready(second)

    def done() -> bool:
        return Study.objects.get(pk=study.pk).status == Study.Status.DONE

    second.wait_until(done, seconds=180)
    assert played_of(study.arms.get()) == play_here(VELD, "held", 60)
