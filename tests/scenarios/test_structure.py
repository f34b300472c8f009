"""Structure errors: in the author's words, with the place and a suggestion."""

from __future__ import annotations

from apps.scenarios.problem import Problem
from apps.scenarios.structure import checked_structure
from apps.scenarios.yaml_source import read_source


def problems_of(text: str) -> dict[str, Problem]:
    """The problems of a document, by path, without the sections that are missing."""
    source = read_source(text.encode(), "s.yaml")
    parts, problems = checked_structure(source.value, source.map)
    assert parts is None
    return {".".join(map(str, p.path)): p for p in problems if len(p.path) > 1}


def test_an_unknown_key_is_named_with_the_nearest_known_one() -> None:
    problem = problems_of("moves:\n  strike:\n    cots: 3\n")["moves.strike.cots"]
    assert problem.message == "unknown key cots in moves.strike"
    assert problem.suggestion == "did you mean cost?"
    assert str(problem.position) == "s.yaml:3:5"


def test_a_missing_key_points_at_what_needs_it() -> None:
    problem = problems_of("moves:\n  strike: {theme: war}\n")["moves.strike.title"]
    assert problem.message == "moves.strike needs the key title"
    assert str(problem.position) == "s.yaml:2:3"


def test_a_wrong_type_says_what_is_wanted_and_what_is_there() -> None:
    problems = problems_of(
        "moves:\n  strike:\n    severity: '3'\n    by: US\n    title: 2016\n    cost: [1]\n"
        "    irreversible: 'yes'\n    text:\n"
    )
    assert "a whole number" in problems["moves.strike.severity"].message
    assert "a list" in problems["moves.strike.by"].message
    assert problems["moves.strike.title"].suggestion == "it says '2016'"
    assert "expression" in problems["moves.strike.cost"].message
    assert "true or false" in problems["moves.strike.irreversible"].message
    assert "nothing is written here" in problems["moves.strike.text"].suggestion


def test_a_misspelled_word_has_a_suggestion() -> None:
    problem = problems_of("tracks: {tension: {scope: globl}}")["tracks.tension.scope"]
    assert problem.suggestion == "did you mean global?"


def test_shapes_of_effects_and_parameters_are_told_apart() -> None:
    problems = problems_of(
        "rules:\n"
        "  r:\n"
        "    effects:\n"
        "      - {change: tension, by: 1, to: 2}\n"
        "      - {chnge: tension}\n"
        "      - {change: tension, set: warned}\n"
        "moves:\n"
        "  m:\n"
        "    parameters: {sector: {type: chioce}, name: {type: text, title: N, max: 1, min: 0}}\n"
        "    secrecy: {secret: {reveal_aftr: 2}}\n"
    )
    assert problems["rules.r.effects.0.to"].message == "unknown key to in rules.r.effects.0"
    assert "exactly one of" in problems["rules.r.effects.1"].message
    assert "exactly one of" in problems["rules.r.effects.2"].message
    assert "needs a type" in problems["moves.m.parameters.sector"].message
    assert "moves.m.parameters.name.min" in problems
    assert problems["moves.m.secrecy.secret.reveal_aftr"].suggestion == "did you mean reveal_after?"


def test_ids_have_a_shape() -> None:
    assert "an id" in problems_of("moves: {two words: {}}")["moves.two words"].message


def test_a_rule_has_one_trigger() -> None:
    problems = problems_of(
        "rules:\n  r: {title: T, stage: s, on: m, each: pair, effects: [{dispatch: d}]}\n"
    )
    assert "at most one of" in problems["rules.r"].message
