"""Names: bindings, choices, tracks and facts, weights of members, attributes of drafts."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from ..errors import nearest
from ..layout import BY_GOVERNMENT, BY_PAIR, GLOBAL
from .grammar import ExpressionError
from .literals import literal_flag, literal_government
from .nodes import Bound, Literal, Node, Read
from .types import CHOICE, GOVERNMENT, MEMBER, Type, number

if TYPE_CHECKING:
    from .check import Checker


def named(checker: Checker, tree: ast.Name, want: Type | None) -> Node:
    name = tree.id
    found = _literal(checker, name, want)
    if found is not None:
        return found
    if name in checker.scope.bindings:
        return Bound(checker.scope.bindings[name], name)
    if name == "member" and checker.scope.member and checker.scope.body is not None:
        return Bound(Type(MEMBER, checker.scope.body.members), name)
    if name in ("true", "false"):
        return literal_flag(name == "true")
    if name in ("turn", "turns"):
        return Read(number(1, checker.words.turns), name, "", (), name)
    if name in checker.words.types:
        return _figure(checker, name, (), tree)
    if name in checker.words.layout.index:
        return literal_government(name, checker.words.layout.index[name])
    raise ExpressionError(
        f"there is no “{name}” here", _suggest(checker, name, want), tree.col_offset
    )


def _literal(checker: Checker, name: str, want: Type | None) -> Node | None:
    if want is None:
        return None
    if want.kind == CHOICE and name in want.options:
        return Literal(want, name, repr(name))
    if want.kind == MEMBER and name in want.options:
        return Literal(want, name, str(want.options.index(name)))
    return None


def _suggest(checker: Checker, name: str, want: Type | None) -> str:
    """The nearest name; where a choice is wanted, the choices."""
    if want is not None and want.options:
        return nearest(name, want.options)
    names = {*checker.words.types, *checker.scope.bindings, *checker.words.layout.index}
    return nearest(name, names | {"turn", "turns", "true", "false"})


def _figure(checker: Checker, name: str, arguments: tuple[ast.expr, ...], tree: ast.expr) -> Node:
    layout = checker.words.layout
    scope, base = layout.scope[name], layout.base[name]
    needed = {GLOBAL: 0, BY_GOVERNMENT: 1, BY_PAIR: 2}[scope]
    if len(arguments) != needed:
        raise ExpressionError(
            f"“{name}” is kept "
            + {0: "once for all", 1: "for each government", 2: "for each pair"}[needed],
            f"write {name}{('', '[GOV]', '[a, b]')[needed]}",
            tree.col_offset,
        )
    whose = tuple(checker.of_kind(part, GOVERNMENT) for part in arguments)
    family = "track" if name in checker.words.tracks else "fact"
    code = f"v[{_place(checker, base, whose, tree)}]"
    return Read(checker.words.types[name], family, name, whose, code)


def _place(checker: Checker, base: int, whose: tuple[Node, ...], tree: ast.expr) -> str:
    layout = checker.words.layout
    codes = [part.emit() for part in whose]
    if not codes:
        return str(base)
    if len(codes) == 1:
        return str(base + int(codes[0])) if codes[0].isdigit() else f"{base} + {codes[0]}"
    first, second = codes
    if first == second:
        raise ExpressionError("a pair has two different governments", "", tree.col_offset)
    if first.isdigit() and second.isdigit():
        return str(base + layout.pair_of[int(first) * layout.stride + int(second)])
    return f"{base} + PAIR[{first} * {layout.stride} + {second}]"


def subscripted(checker: Checker, tree: ast.Subscript) -> Node:
    assert isinstance(tree.value, ast.Name)
    name = tree.value.id
    if name not in checker.words.types:
        raise ExpressionError(
            f"there is no track or fact “{name}”",
            nearest(name, checker.words.types),
            tree.col_offset,
        )
    inside = tree.slice
    arguments = tuple(inside.elts) if isinstance(inside, ast.Tuple) else (inside,)
    return _figure(checker, name, arguments, tree)


def attribute(checker: Checker, tree: ast.Attribute) -> Node:
    assert isinstance(tree.value, ast.Name)
    base, name, body = tree.value.id, tree.attr, checker.scope.body
    if body is None or (base == "member" and not checker.scope.member):
        raise ExpressionError(f"there is no {base} here", "", tree.col_offset)
    if base == "member":
        if name not in body.weights:
            raise ExpressionError(
                f"members of {body.id} have no weight “{name}”",
                nearest(name, body.weights),
                tree.col_offset,
            )
        place = list(body.weights).index(name)
        return Read(body.weights[name], base, name, (), f"b_member.weights[{place}]")
    counted = {"sponsors": "sponsor_count", "age": "age", "phase_in": "longest"}
    if checker.scope.outcome:
        counted |= {"yes": "yes", "no": "no", "abstentions": "abstentions"}
    if name in counted:
        most = max([1000.0, *checker.words.phases.values()])
        return Read(number(0, most), base, name, (), f"b_draft.{counted[name]}")
    if name in body.attributes:
        place = list(body.attributes).index(name)
        return Read(body.attributes[name], base, name, (), f"b_draft.attributes[{place}]")
    known = [*counted, *body.attributes]
    raise ExpressionError(f"a draft has no “{name}”", nearest(name, known), tree.col_offset)
