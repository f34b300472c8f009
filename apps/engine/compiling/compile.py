"""compile_ruleset: a resolved scenario document becomes a ruleset, or all its issues."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from ..calendar import Calendar
from ..errors import Issue, RulesetError, nearest
from ..ruleset import Rule, Ruleset, Stage
from .bodies import read_bodies, read_clauses
from .conflicts import find_conflicts
from .declarations import Declared, declare
from .doctrines import DoctrineReader
from .measuring import objectives_function
from .moves import read_moves
from .outcomes import (
    read_agreements,
    read_dispatches,
    read_endings,
    read_injects,
    read_objectives,
)
from .rules import OUTCOMES, RuleReader
from .section import Section
from .stages import inject_stage_of, stage_of

STEPS = ("days", "weeks", "months")


def compile_ruleset(document: Mapping[str, Any]) -> Ruleset:
    """Compile a resolved scenario document.

    Raises RulesetError with every issue found: unknown names, values of the wrong kind,
    conditions that can never hold, stages that do not exist. Texts are taken as they are.
    """
    issues: list[Issue] = []
    top = Section(document, (), issues)
    if top.data.get("format", 1) != 1:
        top.problem("format", "this engine reads format 1", "format: 1")
    found = declare(top)
    ruleset = _assemble(top, found)
    if issues:
        raise RulesetError(issues)
    return ruleset


def _assemble(top: Section, found: Declared) -> Ruleset:
    words, scenario = found.words, top.section("scenario")
    moves = read_moves(top, words)
    bodies = read_bodies(top, words)
    clauses = read_clauses(top, words, found.measures)
    agreements = read_agreements(top, words)
    dispatches = read_dispatches(top, words)
    reader = RuleReader(words, moves, found.measures, dispatches)
    stages, council = _stage_names(scenario)
    rules = _rules(top, reader, stages, council)
    injects = read_injects(top, words, reader)
    doctrines = DoctrineReader(words, moves, found.measures, agreements, found.seen).read(top)
    claims = _claims(top, rules)
    objectives = read_objectives(top, words)
    turns = scenario.section("turns")
    most = turns.whole("max", 40, 1, 1000)
    fewest = turns.whole("min", 1, 1, most)
    capital = scenario.section("capital")
    return Ruleset(
        id=scenario.text("id", "scenario"),
        title=scenario.text("title"),
        version=scenario.text("version", "1"),
        summary=scenario.text("summary"),
        calendar=_calendar(scenario.section("calendar")),
        turns=(fewest, turns.whole("default", min(12, most), fewest, most), most),
        council_stage=council,
        capital=_capital(capital, found),
        orders_per_turn=capital.whole("orders_per_turn", 4, 1, 100),
        layout=words.layout,
        measure_at=_measure_places(found),
        governments=found.governments,
        tracks=found.tracks,
        facts=found.facts,
        measures=found.measures,
        moves=moves,
        bodies=bodies,
        clauses=clauses,
        agreements=agreements,
        rules=rules,
        stages=_stages(found, rules, stages),
        injects=injects,
        inject_stage=inject_stage_of(words.layout, injects),
        dispatches=dispatches,
        objectives=objectives,
        endings=read_endings(top, words),
        doctrines=doctrines,
        claims=claims,
        titles={
            **{name: held.title for name, held in agreements.items()},
            **{name: held.title for name, held in clauses.items()},
            **{held.id: held.name for held in found.governments},
        },
        voices={held.id: held.voice for held in found.governments if held.voice},
        start=tuple(found.start),
        lows=tuple(words.layout.lows),
        highs=tuple(words.layout.highs),
        resets=tuple(found.resets),
        seen=tuple(found.seen),
        audiences=tuple(words.layout.audiences),
        objectives_measured=objectives_function(words.layout, objectives, noted=False),
        objectives_noted=objectives_function(words.layout, objectives, noted=True),
        track_of=tuple(words.layout.tracks),
        measure_places=found.measure_places,
    )


def _calendar(section: Section) -> Calendar:
    start = section.text("start", "2000-01-01")
    try:
        first = date.fromisoformat(start)
    except ValueError:
        section.problem("start", f"“{start}” is not a date", "2016-09-12")
        first = date(2000, 1, 1)
    step = section.section("step")
    given = [unit for unit in STEPS if step.has(unit)]
    if len(given) > 1 or (section.has("step") and not given):
        section.problem("step", "a turn is one span of days, weeks or months", "{months: 1}")
    unit = given[0] if given else "months"
    return Calendar(first, unit, step.whole(unit, 1, 1, 3650))


def _stage_names(scenario: Section) -> tuple[tuple[str, ...], str]:
    stages = scenario.words("stages") or ("main",)
    if len(set(stages)) != len(stages):
        scenario.problem("stages", "a stage is named twice")
    council = scenario.text("council_stage", stages[0])
    if council not in stages:
        scenario.problem(
            "council_stage", f"there is no stage “{council}”", nearest(council, stages)
        )
        council = stages[0]
    return stages, council


def _capital(section: Section, found: Declared) -> str:
    name = section.text("track")
    if not name:
        return ""
    track = found.tracks.get(name)
    if track is None or track.scope != "government":
        section.problem(
            "track",
            f"“{name}” is not a track of each government",
            nearest(
                name, [key for key, value in found.tracks.items() if value.scope == "government"]
            ),
        )
        return ""
    return name


def _rules(
    top: Section, reader: RuleReader, stages: tuple[str, ...], council: str
) -> dict[str, Rule]:
    rules: dict[str, Rule] = {}
    sections = dict(top.entries("rules"))
    for index, name in enumerate(sorted(sections)):
        section = sections[name]
        stage = section.text("stage", stages[0])
        if stage not in stages:
            section.problem("stage", f"there is no stage “{stage}”", nearest(stage, stages))
            stage = stages[-1]
        rule = reader.read(name, index, section, stage)
        if rule.trigger in OUTCOMES and stages.index(stage) < stages.index(council):
            section.problem(
                "stage",
                f"votes are counted in stage “{council}”, so this rule would never fire",
                f"move it to “{council}” or a later stage",
            )
        rules[name] = rule
    find_conflicts(top, rules)
    return rules


def _stages(
    found: Declared, rules: Mapping[str, Rule], names: tuple[str, ...]
) -> tuple[Stage, ...]:
    layout = found.words.layout
    return tuple(
        stage_of(layout, name, tuple(rule for rule in rules.values() if rule.stage == name))
        for name in names
    )


def _claims(top: Section, rules: Mapping[str, Rule]) -> dict[str, tuple[str, tuple[int, ...]]]:
    claims = {}
    for name, section in top.entries("claims"):
        numbers = section.data.get("paragraphs", [])
        paragraphs = (
            tuple(number for number in numbers if isinstance(number, int))
            if isinstance(numbers, list | tuple)
            else ()
        )
        claims[name] = (section.text("text"), paragraphs)
    rule_sections = top.section("rules")
    for rule in rules.values():
        for claim in rule.claims:
            if claim not in claims:
                rule_sections.section(rule.id).problem(
                    "claims", f"there is no claim “{claim}”", nearest(claim, claims)
                )
    return claims


def _measure_places(found: Declared) -> tuple[tuple[str, str | None], ...]:
    """Which measure, and of which government, lies at each place."""
    places: list[tuple[str, str | None]] = []
    for measure in found.measures.values():
        if measure.holders:
            places += [(measure.id, name) for name in found.words.layout.governments]
            places.append((measure.id, "nobody"))
        else:
            places.append((measure.id, None))
    return tuple(places)
