"""Typing: every name is looked up in the scenario, every value has a kind and a range.

The ranges do two jobs. They prove that no expression can grow to infinity, and they find
conditions that can never be true.
"""

from __future__ import annotations

import ast

from ..errors import nearest
from .arithmetic import binary, call_arithmetic, negate
from .comparing import comparison
from .functions import FUNCTIONS
from .grammar import ExpressionError, parse
from .literals import literal_flag, literal_number
from .logic import denied, joined
from .names import attribute, named, subscripted
from .nodes import (
    Bound,
    Node,
    Through,
)
from .operations import Either
from .types import (
    FLAG,
    GOVERNMENT,
    KIND_NAMES,
    MEMBER,
    NUMBER,
    Type,
)
from .vocabulary import Scope, Vocabulary

BOUND = 1e15


def check(source: str | float | bool, want: Type, words: Vocabulary, scope: Scope) -> Node:
    """The typed form of an expression, or ExpressionError.

    `source` may be a plain number or a flag as YAML gives it. A flag may stand where a flag is
    wanted, a number where a number is; nothing is converted.
    """
    if isinstance(source, bool):
        node: Node = literal_flag(source)
    elif isinstance(source, int | float):
        if not abs(source) <= 1e9:
            raise ExpressionError("a number may be at most 1,000,000,000")
        node = literal_number(source)
    else:
        node = Checker(words, scope).visit(parse(source), want)
    if node.type.kind != want.kind:
        raise ExpressionError(
            f"{KIND_NAMES[want.kind]} is wanted here, this is {KIND_NAMES[node.type.kind]}",
            "write “1 if ... else 0”" if (want.kind, node.type.kind) == (NUMBER, FLAG) else "",
        )
    return node


class Checker:
    """Walks a syntax tree and types it against a vocabulary, in a scope."""

    def __init__(self, words: Vocabulary, scope: Scope) -> None:
        self.words, self.scope = words, scope

    def visit(self, tree: ast.expr, want: Type | None = None) -> Node:
        """The typed form of one part; `want` resolves the bare names of choices."""
        node = self._visit(tree, want)
        if node.type.kind == NUMBER and not max(abs(node.type.lo), abs(node.type.hi)) <= BOUND:
            raise ExpressionError(
                "this can grow beyond any use", "hold it with clamp(...)", tree.col_offset
            )
        return node

    def of_kind(self, tree: ast.expr, kind: str) -> Node:
        """The typed form of a part that must be of one kind."""
        options: tuple[str, ...] = ()
        if kind == MEMBER and self.scope.body is not None:
            options = self.scope.body.members
        node = self.visit(tree, Type(kind, options))
        if node.type.kind == MEMBER and kind == GOVERNMENT and isinstance(node, Bound):
            return Through(Type(GOVERNMENT), "government of member", "b_member.government")
        if node.type.kind != kind:
            raise ExpressionError(
                f"{KIND_NAMES[kind]} is wanted here, this is {KIND_NAMES[node.type.kind]}",
                "",
                tree.col_offset,
            )
        return node

    def _visit(self, tree: ast.expr, want: Type | None) -> Node:
        if isinstance(tree, ast.Constant):
            assert isinstance(tree.value, int | float)
            return literal_number(tree.value)
        if isinstance(tree, ast.Name):
            return named(self, tree, want)
        if isinstance(tree, ast.UnaryOp):
            if isinstance(tree.op, ast.Not):
                return denied(self.of_kind(tree.operand, FLAG))
            operand = self.of_kind(tree.operand, NUMBER)
            return negate(operand) if isinstance(tree.op, ast.USub) else operand
        if isinstance(tree, ast.BinOp):
            left, right = self.of_kind(tree.left, NUMBER), self.of_kind(tree.right, NUMBER)
            return binary(type(tree.op).__name__, left, right)
        if isinstance(tree, ast.BoolOp):
            word = "and" if isinstance(tree.op, ast.And) else "or"
            return joined(word, tuple(self.of_kind(part, FLAG) for part in tree.values))
        if isinstance(tree, ast.Compare):
            return comparison(self, tree)
        if isinstance(tree, ast.IfExp):
            return self._either(tree, want)
        if isinstance(tree, ast.Call):
            return self._call(tree)
        if isinstance(tree, ast.Subscript):
            return subscripted(self, tree)
        if isinstance(tree, ast.Attribute):
            return attribute(self, tree)
        raise ExpressionError(
            "a list can only stand after “in”", "actor in [GOV, GOV]", tree.col_offset
        )

    def _call(self, tree: ast.Call) -> Node:
        assert isinstance(tree.func, ast.Name)
        name = tree.func.id
        if name in FUNCTIONS:
            return FUNCTIONS[name](self, tree)
        arithmetic = call_arithmetic(name)
        if arithmetic is None:
            known = [*FUNCTIONS, "min", "max", "abs", "clamp", "round"]
            raise ExpressionError(
                f"there is no function “{name}”", nearest(name, known), tree.col_offset
            )
        return arithmetic(tuple(self.of_kind(part, NUMBER) for part in tree.args), tree.col_offset)

    def _either(self, tree: ast.IfExp, want: Type | None) -> Node:
        condition = self.of_kind(tree.test, FLAG)
        then, other = self.visit(tree.body, want), self.visit(tree.orelse, want)
        if then.type.kind != other.type.kind:
            raise ExpressionError(
                "both sides of “if ... else” must be of one kind", "", tree.col_offset
            )
        kind = then.type
        if kind.kind in (NUMBER, FLAG):
            lo, hi = min(then.type.lo, other.type.lo), max(then.type.hi, other.type.hi)
            kind = Type(kind.kind, (), lo, hi)
        return Either(kind, condition, then, other)
