"""The reader of one file: what it reads, and what it refuses quickly and clearly."""

from __future__ import annotations

import tracemalloc
from typing import Any

import pytest

from apps.scenarios.problem import Position, Problem, ScenarioError
from apps.scenarios.yaml_source import DEEPEST, LARGEST_FILE, MOST_VALUES, read_source


def refusal(data: bytes) -> Problem:
    with pytest.raises(ScenarioError) as caught:
        read_source(data, "a.yaml")
    (problem,) = caught.value.problems
    return problem


def value(text: str) -> Any:
    return read_source(text.encode(), "a.yaml").value


def test_words_that_yaml_1_1_takes_for_flags_and_dates_stay_words() -> None:
    read = value(
        "on: strike\nyes: 50\nno: NO\noff: ~\nstart: 2016-09-12\nversion: 1.0.0\nhex: 0x1F\n"
    )
    assert read == {
        "on": "strike",
        "yes": 50,
        "no": "NO",
        "off": None,
        "start": "2016-09-12",
        "version": "1.0.0",
        "hex": "0x1F",
    }


@pytest.mark.parametrize(
    ("text", "expected"),
    [("1", 1), ("-2.5", -2.5), ("1e3", 1000.0), ("'1'", "1"), ("true", True), ("", None)],
)
def test_scalars_follow_the_core_rules(text: str, expected: Any) -> None:
    read = value(f"x: {text}")["x"]
    assert read == expected
    assert type(read) is type(expected)


def test_places_of_keys_and_values_are_kept() -> None:
    source = read_source(b"moves:\n  strike:\n    cost: 'a + b'\n    by: [US, ROK]\n", "m.yaml")
    path = ("moves", "strike", "cost")
    assert source.map.key(path) == Position("m.yaml", 3, 5)
    assert source.map.value(path) == Position("m.yaml", 3, 11)
    assert source.map.inside(path, 4) == Position("m.yaml", 3, 16)
    assert source.map.value(("moves", "strike", "by", 1)) == Position("m.yaml", 4, 14)
    assert source.map.value(("moves", "strike", "nothing")) == Position("m.yaml", 3, 5)


def test_json_is_read_too() -> None:
    assert value('{"format": 1, "a": ["b", null, 1.5]}') == {"format": 1, "a": ["b", None, 1.5]}


@pytest.mark.parametrize(
    ("data", "code", "place"),
    [
        (b"a: 1\nb: 2\na: 3\n", "duplicate-key", "a.yaml:3:1"),
        (b"a: {b: 1, b: 2}\n", "duplicate-key", "a.yaml:1:11"),
        (b"a: .nan\n", "not-finite", "a.yaml:1:4"),
        (b"a: NaN\n", "not-finite", "a.yaml:1:4"),
        (b"a: -.inf\n", "not-finite", "a.yaml:1:4"),
        (b"a: 1e999\n", "not-finite", "a.yaml:1:4"),
        (b"a: &x [1]\nb: *x\n", "alias", "a.yaml:1:4"),
        (b"a: *nowhere\n", "alias", "a.yaml:1:4"),
        (b"a: &a {self: *a}\n", "alias", "a.yaml:1:4"),
        (b"a:\n  <<: {b: 1}\n", "alias", "a.yaml:2:3"),
        (b"a: !!python/object/apply:os.system ['true']\n", "tag", "a.yaml:1:4"),
        (b"a: !Ref b\n", "tag", "a.yaml:1:4"),
        (b"a: 1\n---\nb: 2\n", "documents", "a.yaml:2:1"),
        (b"? [a, b]\n: 1\n", "key", "a.yaml:1:3"),
        (b"a: [1, 2\nb: 3\n", "syntax", "a.yaml:2:2"),
        (b"a: b: c\n", "syntax", "a.yaml:1:5"),
        (b"\ta: 1\n", "syntax", "a.yaml:1:1"),
        (b"a: \xe9t\xe9\n", "encoding", "a.yaml:1:4"),
        ("a: b".encode("utf-16"), "encoding", "a.yaml:1:1"),
        (b"a: \x00\n", "encoding", "a.yaml:1:4"),
        (b"a: x\x1b[31m\n", "encoding", "a.yaml:1:5"),
    ],
)
def test_what_the_format_leaves_out_is_refused_with_its_place(
    data: bytes, code: str, place: str
) -> None:
    problem = refusal(data)
    assert (problem.code, str(problem.position)) == (code, place)
    assert problem.message


def test_a_byte_order_mark_does_no_harm() -> None:
    assert value("\ufeffa: 1") == {"a": 1}


def peak_of_refusal(data: bytes) -> tuple[Problem, int]:
    tracemalloc.start()
    try:
        problem = refusal(data)
        return problem, tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


def test_ten_megabytes_are_refused_before_they_are_parsed() -> None:
    problem, peak = peak_of_refusal(b"a: 1\n" * 2_000_000)
    assert problem.code == "too-large"
    assert problem.message == "the file has more than 2,000,000 bytes"
    assert peak < 100_000


def test_aliases_that_explode_are_refused_at_the_first_anchor() -> None:
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x, x]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]" for n in range(1, 12)]
    problem, peak = peak_of_refusal("\n".join(lines).encode())
    assert problem.code == "alias"
    assert problem.position == Position("a.yaml", 1, 5)
    assert peak < 1_000_000


@pytest.mark.parametrize("opening", ["[", "{a: ", "- "])
def test_deep_nesting_is_refused(opening: str) -> None:
    problem = refusal((opening * 100_000).encode())
    assert problem.code in ("too-deep", "syntax")
    assert refusal((opening * (DEEPEST + 5) + "1").encode()).code in ("too-deep", "syntax")


def test_more_values_than_the_limit_are_refused() -> None:
    data = b"[" + b"1," * (MOST_VALUES + 1) + b"]"
    assert len(data) < LARGEST_FILE
    assert refusal(data).code == "too-large"
