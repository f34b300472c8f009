"""Merging the files of a scenario into one document."""

from __future__ import annotations

import tracemalloc
from pathlib import Path

import pytest

from apps.scenarios.folder import MOST_FILES, read_scenario
from apps.scenarios.problem import ScenarioError


def folder(tmp_path: Path, **files: str) -> Path:
    for name, text in files.items():
        path = tmp_path / (name.replace("__", "/") + ".yaml")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return tmp_path


def test_sections_of_several_files_are_one_document(tmp_path: Path) -> None:
    merged = read_scenario(
        folder(
            tmp_path,
            scenario="format: 1\nrules: {a: {}}\n",
            rules__more="rules: {b: {}}\nmoves: {m: {}}\n",
            playthroughs__first="turns: []\n",
        )
    )
    assert merged.document == {"format": 1, "rules": {"b": {}, "a": {}}, "moves": {"m": {}}}
    assert merged.problems == ()
    position = merged.places.key(("rules", "b"))
    assert position is not None
    assert position.file.endswith("rules/more.yaml")


def test_an_id_that_is_defined_twice_names_both_places(tmp_path: Path) -> None:
    merged = read_scenario(folder(tmp_path, a="rules: {x: {}}\n", b="rules:\n  x: {}\n"))
    (problem,) = merged.problems
    assert problem.code == "duplicate-id"
    assert str(problem.position).endswith("b.yaml:2:3")
    assert "a.yaml:1:9" in problem.message


def test_doctrines_of_one_government_may_stand_in_two_files(tmp_path: Path) -> None:
    merged = read_scenario(
        folder(
            tmp_path,
            a="doctrines: {US: {hard: {}}}\n",
            b="doctrines: {US: {soft: {}}}\n",
            c="doctrines: {US: {soft: {}}}\n",
        )
    )
    assert merged.document == {"doctrines": {"US": {"hard": {}, "soft": {}}}}
    assert [problem.path for problem in merged.problems] == [("doctrines", "US", "soft")]


def test_an_unknown_section_has_a_suggestion(tmp_path: Path) -> None:
    (problem,) = read_scenario(folder(tmp_path, a="format: 1\nmovs: {}\n")).problems
    assert (problem.code, problem.suggestion) == ("unknown-section", "did you mean moves?")


def test_the_outline_stands_once(tmp_path: Path) -> None:
    merged = read_scenario(
        folder(tmp_path, a="format: 1\nscenario: {}\n", b="format: 1\nscenario: {}\n")
    )
    assert [problem.path for problem in merged.problems] == [("scenario",)]


def test_every_unreadable_file_is_reported_at_once(tmp_path: Path) -> None:
    merged = read_scenario(folder(tmp_path, a="a: [", b="a: &b 1", c="format: 1\n"))
    assert not merged.whole
    assert [problem.code for problem in merged.problems] == ["syntax", "alias"]


def test_a_file_without_sections_is_reported(tmp_path: Path) -> None:
    (problem,) = read_scenario(folder(tmp_path, a="- 1\n", empty="")).problems
    assert problem.code == "not-sections"


@pytest.mark.parametrize("files", [0, MOST_FILES + 1])
def test_too_few_and_too_many_files_are_refused(tmp_path: Path, files: int) -> None:
    for number in range(files):
        (tmp_path / f"f{number}.yaml").write_text("")
    with pytest.raises(ScenarioError):
        read_scenario(tmp_path)


def test_a_link_out_of_the_folder_is_refused(tmp_path: Path) -> None:
    (tmp_path / "secret.yaml").write_text("format: 1\n")
    inside = tmp_path / "scenario"
    inside.mkdir()
    (inside / "a.yaml").symlink_to(tmp_path / "secret.yaml")
    with pytest.raises(ScenarioError) as caught:
        read_scenario(inside)
    assert caught.value.problems[0].code == "outside"


def test_nothing_at_the_path_is_said_so(tmp_path: Path) -> None:
    with pytest.raises(ScenarioError, match="there is no scenario"):
        read_scenario(tmp_path / "nowhere")


def test_a_file_of_ten_megabytes_is_refused_without_being_read_whole(tmp_path: Path) -> None:
    (tmp_path / "big.yaml").write_bytes(b"a: 1\n" * 2_000_000)
    tracemalloc.start()
    try:
        merged = read_scenario(tmp_path)
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert [problem.code for problem in merged.problems] == ["too-large"]
    assert peak < 6_000_000
