"""Whatever is in a file: the loader gives a scenario or a clear refusal, and nothing else."""

from __future__ import annotations

import copy
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from apps.scenarios.checking.report import report_on
from apps.scenarios.library import load_scenario
from apps.scenarios.loading import try_to_load
from apps.scenarios.problem import ScenarioError
from apps.scenarios.structure import checked_structure
from apps.scenarios.yaml_source import DEEPEST, SourceMap, read_source
from tests.properties.effort import examples

YAML_SIGNS = st.sampled_from(
    [*list("abc:-?{}[]&*!|>'\"%@`#,<\n \t~01.=_"), "\n  ", ": ", "- ", "---\n"]
)
SCALARS = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8)
KEYS = st.text(
    st.characters(codec="utf-8", exclude_categories=("Cs", "Cc")), min_size=1, max_size=8
)
TREES = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(KEYS, inner, max_size=4),
    max_leaves=20,
)
RELAXED = settings(
    max_examples=examples(150),
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)


def depth_of(value: Any) -> int:
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return 1 + max((depth_of(one) for one in inner), default=0)


@RELAXED
@given(
    st.binary(max_size=400) | st.lists(YAML_SIGNS, max_size=120).map(lambda s: "".join(s).encode())
)
def test_any_bytes_are_read_or_refused_with_a_place(data: bytes) -> None:
    try:
        value = read_source(data, "f.yaml").value
    except ScenarioError as error:
        (problem,) = error.problems
        assert problem.message
        assert problem.position is not None
        assert problem.position.line >= 1
        assert problem.position.column >= 1
    else:
        assert depth_of(value) <= DEEPEST + 1


@RELAXED
@given(TREES)
def test_what_was_written_is_what_is_read(tree: Any) -> None:
    """A tree that the format admits comes back as it was; no value is anything but plain."""

    def plain(value: Any) -> bool:
        if isinstance(value, dict):
            return all(plain(one) for one in value.values())
        if isinstance(value, list):
            return all(plain(one) for one in value)
        return value is None or type(value) in (str, int, float, bool)

    text = yaml.safe_dump(tree, allow_unicode=True, default_flow_style=True)
    try:
        value = read_source(text.encode("utf-8", "surrogatepass"), "f.yaml").value
    except ScenarioError:
        return
    assert plain(value)


@RELAXED
@given(
    st.dictionaries(
        st.sampled_from(["moves", "rules", "tracks", "scenario", "format"]) | KEYS, TREES
    )
)
def test_any_document_is_checked_without_a_fault(document: dict[str, Any]) -> None:
    parts, problems = checked_structure(document, SourceMap())
    assert (parts is None) == bool(problems)
    assert all(problem.message for problem in problems)


def places(value: Any, path: tuple[str | int, ...] = ()) -> list[tuple[str | int, ...]]:
    found = [path] if path else []
    inner = (
        value.items()
        if isinstance(value, dict)
        else enumerate(value)
        if isinstance(value, list)
        else ()
    )
    for key, one in inner:
        found += places(one, (*path, key))
    return found


VELD = load_scenario("strait_of_veld").document
PLACES = places(VELD)
WORDS = st.sampled_from(
    [
        "COR",
        "tension",
        "toll",
        "nobody",
        "true",
        "0/0",
        "a" * 700,
        "relation[COR, MAR]",
        "1e400",
        "__import__('os')",
        "tension.__class__",
        "(" * 90 + "1" + ")" * 90,
        "lambda: 1",
        "{0.__class__}",
    ]
)


@settings(RELAXED, max_examples=examples(60))
@given(st.sampled_from(PLACES), TREES | WORDS)
def test_a_scenario_with_one_value_changed_loads_or_is_refused(
    tmp_path_factory: Any, path: tuple[str | int, ...], value: Any
) -> None:
    document = copy.deepcopy(VELD)
    node = document
    for key in path[:-1]:
        node = node[key]
    node[path[-1]] = value
    file = Path(tmp_path_factory.mktemp("fuzz")) / "scenario.yaml"
    try:
        file.write_text(yaml.safe_dump(document, allow_unicode=True, sort_keys=False))
    except UnicodeEncodeError:
        return
    scenario, problems = try_to_load(file)
    assert (scenario is None) == bool(problems)
    if scenario is not None:
        report_on(file)


@pytest.mark.parametrize("text", ["a: &x [*x]", "&a {b: *a}", "a: &x {<<: *x}"])
def test_a_cycle_cannot_be_written(text: str) -> None:
    """YAML makes cycles by aliases alone, and those are refused."""
    with pytest.raises(ScenarioError) as caught:
        read_source(text.encode(), "f.yaml")
    assert caught.value.problems[0].code == "alias"
