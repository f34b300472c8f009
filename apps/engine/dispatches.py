"""Dispatches: the news of a turn, in variants that do not repeat until all were used."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from .applying import used_after
from .board import Board
from .events import event_of
from .ruleset import Dispatch, Ruleset
from .turnwork import TurnWork


def publish(work: TurnWork, name: str, about: str, named: Mapping[str, Any]) -> None:
    """Publish a dispatch about a firing: draw a variant among those not used yet."""
    dispatch = work.ruleset.dispatches[name]
    variant = _drawn(work.board, dispatch, about)
    headline, body = dispatch.texts[variant]
    payload = {
        "id": name,
        "headline": _filled(work, named, *headline),
        "body": _filled(work, named, *body),
        "variant": variant,
        "about": about,
    }
    work.events.append(event_of(("DispatchPublished", payload, dispatch.audience)))


def publish_quietly(work: TurnWork, news: list[tuple[str, str]]) -> None:
    """Draw the variants of dispatches, without a record."""
    board, dispatches = work.board, work.ruleset.dispatches
    for name, about in news:
        _drawn(board, dispatches[name], about)


def _drawn(board: Board, dispatch: Dispatch, about: str) -> int:
    """A variant that was not used since all last were; notes that it is used now."""
    place, told = dispatch.index, board.told
    used = told[place]
    courses = dispatch.courses.get(used)
    if courses is None:
        courses = dispatch.courses[used] = _courses(used, len(dispatch.variants))
    if len(courses) == 1:
        variant, told[place] = courses[0]
    else:
        variant, told[place] = courses[int(board.dice(dispatch.key, about) * len(courses))]
    return variant


def _courses(used: tuple[int, ...], count: int) -> tuple[tuple[int, tuple[int, ...]], ...]:
    """The variants that can come next, each with those that are used up then."""
    fresh = tuple(place for place in range(count) if place not in used) or tuple(range(count))
    return tuple((variant, used_after(used, variant, count)) for variant in fresh)


def _filled(work: TurnWork, named: Mapping[str, Any], text: str, names: tuple[str, ...]) -> str:
    """A text with the names put in: governments by their voice, such as their capital.

    A name that is not known stays as it is written.
    """
    if not names:
        return text
    voices = work.ruleset.voices
    words = []
    for name in names:
        value = named.get(name)
        if isinstance(value, str) and value in voices:
            words.append(voices[value])
        else:
            words.append(_word(work, named, name))
    return text % tuple(words)


def _word(work: TurnWork, named: Mapping[str, Any], name: str) -> str:
    """A name in words for people: choices, clauses and agreements by their title."""
    if name in named:
        return in_words(work.ruleset, named[name])
    if name == "turn":
        return str(work.board.turn)
    if name == "date":
        return work.ruleset.calendar.date_of(work.board.turn).isoformat()
    return "{" + name + "}"


def in_words(ruleset: Ruleset, value: Any) -> str:
    """A value of a binding for people."""
    if value is None:
        return "nobody"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float):
        return f"{value:g}"
    if isinstance(value, list):
        return ", ".join(in_words(ruleset, part) for part in value)
    if isinstance(value, Mapping):
        return in_words(ruleset, value.get("clause"))
    text = str(value)
    return ruleset.titles.get(text) or text.replace("_", " ")
