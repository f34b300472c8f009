"""Arithmetic that is total: x / 0 is 0, nothing overflows, and every result has a range."""

from __future__ import annotations

from collections.abc import Callable

from .grammar import ExpressionError
from .nodes import Node
from .operations import Apply
from .types import Type, number

LIMIT = 1e9


def quotient(a: float, b: float) -> float:
    """a / b; 0 where b is 0; held at a thousand million either way."""
    if b == 0:
        return 0.0
    result = a / b
    if result > LIMIT:
        return LIMIT
    return result if result >= -LIMIT else -LIMIT


def clamp(x: float, lo: float, hi: float) -> float:
    """`x`, but at least `lo`, then at most `hi`."""
    return min(max(x, lo), hi)


def rounded(x: float) -> float:
    """`x` to the nearest whole number, halves to the even one."""
    return float(round(x))


def _corners(left: Type, right: Type, op: Callable[[float, float], float]) -> Type:
    ends = [op(a, b) for a in (left.lo, left.hi) for b in (right.lo, right.hi)]
    return number(min(ends), max(ends))


def negate(operand: Node) -> Node:
    """The operand with the other sign."""
    kind = number(-operand.type.hi, -operand.type.lo)
    return Apply(kind, "-", (operand,), "(-{0})", lambda a: -a)


def binary(operator: str, left: Node, right: Node) -> Node:
    """A sum, difference, product or quotient."""
    a, b = left.type, right.type
    pair = (left, right)
    if operator == "Add":
        kind = number(a.lo + b.lo, a.hi + b.hi)
        return Apply(kind, "+", pair, "({0} + {1})", lambda x, y: x + y)
    if operator == "Sub":
        kind = number(a.lo - b.hi, a.hi - b.lo)
        return Apply(kind, "-", pair, "({0} - {1})", lambda x, y: x - y)
    if operator == "Mult":
        kind = _corners(a, b, lambda x, y: x * y)
        return Apply(kind, "*", pair, "({0} * {1})", lambda x, y: x * y)
    if b.lo > 1e-6 or b.hi < -1e-6:
        kind = _corners(a, b, lambda x, y: x / y)
        return Apply(kind, "/", pair, "({0} / {1})", quotient)
    return Apply(number(-LIMIT, LIMIT), "/", pair, "quotient({0}, {1})", quotient)


def _extreme(pick: Callable[..., float]) -> Callable[[tuple[Node, ...], int], Node]:
    def build(parts: tuple[Node, ...], offset: int) -> Node:
        if len(parts) < 2:
            raise ExpressionError("min and max take two numbers or more", "", offset)
        kind = number(pick(p.type.lo for p in parts), pick(p.type.hi for p in parts))
        return Apply(kind, pick.__name__, parts, "call", pick)

    return build


def _absolute(parts: tuple[Node, ...], offset: int) -> Node:
    if len(parts) != 1:
        raise ExpressionError("abs takes one number", "", offset)
    kind = parts[0].type
    hi = max(abs(kind.lo), abs(kind.hi))
    lo = 0.0 if kind.lo <= 0 <= kind.hi else min(abs(kind.lo), abs(kind.hi))
    return Apply(number(lo, hi), "abs", parts, "call", abs)


def _rounded(parts: tuple[Node, ...], offset: int) -> Node:
    if len(parts) != 1:
        raise ExpressionError("round takes one number", "", offset)
    kind = parts[0].type
    span = number(rounded(kind.lo), rounded(kind.hi))
    return Apply(span, "round", parts, "rounded({0})", rounded)


def _clamp(parts: tuple[Node, ...], offset: int) -> Node:
    if len(parts) != 3:
        raise ExpressionError("clamp takes a number, a lowest and a highest", "", offset)
    x, low, high = (part.type for part in parts)
    lo = min(max(x.lo, low.lo), high.lo)
    hi = min(max(x.hi, low.hi), high.hi)
    return Apply(number(lo, hi), "clamp", parts, "min(max({0}, {1}), {2})", clamp)


_CALLS: dict[str, Callable[[tuple[Node, ...], int], Node]] = {
    "min": _extreme(min),
    "max": _extreme(max),
    "abs": _absolute,
    "round": _rounded,
    "clamp": _clamp,
}


def call_arithmetic(name: str) -> Callable[[tuple[Node, ...], int], Node] | None:
    """The builder of min, max, abs, round or clamp; None for another name."""
    return _CALLS.get(name)
