"""Reads the files of a scenario and merges them into one document."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path as FilePath
from typing import Any

from apps.scenarios.problem import Path, Position, Problem, ScenarioError, did_you_mean
from apps.scenarios.schema import ScenarioDocument
from apps.scenarios.schema.document import SECTIONS_BY_GOVERNMENT
from apps.scenarios.yaml_source import LARGEST_FILE, SourceMap, read_source

MOST_FILES = 300
LARGEST_SCENARIO = 8_000_000
"""Bytes of all files together."""
NOT_PART_OF_DOCUMENT = "playthroughs"
SECTIONS = frozenset(ScenarioDocument.model_fields)
_SINGLE = frozenset({"format", "scenario"})


@dataclass(frozen=True, slots=True)
class Merged:
    """The merged document, as written, with its places and what was wrong in merging."""

    document: dict[str, Any]
    places: SourceMap
    problems: tuple[Problem, ...]
    whole: bool
    """Whether every file could be read; if not, what seems to be missing may not be."""


def read_scenario(path: FilePath) -> Merged:
    """Reads a scenario's folder, or a single file that holds a whole document.

    Raises ScenarioError when there is nothing to read, or too much.
    """
    if path.is_dir():
        return _merged(list(_files_of(path)))
    if path.is_file():
        return _merged([(path, _shown(path))])
    raise ScenarioError(
        [
            Problem(
                "no-file", f"there is no scenario at {path}", suggestion="give a folder or a file"
            )
        ]
    )


def _files_of(folder: FilePath) -> Iterator[tuple[FilePath, str]]:
    root = folder.resolve()
    count = 0
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        if name.split("/")[0] == NOT_PART_OF_DOCUMENT or path.suffix not in (".yaml", ".yml"):
            continue
        if not path.is_file():
            continue
        if not path.resolve().is_relative_to(root):
            raise ScenarioError(
                [Problem("outside", f"{name} leads out of the scenario's folder: copy it inside")]
            )
        count += 1
        if count > MOST_FILES:
            raise ScenarioError(
                [Problem("too-large", f"a scenario has at most {MOST_FILES} files")]
            )
        yield path, _shown(path)
    if not count:
        raise ScenarioError(
            [
                Problem(
                    "no-file",
                    f"there is no YAML file in {folder}",
                    suggestion="begin with scenario.yaml; see docs/scenario-author-guide.md",
                )
            ]
        )


def _shown(path: FilePath) -> str:
    """The file's name as people find it: from the current folder if it lies below."""
    here = FilePath.cwd()
    full = path if path.is_absolute() else here / path
    return (full.relative_to(here) if full.is_relative_to(here) else full).as_posix()


def _merged(files: list[tuple[FilePath, str]]) -> Merged:
    document: dict[str, Any] = {}
    places = SourceMap()
    problems: list[Problem] = []
    read, whole = 0, True
    for path, name in files:
        read += min(path.stat().st_size, LARGEST_FILE + 1)
        if read > LARGEST_SCENARIO:
            problem = Problem(
                "too-large",
                f"the files have more than {LARGEST_SCENARIO:,} bytes",
                Position(name, 1, 1),
            )
            raise ScenarioError([*problems, problem])
        try:
            with path.open("rb") as stream:
                source = read_source(stream.read(LARGEST_FILE + 1), name)
        except ScenarioError as refused:
            problems.extend(refused.problems)
            whole = False
            continue
        if source.value is None:
            continue
        if not isinstance(source.value, dict):
            problems.append(
                Problem(
                    "not-sections",
                    "a scenario file holds sections (moves:, rules:, ...)",
                    Position(name, 1, 1),
                )
            )
            continue
        problems.extend(_merge(document, places, source.value, source.map))
        places.add(source.map)
    return Merged(document, places, tuple(problems), whole)


def _merge(
    document: dict[str, Any], places: SourceMap, added: dict[str, Any], where: SourceMap
) -> Iterator[Problem]:
    """Adds a file's sections; an id that is there already is a problem naming both places."""
    for section, body in added.items():
        if section not in SECTIONS:
            yield Problem(
                "unknown-section",
                f"unknown section {section}",
                where.key((section,)),
                (section,),
                did_you_mean(section, SECTIONS),
            )
        elif section not in document:
            document[section] = body
        elif section == "format" and document[section] == body:
            continue
        elif section in _SINGLE or not isinstance(body, dict):
            yield _twice((section,), places, where)
        elif isinstance(document[section], dict):
            depth = 2 if section in SECTIONS_BY_GOVERNMENT else 1
            document[section] = dict(document[section])
            yield from _join(document[section], body, (section,), depth, places, where)


def _join(
    into: dict[str, Any],
    body: dict[str, Any],
    path: Path,
    depth: int,
    places: SourceMap,
    where: SourceMap,
) -> Iterator[Problem]:
    for key, value in body.items():
        here = (*path, key)
        if key not in into:
            into[key] = value
        elif depth > 1 and isinstance(value, dict) and isinstance(into[key], dict):
            into[key] = dict(into[key])
            yield from _join(into[key], value, here, depth - 1, places, where)
        else:
            yield _twice(here, places, where)


def _twice(path: Path, places: SourceMap, where: SourceMap) -> Problem:
    name = ".".join(str(item) for item in path)
    return Problem(
        "duplicate-id",
        f"{name} is defined twice, first at {places.key(path)}",
        where.key(path),
        path,
        "rename or delete one",
    )
