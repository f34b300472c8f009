"""Files that hold one part, such as a game or recorded votes: read, and refused with places."""

from __future__ import annotations

from pathlib import Path as FilePath
from typing import Any, TypeVar

from pydantic import ValidationError

from apps.scenarios.problem import Problem, ScenarioError, in_order
from apps.scenarios.schema.part import Part
from apps.scenarios.structure import problem_of
from apps.scenarios.yaml_source import LARGEST_FILE, SourceMap, read_source

Held = TypeVar("Held", bound=Part)


def read_part(path: FilePath, part: type[Held]) -> Held:
    """The part that a YAML or JSON file holds.

    Raises ScenarioError with file, line and column of everything that is wrong.
    """
    try:
        with path.open("rb") as stream:
            data = stream.read(LARGEST_FILE + 1)
    except OSError as error:
        problem = Problem("no-file", f"cannot read {path}: {error.strerror}")
        raise ScenarioError([problem]) from error
    source = read_source(data, path.as_posix())
    return part_from(source.value, source.map, part)


def part_from(value: Any, places: SourceMap, part: type[Held]) -> Held:
    """The part in a value that was read.

    Raises ScenarioError with everything that is wrong.
    """
    try:
        return part.model_validate(value)
    except ValidationError as error:
        problems = [problem_of(value, places, dict(one), part) for one in error.errors()]
        raise ScenarioError(in_order(problems)) from error
