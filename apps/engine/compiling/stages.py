"""Stages: the functions over all their rules, for games and for simulations."""

from __future__ import annotations

from collections.abc import Iterable

from ..expressions.emit import made_late
from ..layout import Layout
from ..ruleset import Figure, Inject, Rule, Stage
from .quick import quick_injects, quick_stage
from .recorded import recorded_injects, recorded_stage

INJECTS = "injects"
"""The stage of injects, as events name it; it follows those of the scenario."""


def stage_of(
    layout: Layout, name: str, rules: tuple[Rule, ...], *, drawing: Figure | None = None
) -> Stage:
    """A stage of a scenario.

    `drawing` takes the rule and what it is about, in place of the turn's dice: examples of rules
    give their own.
    """
    return Stage(
        name,
        rules,
        made_late(lambda: recorded_stage(layout, name, rules, drawing)),
        made_late(lambda: quick_stage(layout, rules, drawing)),
    )


def inject_stage_of(layout: Layout, injects: Iterable[Inject]) -> Stage:
    """The stage of all injects, in the order of their ids."""
    held = sorted(injects, key=lambda inject: inject.id)
    return Stage(
        INJECTS,
        tuple(inject.rule for inject in held),
        made_late(lambda: recorded_injects(layout, INJECTS, held)),
        made_late(lambda: quick_injects(layout, held)),
    )
