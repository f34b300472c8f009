"""Two rules that would set one fact to different values in one stage."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from ..expressions.literals import is_constant
from ..expressions.nodes import Literal, Node, Read
from ..expressions.operations import Compare, Logic, Not
from ..expressions.types import NUMBER
from ..ruleset import Rule
from .section import Section


def find_conflicts(top: Section, rules: Mapping[str, Rule]) -> None:
    """Note each pair of rules that may set one fact differently at the same moment.

    Rules whose conditions exclude each other are fine, and so is a value that is computed.
    """
    setters: dict[tuple[str, str], list[tuple[Rule, Node]]] = {}
    for rule in rules.values():
        for effect in rule.effects:
            if effect.kind == "set" and effect.amount is not None and is_constant(effect.amount):
                setters.setdefault((rule.stage, effect.subject), []).append((rule, effect.amount))
    for (stage, subject), found in setters.items():
        for position, (rule, value) in enumerate(found):
            for other, another in found[:position]:
                if value.text() == another.text() or _exclude(rule, other):
                    continue
                top.section("rules").section(rule.id).problem(
                    "effects",
                    f"this sets {subject} to {value.text()} while rule “{other.id}” sets it to "
                    f"{another.text()} in the same stage “{stage}”",
                    "put one in a later stage, or let their conditions exclude each other",
                )


def _exclude(one: Rule, other: Rule) -> bool:
    first, second = list(_conjuncts(one)), list(_conjuncts(other))
    return any(_opposed(a, b) for a in first for b in second)


def _conjuncts(rule: Rule) -> Iterator[Node]:
    if rule.condition is not None:
        yield from _split(rule.condition.node)


def _split(node: Node) -> Iterator[Node]:
    if isinstance(node, Logic) and node.word == "and":
        for part in node.operands:
            yield from _split(part)
    else:
        yield node


def _opposed(a: Node, b: Node) -> bool:
    if isinstance(a, Not) and a.operand.text() == b.text():
        return True
    if isinstance(b, Not) and b.operand.text() == a.text():
        return True
    if isinstance(a, Compare) and isinstance(b, Compare):
        return _apart(a, b)
    return False


def _apart(a: Compare, b: Compare) -> bool:
    """Whether two comparisons of the same figure with constants cannot both hold."""
    if a.left.text() != b.left.text() or (not isinstance(a.left, Read) and a.left.reads() is None):
        return False
    if not (isinstance(a.right, Literal) and isinstance(b.right, Literal)):
        return False
    if a.left.type.kind != NUMBER:
        same = a.right.value == b.right.value
        return (a.sign == b.sign == "==" and not same) or (
            {a.sign, b.sign} == {"==", "!="} and same
        )
    low_a, high_a = _span(a)
    low_b, high_b = _span(b)
    low, high = max(low_a, low_b), min(high_a, high_b)
    return low[0] > high[0] or (low[0] == high[0] and (low[1] == 1 or high[1] == -1))


def _span(part: Compare) -> tuple[tuple[float, int], tuple[float, int]]:
    """Lowest and highest value; the second figure marks an open end."""
    value = float(part.right.value) if isinstance(part.right, Literal) else 0.0
    low, high = (-1e30, 0), (1e30, 0)
    if part.sign in (">", ">=", "=="):
        low = (value, 1 if part.sign == ">" else 0)
    if part.sign in ("<", "<=", "=="):
        high = (value, -1 if part.sign == "<" else 0)
    return low, high
