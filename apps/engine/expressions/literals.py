"""Values written out in expressions."""

from __future__ import annotations

from .nodes import Bound, Literal, Node, Read
from .types import FLAG_TYPE, GOVERNMENT, NUMBER, Type, number


def literal_number(value: float) -> Literal:
    """A number written out."""
    held = float(value)
    return Literal(number(held, held), held, f"({held!r})" if held < 0 else repr(held))


def literal_flag(value: bool) -> Literal:
    """True or false written out."""
    return Literal(Type(FLAG_TYPE.kind, (), float(value), float(value)), value, repr(value))


def literal_government(name: str, index: int) -> Literal:
    """A government written out; it runs as its index."""
    return Literal(Type(GOVERNMENT), name, str(index))


def is_constant(node: Node) -> bool:
    """Whether a part has one value whatever the state."""
    if isinstance(node, Bound | Read):
        return False
    if isinstance(node, Literal):
        return True
    return node.type.kind == NUMBER and node.type.lo == node.type.hi
