"""Whole games by doctrine: the same everywhere, whoever plays them."""

from __future__ import annotations

import subprocess
import sys
from collections import Counter

import pytest
from django.conf import settings

from apps.scenarios.library import load_scenario
from apps.simulation.batches import Played, play_batch
from apps.simulation.local import play_here
from apps.simulation.whole_game import WholeGame, doctrines_for, play

VELD = load_scenario("strait_of_veld")


def test_a_game_is_played_to_its_end() -> None:
    game = play(VELD.ruleset, "a")
    assert game.ending in VELD.document["endings"]
    assert game.turns <= 6
    assert len(game.tracks["tension"]) == game.turns + 1
    assert set(game.values) == {"COR", "MAR", "OST"}


def test_the_same_seed_gives_the_same_game_and_another_seed_another() -> None:
    one = play(VELD.ruleset, "a", seats=dict.fromkeys(("COR", "MAR", "OST"), "random"))
    assert play(VELD.ruleset, "a", seats=one.doctrines) == one
    assert play(VELD.ruleset, "b", seats=one.doctrines) != one


def test_another_process_with_another_hash_seed_plays_the_same_game() -> None:
    code = (
        "import json; from apps.scenarios.library import load_scenario;"
        "from apps.simulation.whole_game import play;"
        "print(json.dumps(play(load_scenario('strait_of_veld').ruleset, 'x', seats="
        "dict.fromkeys(('COR', 'MAR', 'OST'), 'random')).to_json(), sort_keys=True))"
    )
    outputs = {
        subprocess.run(
            [sys.executable, "-c", code],
            cwd=settings.BASE_DIR,
            env={"PYTHONHASHSEED": seed, "PATH": "/usr/bin:/bin"},
            capture_output=True,
            check=True,
            text=True,
        ).stdout
        for seed in ("1", "2")
    }
    assert len(outputs) == 1
    assert outputs.pop().startswith("{")


def test_doctrines_are_drawn_by_lot_unless_they_are_named() -> None:
    assert doctrines_for(VELD.ruleset, {"COR": "passive"}, "a")["COR"] == "passive"
    with pytest.raises(ValueError, match="COR has no doctrine pirates"):
        doctrines_for(VELD.ruleset, {"COR": "pirates"}, "a")


def test_counting_firings_changes_no_game() -> None:
    fired: Counter[str] = Counter()
    assert play(VELD.ruleset, "a", fired=fired) == play(VELD.ruleset, "a")
    assert fired["purse_refills"] == 3 * 6
    assert fired["mines_are_laid"] == 0


def test_a_batch_survives_its_way_through_json() -> None:
    played = play_batch(VELD.ruleset, "s", range(3))
    assert played is not None
    assert Played.from_json(played.to_json()) == played
    assert [game.seed for game in played.games] == ["s/0", "s/1", "s/2"]


def test_a_batch_stops_when_it_is_told_to() -> None:
    asked = iter([False, True])
    assert play_batch(VELD.ruleset, "s", range(5), stopped=lambda: next(asked)) is None


def test_the_number_of_jobs_changes_nothing() -> None:
    one = play_here(VELD.document, "s", 45, jobs=1)
    two = play_here(VELD.document, "s", 45, jobs=2)
    assert one == two
    assert len(one.games) == 45


def test_the_score_weighs_objectives() -> None:
    game = play(VELD.ruleset, "a")
    assert game.score("COR", {"purse": 1.0, "honor": 0.0}) == 100 * game.values["COR"]["purse"]
    assert isinstance(game, WholeGame)
