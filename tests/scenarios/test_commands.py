"""The commands about scenarios: output, JSON, refusals, exit codes."""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command, get_commands

from tests.scenarios.veld import veld_with

COMMANDS = (
    "check_scenario",
    "adjudicate",
    "legal_orders",
    "rulebook",
    "scenario_schema",
    "playthrough",
)


def run(*words: str) -> tuple[int, str, str]:
    """Exit code, output and error output of a command."""
    out, err = io.StringIO(), io.StringIO()
    try:
        call_command(*words, stdout=out, stderr=err, no_color=True)
    except SystemExit as ended:
        return int(ended.code or 0), out.getvalue(), err.getvalue()
    return 0, out.getvalue(), err.getvalue()


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_explains_itself(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert get_commands()[name] == "apps.scenarios"
    with pytest.raises(SystemExit) as ended:
        call_command(name, "--help")
    assert ended.value.code == 0
    assert "--json" in capsys.readouterr().out


def test_check_scenario_counts_what_it_checked() -> None:
    code, out, err = run("check_scenario", "strait_of_veld")
    assert (code, err) == (0, "")
    assert "0 errors, 0 warnings" in out
    assert "44 examples" in out


def test_check_scenario_points_at_each_error(tmp_path: Path) -> None:
    folder = veld_with(tmp_path, {"moves.yaml": [("theme: trade", "them: trade")]})
    code, out, err = run("check_scenario", str(folder))
    assert code == 1
    assert "moves.yaml:4:5: error: unknown key them in moves.levy_toll (did you mean theme?)" in err
    assert "2 errors" in out


def test_check_scenario_writes_json(tmp_path: Path) -> None:
    folder = veld_with(tmp_path, {"claims.yaml": [("paragraphs: [6]", "paragraphs: [7]")]})
    code, out, _ = run("check_scenario", str(folder), "--json")
    report = json.loads(out)
    assert (code, report["loads"], report["errors"]) == (1, True, 1)
    (problem,) = report["problems"]
    assert problem["code"] == "no-paragraph"
    assert problem["path"] == ["claims", "V6", "paragraphs", 0]
    assert (problem["line"], problem["column"]) == (38, 18)


def test_check_scenario_takes_warnings_for_errors_when_asked(tmp_path: Path) -> None:
    folder = veld_with(tmp_path, {"aims.yaml": [("weight: 60", "weight: 50")]})
    assert run("check_scenario", str(folder))[0] == 0
    assert run("check_scenario", str(folder), "--strict")[0] == 1


def test_check_scenario_says_what_is_not_there() -> None:
    code, _, err = run("check_scenario", "strait_of_weld")
    assert code == 1
    assert "did you mean strait_of_veld?" in err


def game(tmp_path: Path, **changes: Any) -> str:
    """A game file of two turns."""
    content: dict[str, Any] = {
        "scenario": "strait_of_veld",
        "seed": "test",
        "turns": 4,
        "play": [
            {"orders": [{"by": "COR", "move": "levy_toll"}]},
            {"orders": [{"by": "MAR", "move": "start_patrol"}]},
        ],
    }
    path = tmp_path / "game.json"
    path.write_text(json.dumps({**content, **changes}), encoding="utf-8")
    return str(path)


def test_adjudicate_tells_each_turn(tmp_path: Path) -> None:
    code, out, _ = run("adjudicate", game(tmp_path))
    assert code == 0
    assert "Turn 1 of 4, as the facilitator saw it" in out
    assert "Tension in the strait rises from 40 to 48." in out
    assert "Republic of Marenne: Send a patrol into the narrows." in out


def test_adjudicate_shows_a_viewer_no_secret(tmp_path: Path) -> None:
    secret = "Send a patrol into the narrows"
    assert secret in run("adjudicate", game(tmp_path), "--as", "MAR")[1]
    for viewer in ("COR", "public"):
        assert secret not in run("adjudicate", game(tmp_path), "--as", viewer)[1]
        written = json.loads(run("adjudicate", game(tmp_path), "--as", viewer, "--json")[1])
        assert "play" not in written
        for result in written["results"]:
            assert secret not in json.dumps(result["events"])
            assert secret not in json.dumps({**result["view"], "own": None})


def test_adjudicate_writes_the_same_file_with_results(tmp_path: Path) -> None:
    path = game(tmp_path)
    _, out, _ = run("adjudicate", path, "--json")
    written = json.loads(out)
    assert [result["turn"] for result in written["results"]] == [1, 2]
    kinds = {event["kind"] for event in written["results"][0]["events"]}
    assert {"OrderAccepted", "RuleFired", "TrackChanged"} <= kinds
    again = tmp_path / "again.json"
    again.write_text(out, encoding="utf-8")
    assert run("adjudicate", str(again), "--json")[1] == out


def test_adjudicate_points_at_errors_of_the_game_file(tmp_path: Path) -> None:
    path = tmp_path / "game.yaml"
    path.write_text("scenario: strait_of_veld\nplay:\n  - order: []\n", encoding="utf-8")
    code, _, err = run("adjudicate", str(path))
    assert code == 1
    assert "game.yaml:3:5: error: unknown key order in play.0 (did you mean orders?)" in err


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"scenario": "nowhere"}, "the library has no scenario nowhere"),
        ({"scenario": None}, "does not say which scenario"),
        ({"scenario": {"format": 1}}, "government"),
        ({"seed": 5}, "must be a text"),
    ],
)
def test_adjudicate_refuses_a_game_without_rules(
    tmp_path: Path, changes: dict[str, Any], words: str
) -> None:
    code, _, err = run("adjudicate", game(tmp_path, **changes))
    assert code == 1
    assert words in err


def test_adjudicate_says_which_file_is_missing(tmp_path: Path) -> None:
    code, _, err = run("adjudicate", str(tmp_path / "none.json"))
    assert code == 1
    assert "No such file" in err


def test_an_unknown_viewer_is_refused(tmp_path: Path) -> None:
    code, _, err = run("adjudicate", game(tmp_path), "--as", "CORR")
    assert code == 1
    assert "did you mean COR?" in err


def test_legal_orders_says_why_a_move_is_closed() -> None:
    code, out, _ = run("legal_orders", "strait_of_veld", "cor")
    assert code == 0
    assert "+ levy_toll: Levy a toll, cost 2" in out
    assert "There is no toll to lift." in out


def test_legal_orders_after_a_game(tmp_path: Path) -> None:
    _, out, _ = run("legal_orders", "strait_of_veld", "COR", "--after", game(tmp_path), "--json")
    written = json.loads(out)
    moves = {move["move"]: move for move in written["moves"]}
    assert written["turn"] == 3
    assert not moves["levy_toll"]["open"]
    assert moves["levy_toll"]["reason"] == "The toll already stands."


def test_rulebook_prints_what_encodes_a_claim() -> None:
    _, out, _ = run("rulebook", "strait_of_veld", "--claim", "V6")
    assert "**V6** (¶6)" in out
    assert "A grounded ship is never forgiven" in out
    assert "A toll is levied" not in out


def test_rulebook_keeps_what_players_must_not_know() -> None:
    book = run("rulebook", "strait_of_veld", "--json")[1]
    for secret in ("A spring storm", "the treasury is empty", "A full purse", "The purse first"):
        assert secret not in book


def test_rulebook_refuses_an_unknown_claim() -> None:
    code, _, err = run("rulebook", "strait_of_veld", "--claim", "V66")
    assert code == 1
    assert "did you mean V6?" in err


def test_playthrough_is_as_kept() -> None:
    code, out, _ = run("playthrough", "strait_of_veld", "--json")
    assert code == 0
    assert [one["verdict"] for one in json.loads(out)] == ["as kept"]


def test_adjudicate_explains_with_paragraphs(tmp_path: Path) -> None:
    out = run("adjudicate", game(tmp_path), "--why")[1]
    assert "because:" in out
    assert "[V1; ¶1]" in out
    written = json.loads(run("adjudicate", game(tmp_path), "--json")[1])
    explained = {one["about"]: one for one in written["results"][0]["explanations"]}
    assert any(1 in why["paragraphs"] for why in explained["tension"]["why"])
