"""The first pass: names. Governments, tracks, facts, measures, moves ... get their places."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from ..errors import nearest
from ..expressions.types import CHOICE, FLAG_TYPE, Type, number
from ..expressions.vocabulary import BodyWords, Vocabulary
from ..layout import BY_GOVERNMENT, BY_PAIR, GLOBAL, SCOPES, Layout
from ..ruleset import Fact, Government, Measure, Track
from ..viewers import PUBLIC, audience_of_seen
from .section import Section


@dataclass(slots=True)
class Declared:
    """What the first pass found: definitions, the vocabulary, and the starting values."""

    words: Vocabulary
    governments: tuple[Government, ...]
    tracks: dict[str, Track] = field(default_factory=dict)
    facts: dict[str, Fact] = field(default_factory=dict)
    measures: dict[str, Measure] = field(default_factory=dict)
    start: list[Any] = field(default_factory=list)
    resets: list[tuple[int, Any]] = field(default_factory=list)
    seen: list[tuple[str, ...]] = field(default_factory=list)
    measure_places: int = 0


def declare(document: Section) -> Declared:
    """Read every declaration; expressions come in the second pass."""
    governments = tuple(_governments(document))
    layout = Layout(tuple(government.id for government in governments))
    words = Vocabulary(layout)
    words.turns = document.section("scenario").section("turns").whole("max", 40, 1, 1000)
    found = Declared(words, governments)
    for name, section in document.entries("tracks"):
        _track(found, name, section)
    for name, section in document.entries("facts"):
        _fact(found, name, section)
    for name, section in document.entries("measures"):
        _measure(found, name, section)
    for index, (name, section) in enumerate(document.entries("moves")):
        words.moves[name] = section.number("severity", 0.0, 0, 5)
        words.move_index[name] = index
    for index, (name, _) in enumerate(document.entries("agreements")):
        words.agreements[name] = index
    for index, (name, section) in enumerate(document.entries("clauses")):
        words.clauses[name] = index
        words.phases[name] = section.section("phase_in").number("max", 0.0, 0, 1000)
    for name, section in document.entries("bodies"):
        words.bodies[name] = _body_words(document, found, name, section)
    return found


def _governments(document: Section) -> list[Government]:
    found = []
    for name, section in document.entries("governments"):
        roles = {role: dict(body.data) for role, body in section.entries("roles")}
        found.append(
            Government(
                name,
                section.text("name", name),
                section.text("short", name),
                section.text("color"),
                section.text("adjective", section.text("name", name)),
                section.text("voice", section.text("name", name)),
                section.text("brief"),
                section.text("article_view"),
                section.words("red_lines"),
                roles,
            )
        )
    if not found:
        document.problem("governments", "a scenario has one government or more")
    if len(found) > 60:
        document.problem("governments", "a scenario has at most 60 governments")
    return found


def _visible(found: Declared, section: Section) -> tuple[str, ...]:
    """`visible` as words: "public", "own", "hidden", or the governments listed."""
    value = section.data.get("visible", PUBLIC)
    if isinstance(value, str):
        if value in (PUBLIC, "own", "hidden"):
            return (value,)
        section.problem(
            "visible",
            f"there is no visibility “{value}”",
            nearest(value, [PUBLIC, "own", "hidden"]),
        )
        return ("hidden",)
    return section.words("visible", found.words.layout.index, "government")


def seats_seeing(visible: tuple[str, ...], owners: list[str]) -> tuple[str, ...]:
    """The seats that see something of these owners; ("public",) for everybody."""
    if visible == ("own",):
        return tuple(sorted(owners))
    return () if visible == ("hidden",) else visible


def _place(
    found: Declared, name: str, scope: str, visible: tuple[str, ...], lo: float, hi: float
) -> range:
    layout = found.words.layout
    places = layout.add(name, scope)
    for place in places:
        owners = layout.about(layout.names[place]) if layout.names[place] else []
        seen = seats_seeing(visible, owners) if layout.names[place] else ()
        found.seen.append(seen)
        layout.audiences.append(audience_of_seen(seen))
        layout.tracks.append(name)
        layout.lows.append(lo)
        layout.highs.append(hi)
    return places


def _track(found: Declared, name: str, section: Section) -> None:
    scope = section.one_of("scope", SCOPES, GLOBAL)
    bounds = section.data.get("range", [0, 100])
    lo, hi = 0.0, 100.0
    if (
        isinstance(bounds, list | tuple)
        and len(bounds) == 2
        and all(isinstance(end, int | float) and abs(end) <= 1e9 for end in bounds)
        and bounds[0] < bounds[1]
    ):
        lo, hi = float(bounds[0]), float(bounds[1])
    else:
        section.problem("range", "a range is two numbers, the lower first", "[0, 100]")
    visible = _visible(found, section)
    found.words.types[name] = number(
        min(lo, 0.0) if scope != GLOBAL else lo, max(hi, 0.0) if scope != GLOBAL else hi
    )
    found.words.tracks[name] = scope
    places = _place(found, name, scope, visible, lo, hi)
    found.start.extend([0.0] * len(places))
    _starts(found, section, scope, places, lo, hi)
    found.tracks[name] = Track(
        name,
        section.text("title", name),
        section.text("text"),
        scope,
        section.text("unit"),
        lo,
        hi,
        section.one_of("better", ("higher", "lower", "neutral"), "neutral"),
        section.text("group"),
        section.whole("decimals", 0, 0, 6),
        visible,
    )


def _starts(
    found: Declared, section: Section, scope: str, places: range, lo: float, hi: float
) -> None:
    layout = found.words.layout
    given = section.data.get("start", lo if lo > 0 else min(0.0, hi))
    if not isinstance(given, dict):
        value = section.number("start", max(lo, min(0.0, hi)), lo, hi)
        for place in places:
            if layout.names[place]:
                found.start[place] = value
        return
    starts = section.section("start")
    default = starts.number("default", max(lo, min(0.0, hi)), lo, hi)
    for place in places:
        if layout.names[place]:
            found.start[place] = default
    for key in starts.data:
        if key == "default":
            continue
        found_at = _start_place(layout, scope, places, str(key))
        if found_at is None:
            starts.problem(
                key,
                f"“{key}” is not whose start it is",
                "GOV for governments, GOV-GOV for pairs; " + nearest(str(key), layout.index),
            )
        else:
            found.start[found_at] = starts.number(key, default, lo, hi)


def _start_place(layout: Layout, scope: str, places: range, key: str) -> int | None:
    if scope == BY_GOVERNMENT and key in layout.index:
        return places[0] + layout.index[key]
    if scope == BY_PAIR:
        first, _, second = key.partition("-")
        if first in layout.index and second in layout.index and first != second:
            pair = layout.index[first] * layout.stride + layout.index[second]
            return places[0] + layout.pair_of[pair]
    return None


def _fact(found: Declared, name: str, section: Section) -> None:
    if name in found.words.types:
        section.problem("", f"“{name}” is a track already", "take another id")
        return
    scope = section.one_of("scope", SCOPES, GLOBAL)
    kind = section.one_of("type", ("flag", "number", "choice"), "flag")
    labels: dict[str, str] = {}
    lo, hi, start = 0.0, 1.0, False
    type_, initial = FLAG_TYPE, section.data.get("start", False)
    if kind == "number":
        bounds = section.data.get("range", [-1e9, 1e9])
        lo, hi = (float(bounds[0]), float(bounds[1])) if _is_range(bounds) else (-1e9, 1e9)
        type_ = number(lo, hi)
        initial = section.number("start", max(lo, min(0.0, hi)), lo, hi)
    elif kind == "choice":
        given = section.data.get("choices")
        if isinstance(given, dict):
            labels = {str(key): str(value) for key, value in given.items()}
        else:
            labels = {word: word for word in section.words("choices")}
        if not labels:
            section.problem("choices", "a choice needs choices")
            labels = {"none": "none"}
        type_ = Type(CHOICE, tuple(labels))
        initial = section.one_of("start", labels, next(iter(labels)))
    else:
        initial = section.flag("start", start)
    found.words.types[name] = type_
    found.words.facts[name] = scope
    found.words.layout.facts.add(name)
    resets = section.one_of("resets", ("each_turn", "never"), "never") == "each_turn"
    visible = _visible(found, section)
    places = _place(found, name, scope, visible, lo, hi)
    nobody: Any = 0.0 if kind == "number" else False if kind == "flag" else ""
    for place in places:
        value = initial if found.words.layout.names[place] else nobody
        found.start.append(value)
        if resets:
            found.resets.append((place, value))
    found.facts[name] = Fact(
        name, section.text("title", name), scope, type_, labels, resets, visible
    )


def _is_range(bounds: Any) -> bool:
    return (
        isinstance(bounds, list | tuple)
        and len(bounds) == 2
        and all(isinstance(end, int | float) and abs(end) <= 1e9 for end in bounds)
        and bounds[0] < bounds[1]
    )


def _measure(found: Declared, name: str, section: Section) -> None:
    index = found.words.layout.index
    holders = section.words("by", index, "government")
    found.words.measures[name] = holders
    found.words.measure_index[name] = found.measure_places
    found.measures[name] = Measure(
        name,
        section.text("title", name),
        section.text("text"),
        section.text("kind"),
        holders,
        _visible(found, section),
        found.measure_places,
    )
    found.measure_places += found.words.layout.stride if holders else 1


def _body_words(document: Section, found: Declared, name: str, section: Section) -> BodyWords:
    members = dict(section.entries("members"))
    clauses = {key: body for key, body in document.entries("clauses") if body.text("body") == name}
    weights = {
        weight: _span(
            [body.section("weights").data.get(weight) for body in members.values()]
            + [own.data.get("default", 0.0)]
        )
        for weight, own in section.entries("weights")
    }
    attributes = {}
    for attribute, own in section.entries("draft_attributes"):
        figures = [body.section("attributes").data.get(attribute) for body in clauses.values()]
        attributes[attribute] = _span(figures, summed=own.text("combine", "sum") == "sum")
    return BodyWords(
        name,
        tuple(members),
        {member: body.text("government") for member, body in members.items()},
        weights,
        attributes,
        tuple(clauses),
    )


def _span(figures: list[Any], *, summed: bool = False) -> Type:
    """The range of what is given, or of any sum of some of it. Nothing given counts as 0."""
    given = [float(f) for f in figures if isinstance(f, int | float) and abs(f) <= 1e9]
    if summed:
        return number(sum(f for f in given if f < 0), sum(f for f in given if f > 0))
    return number(min([0.0, *given]), max([0.0, *given]))
