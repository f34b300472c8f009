"""Numbers counted in different units are not added or compared without a factor."""

from __future__ import annotations

import ast
import itertools
from collections.abc import Iterator

from apps.scenarios.checking.concern import Concern
from apps.scenarios.checking.expressions import base_of, expressions_in, parsed
from apps.scenarios.checking.usage import READERS
from apps.scenarios.problem import Problem
from apps.scenarios.schema.effect import Change


def problems_of_units(concern: Concern) -> Iterator[Problem]:
    """A problem for each sum or comparison of two tracks with different units."""
    units = {track_id: track.unit for track_id, track in concern.document.tracks.items()}
    for section in READERS:
        for written in expressions_in(getattr(concern.document, section), (section,)):
            for left, right in _pairs(written.tree):
                one, two = _track(left, units), _track(right, units)
                if one and two and units[one] and units[two] and units[one] != units[two]:
                    yield concern.error(
                        "units",
                        written.path,
                        f"{one} is in {units[one]}, {two} in {units[two]}",
                        "multiply one by a factor",
                    )
    for path, effect in concern.usage.effects:
        if isinstance(effect, Change) and isinstance(effect.by, str):
            tree = parsed(effect.by)
            added = _track(tree, units) if tree is not None else None
            changed = base_of(effect.change)
            if added and units.get(changed) and units[added] and units[added] != units[changed]:
                yield concern.error(
                    "units",
                    (*path, "by"),
                    f"{changed} is in {units[changed]}, {added} in {units[added]}",
                    "multiply it by a factor",
                )


def _pairs(tree: ast.expr) -> Iterator[tuple[ast.expr, ast.expr]]:
    for node in ast.walk(tree):
        if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add | ast.Sub):
            yield node.left, node.right
        elif isinstance(node, ast.Compare):
            yield from itertools.pairwise([node.left, *node.comparators])


def _track(node: ast.expr | None, units: dict[str, str | None]) -> str | None:
    """The track that the node is, whole and without a factor."""
    if isinstance(node, ast.Subscript):
        node = node.value
    if isinstance(node, ast.Name) and node.id in units:
        return node.id
    return None
