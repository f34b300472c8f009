"""Comparisons: the sides are of one kind, and a side of a named kind resolves bare names."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from ..errors import nearest
from .grammar import ExpressionError
from .logic import compared, joined
from .nodes import Bound, Literal, Node, Through
from .operations import Among, Compare, Holds
from .types import CHOICE, CLAUSES, FLAG_TYPE, GOVERNMENT, MEMBER, NUMBER, Type

if TYPE_CHECKING:
    from .check import Checker

_SIGNS: dict[type[ast.cmpop], str] = {
    ast.Lt: "<",
    ast.LtE: "<=",
    ast.Gt: ">",
    ast.GtE: ">=",
    ast.Eq: "==",
    ast.NotEq: "!=",
}
_NAMED = (CHOICE, GOVERNMENT, MEMBER)


def comparison(checker: Checker, tree: ast.Compare) -> Node:
    if isinstance(tree.ops[0], ast.In | ast.NotIn):
        return _among(checker, tree)
    operands = _alike(checker, [tree.left, *tree.comparators])
    links: list[Node] = []
    for position, op in enumerate(tree.ops):
        sign = _SIGNS.get(type(op))
        if sign is None:
            raise ExpressionError("“in” cannot be chained", "", tree.col_offset)
        left, right = operands[position], operands[position + 1]
        kinds = {left.type.kind, right.type.kind}
        if len(kinds) > 1:
            raise ExpressionError(
                f"{left.type} cannot be compared with {right.type}", "", tree.col_offset
            )
        if kinds != {NUMBER} and sign not in ("==", "!="):
            raise ExpressionError("only numbers are larger or smaller", "", tree.col_offset)
        links.append(Compare(compared(sign, left, right), sign, left, right))
    return links[0] if len(links) == 1 else joined("and", tuple(links))


def _alike(checker: Checker, trees: list[ast.expr]) -> list[Node]:
    """Type the sides of a comparison; the named kind of one side resolves bare names."""
    nodes: list[Node | None] = []
    want: Type | None = None
    failure: ExpressionError | None = None
    for tree in trees:
        try:
            node = checker.visit(tree)
        except ExpressionError as error:
            failure = failure or error
            nodes.append(None)
            continue
        nodes.append(node)
        if node.type.kind in _NAMED and not isinstance(node, Literal):
            want = want or node.type
    if want is None and failure is not None:
        raise failure
    if want is None:
        return [node for node in nodes if node is not None]
    return [_side(checker, tree, want) for tree in trees]


def _side(checker: Checker, tree: ast.expr, want: Type) -> Node:
    node = checker.visit(tree, want)
    if node.type.kind == MEMBER and isinstance(node, Bound):
        return Through(node.type, "member", "b_member.index")
    return node


def _among(checker: Checker, tree: ast.Compare) -> Node:
    inside = tree.comparators[0]
    negated = isinstance(tree.ops[0], ast.NotIn)
    if len(tree.ops) > 1:
        raise ExpressionError("“in” cannot be chained", "", tree.col_offset)
    if isinstance(inside, ast.Name) and isinstance(tree.left, ast.Name):
        bound = checker.scope.bindings.get(inside.id)
        if bound is not None and bound.kind == CLAUSES:
            if tree.left.id not in checker.words.clauses:
                raise ExpressionError(
                    f"there is no clause “{tree.left.id}”",
                    nearest(tree.left.id, checker.words.clauses),
                    tree.col_offset,
                )
            return Holds(FLAG_TYPE, tree.left.id, Bound(bound, inside.id), negated)
    if not isinstance(inside, ast.List | ast.Tuple) or not inside.elts:
        raise ExpressionError(
            "a list of names is wanted after “in”", "actor in [GOV, GOV]", tree.col_offset
        )
    left = _side(checker, tree.left, checker.visit(tree.left).type)
    if left.type.kind not in _NAMED:
        raise ExpressionError(
            "only a choice, a government or a member can be “in” a list", "", tree.col_offset
        )
    choices = tuple(_side(checker, part, left.type) for part in inside.elts)
    if any(part.type.kind != left.type.kind for part in choices):
        raise ExpressionError("the list holds something of another kind", "", tree.col_offset)
    return Among(FLAG_TYPE, left, choices, negated)
