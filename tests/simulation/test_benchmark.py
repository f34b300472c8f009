"""`benchmark simulation` measures what it says."""

from __future__ import annotations

import io
import json
import subprocess
import sys

import pytest
from django.core.management import CommandError, call_command

from tests.stack.processes import ROOT, bare_environment


def test_it_measures_games_against_a_floor_of_the_same_run() -> None:
    out = io.StringIO()
    words = ["--scenario", "strait_of_veld", "--games", "10", "--turns", "4", "--jobs", "1"]
    call_command("benchmark", "simulation", *words, "--json", stdout=out)
    figures = json.loads(out.getvalue())
    assert figures["games_per_cpu_second"] > 0
    assert figures["against_floor"] > 0
    assert any(row["what"].startswith("profile: ") for row in figures["rows"])
    assert "4.0 turns a game" in figures["rows"][1]["what"]


def test_an_unknown_scenario_cannot_be_measured() -> None:
    with pytest.raises(CommandError, match="the library has no scenario nowhere"):
        call_command("benchmark", "simulation", "--scenario", "nowhere")


@pytest.mark.stack
@pytest.mark.slow
def test_studies_are_measured_through_a_worker_of_their_own() -> None:
    out = io.StringIO()
    words = ["--scenario", "strait_of_veld", "--games", "20", "--jobs", "1"]
    call_command("benchmark", "studies", *words, "--json", stdout=out)
    rows = json.loads(out.getvalue())["rows"]
    assert [row["what"] for row in rows] == ["floor: one process, no queue", "1 in the worker"]
    assert float(rows[1]["against"].removesuffix("x")) > 0


@pytest.mark.parametrize("name", ["replay", "sizing"])
def test_a_database_that_cannot_be_used_is_named_in_words(tmp_path, name: str) -> None:
    done = subprocess.run(
        [sys.executable, "manage.py", "benchmark", name],
        cwd=ROOT,
        env=bare_environment()
        | {"WARGAME_SECRET_KEY": "a key", "WARGAME_DATABASE_URL": f"sqlite:///{tmp_path}/no/such"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert "Run manage.py migrate" in done.stderr
    assert "Traceback" not in done.stderr
