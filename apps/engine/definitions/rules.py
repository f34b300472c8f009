"""Rules, their effects, and the stages that they stand in."""

from __future__ import annotations

from dataclasses import dataclass

from ..expressions.nodes import Node, Read
from .formula import Figure, Formula


@dataclass(frozen=True, slots=True)
class Effect:
    """One effect of a rule: its kind, what it is on, and whose (for sentences)."""

    kind: str
    subject: str
    source: str
    amount: Node | None = None


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule, or an inject seen as one: when it fires and what it does.

    `trigger` is "once", "order", "government", "pair", "adopted", "failed" or "vetoed", and
    `of` the move or body; `of_index` the index of the move, `actors` who may order it. `codes` are
    the source of each effect's target and amount, `naming` that of the bindings in the scenario's
    names, `reads` all that the rule looks at. `cited` are the claims as events hold them.
    """

    id: str
    index: int
    title: str
    stage: str
    trigger: str
    of: str
    of_index: int
    actors: tuple[int, ...]
    bindings: tuple[str, ...]
    condition: Formula | None
    chance: Formula | None
    effects: tuple[Effect, ...]
    codes: tuple[tuple[str, str], ...]
    naming: str
    reads: tuple[Read, ...]
    claims: tuple[str, ...]
    cited: list[str]
    reason: str
    secrets: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Stage:
    """A stage of adjudication: two functions over all its rules, of one outcome.

    Both change the figures of a board and give what else is to be done. `recorded(board, note)`
    notes an event for each firing and each change, `quick(board)` keeps no record.
    """

    id: str
    rules: tuple[Rule, ...]
    recorded: Figure
    quick: Figure
