"""The command `simulate`."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from apps.simulation.models import Study


def run(*words: str) -> str:
    out = io.StringIO()
    call_command("simulate", "--scenario", "strait_of_veld", *words, stdout=out)
    return out.getvalue()


def test_it_reports_endings_scores_and_moves() -> None:
    seats = ("COR=purse_first", "MAR=free_passage", "OST=keepers")
    text = run("--games", "5", *(word for seat in seats for word in ("--seat", seat)))
    assert "## The Strait of Veld: 5 games" in text
    assert "| Another spring | 5 | 100.0% |" in text


def test_json_and_csv(tmp_path: Path) -> None:
    path = tmp_path / "games.csv"
    summary = json.loads(run("--games", "7", "--json", "--csv", str(path), "--seat", "COR=passive"))
    assert summary["games"] == 7
    lines = path.read_text().splitlines()
    assert len(lines) == 8
    assert "passive" in lines[1]


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["--games", "0"], "from 1 to 1,000,000"),
        (["--jobs", "0"], "from 1 to 256"),
        (["--seat", "COR"], "GOVERNMENT=DOCTRINE"),
        (["--seat", "COR=pirates"], "COR has no doctrine pirates"),
        (["--seat", "XX=passive"], "no government XX: "),
        (["--turns", "0"], "--turns goes from"),
        (["--turns", "9999"], "--turns goes from"),
        (["--csv", "/"], "a file in a folder that exists, not /"),
        (["--csv", "/nowhere/games.csv"], "not /nowhere/games.csv"),
    ],
)
def test_bad_input_is_refused(words: list[str], message: str) -> None:
    with pytest.raises(CommandError, match=message):
        run(*words)


def test_an_unknown_scenario_is_refused() -> None:
    with pytest.raises(CommandError, match="did you mean strait_of_veld"):
        call_command("simulate", "--scenario", "strait_of_weld")


@pytest.mark.django_db(transaction=True)
@pytest.mark.stack
@pytest.mark.usefixtures("celery_worker")
def test_real_workers_play_a_study_to_its_end(celery_worker) -> None:  # type: ignore[no-untyped-def]
    answer = json.loads(run("--games", "60", "--queue", "--json"))
    celery_worker.wait_until(
        lambda: Study.objects.get(pk=answer["study"]).status != Study.Status.RUNNING, seconds=60
    )
    study = Study.objects.get(pk=answer["study"])
    assert study.status == Study.Status.DONE, study.error
    results = json.loads(study.results)["arms"][0]
    assert results == json.loads(run("--games", "60", "--json"))
