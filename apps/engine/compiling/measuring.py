"""How far each government is with what it wants: one function over all objectives."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from ..events import event_of
from ..expressions.emit import build, prologue
from ..layout import Layout
from ..ruleset import Figure, Objective
from .changing import held_code


def objectives_function(layout: Layout, objectives: Sequence[Objective], *, noted: bool) -> Figure:
    """`measured(board)` gives the value of each objective, from 0 to 1.

    With `noted` it is `measured(board, note)`, and calls `note` with an event for each.
    """
    lines: list[str] = []
    space: dict[str, Any] = {"ev": event_of}
    for place, objective in enumerate(objectives):
        lines.append(f" r = {objective.value.node.emit()}")
        lines.append(f" o{place} = {held_code(0.0, 1.0)}")
        if noted:
            space[f"O{place}"] = _told(objective)
            lines += [
                f" told = O{place}()",
                f" told['value'] = o{place}",
                f" told['reached'] = o{place} >= {objective.target!r}",
                f" note(ev(('ObjectiveMeasured', told, {f'seat:{objective.seat}'!r})))",
            ]
    values = ", ".join(f"o{place}" for place in range(len(objectives)))
    return build(
        layout,
        "measured",
        (),
        [*prologue(lines), *lines, f" return [{values}]"],
        ("note",) if noted else (),
        **space,
    )


def _told(objective: Objective) -> Figure:
    """What each record of an objective starts from."""
    payload: dict[str, Any] = {
        "seat": objective.seat,
        "objective": objective.id,
        "title": objective.title,
        "weight": objective.weight,
        "value": None,
        "target": objective.target,
        "reached": None,
    }
    return payload.copy
