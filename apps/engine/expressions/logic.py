"""Conditions joined and compared, with what is known of their truth from ranges."""

from __future__ import annotations

from .nodes import Node
from .operations import Logic, Not
from .types import FLAG, FLAG_TYPE, NUMBER, Type


def denied(operand: Node) -> Node:
    kind = Type(FLAG, (), 1.0 - operand.type.hi, 1.0 - operand.type.lo)
    return Not(kind, operand)


def joined(word: str, operands: tuple[Node, ...]) -> Node:
    pick = min if word == "and" else max
    lo, hi = pick(part.type.lo for part in operands), pick(part.type.hi for part in operands)
    return Logic(Type(FLAG, (), lo, hi), word, operands)


def compared(sign: str, left: Node, right: Node) -> Type:
    """Whether a comparison of numbers is always or never true, from the ranges of its sides."""
    if left.type.kind != NUMBER:
        return FLAG_TYPE
    a, b = left.type, right.type
    always = never = False
    if sign in ("<", "<="):
        always = a.hi < b.lo or (sign == "<=" and a.hi <= b.lo)
        never = a.lo > b.hi or (sign == "<" and a.lo >= b.hi)
    elif sign in (">", ">="):
        always = a.lo > b.hi or (sign == ">=" and a.lo >= b.hi)
        never = a.hi < b.lo or (sign == ">" and a.hi <= b.lo)
    elif sign == "==":
        never = a.hi < b.lo or a.lo > b.hi
    else:
        always = a.hi < b.lo or a.lo > b.hi
    return Type(FLAG, (), 1.0 if always else 0.0, 0.0 if never else 1.0)
