"""The functions of the language that read the state: orders, measures, agreements, clauses."""

from __future__ import annotations

import ast
from collections.abc import Callable
from typing import TYPE_CHECKING

from ..errors import nearest
from ..layout import BY_GOVERNMENT, BY_PAIR, GLOBAL
from .grammar import ExpressionError
from .nodes import Literal, Node, Read
from .types import FLAG_TYPE, GOVERNMENT, MEMBER, NUMBER, Type, number

if TYPE_CHECKING:
    from .check import Checker

Builder = Callable[["Checker", ast.Call], Node]


def _id(call: ast.Call, known: dict[str, int] | dict[str, tuple[str, ...]], what: str) -> str:
    if not call.args or not isinstance(call.args[0], ast.Name):
        raise ExpressionError(f"name {what} first", nearest("", known), call.col_offset)
    name = call.args[0].id
    if name not in known:
        raise ExpressionError(
            f"there is no {what} “{name}”", nearest(name, known), call.args[0].col_offset
        )
    return name


def _whose(checker: Checker, call: ast.Call) -> tuple[Node, ...]:
    if len(call.args) > 2:
        raise ExpressionError("too many arguments: a name and a government", "", call.col_offset)
    return tuple(checker.of_kind(part, GOVERNMENT) for part in call.args[1:])


def _flag(family: str, subject: str, arguments: tuple[Node, ...], code: str) -> Read:
    return Read(FLAG_TYPE, family, subject, arguments, code)


def _ordered(checker: Checker, call: ast.Call) -> Node:
    words = checker.words
    if not checker.scope.orders:
        raise ExpressionError(
            "nobody has ordered anything yet here", "use ever(move) or since(move)", call.col_offset
        )
    move = _id(call, words.move_index, "move")
    whose = _whose(checker, call)
    mask = f"om[{words.move_index[move]}]"
    code = f"(({mask} >> {whose[0].emit()}) & 1 == 1)" if whose else f"({mask} != 0)"
    return _flag("ordered", move, whose, code)


def _last(checker: Checker, call: ast.Call) -> tuple[str, tuple[Node, ...], str]:
    words = checker.words
    move = _id(call, words.move_index, "move")
    whose = _whose(checker, call)
    stride = words.layout.stride
    first = words.move_index[move] * stride
    if whose:
        argument = whose[0]
        place = (
            str(first + int(argument.emit()))
            if isinstance(argument, Literal)
            else f"{first} + {argument.emit()}"
        )
        return move, whose, f"lo[{place}]"
    return move, whose, f"max(lo[{first}:{first + stride - 1}])"


def _ever(checker: Checker, call: ast.Call) -> Node:
    move, whose, last = _last(checker, call)
    return _flag("ever", move, whose, f"({last} != 0)")


def _since(checker: Checker, call: ast.Call) -> Node:
    move, whose, last = _last(checker, call)
    code = f"elapsed(turn, {last})"
    return Read(number(0, max(99, checker.words.turns)), "since", move, whose, code)


def _measure(checker: Checker, call: ast.Call) -> tuple[str, tuple[Node, ...], list[str]]:
    words = checker.words
    measure = _id(call, words.measures, "measure")
    whose = _whose(checker, call)
    first, holders = words.measure_index[measure], words.measures[measure]
    index = words.layout.index
    if not holders:
        if whose:
            raise ExpressionError(
                f"“{measure}” is in force for all, not for one government",
                f"write in_force({measure})",
                call.col_offset,
            )
        return measure, whose, [f"ms[{first}]"]
    if not whose:
        return measure, whose, [f"ms[{first + index[holder]}]" for holder in holders]
    argument = whose[0]
    if isinstance(argument, Literal):
        if argument.value not in holders:
            raise ExpressionError(
                f"{argument.value} cannot hold “{measure}”",
                "it is held by " + ", ".join(holders),
                call.col_offset,
            )
        return measure, whose, [f"ms[{first + int(argument.emit())}]"]
    return measure, whose, [f"ms[{first} + {argument.emit()}]"]


def _in_force(checker: Checker, call: ast.Call) -> Node:
    measure, whose, places = _measure(checker, call)
    code = " or ".join(f"{place} != 0" for place in places)
    return _flag("in_force", measure, whose, f"({code})")


def _turns_in_force(checker: Checker, call: ast.Call) -> Node:
    measure, whose, places = _measure(checker, call)
    spans = [f"standing(turn, {place})" for place in places]
    code = spans[0] if len(spans) == 1 else f"max({', '.join(spans)})"
    return Read(number(0, checker.words.turns), "turns_in_force", measure, whose, code)


def _pact(family: str, masks: str) -> Builder:
    def build(checker: Checker, call: ast.Call) -> Node:
        agreement = _id(call, checker.words.agreements, "agreement")
        whose = _whose(checker, call)
        mask = f"{masks}[{checker.words.agreements[agreement]}]"
        code = f"(({mask} >> {whose[0].emit()}) & 1 == 1)" if whose else f"({mask} != 0)"
        return _flag(family, agreement, whose, code)

    return build


def _adopted(checker: Checker, call: ast.Call) -> Node:
    clause = _id(call, checker.words.clauses, "clause")
    return _flag("adopted", clause, (), f"(cs[{checker.words.clauses[clause]}] != 0)")


def _phased_in(checker: Checker, call: ast.Call) -> Node:
    clause = _id(call, checker.words.clauses, "clause")
    place = checker.words.clauses[clause]
    code = f"share(turn, cs[{place}], cf[{place}])"
    return Read(number(0, 1), "phased_in", clause, (), code)


def _severity_of(checker: Checker, call: ast.Call) -> Node:
    move = _id(call, checker.words.move_index, "move")
    value = checker.words.moves[move]
    return Literal(number(value, value), value, repr(value))


def _previous(checker: Checker, call: ast.Call) -> Node:
    if len(call.args) != 1:
        raise ExpressionError("previous takes one track", "previous(track)", call.col_offset)
    read = checker.visit(call.args[0])
    if not isinstance(read, Read) or read.family != "track":
        raise ExpressionError("previous takes a track", "", call.col_offset)
    return Read(read.type, "previous", read.subject, read.arguments, "p" + read.code[1:])


def _aggregate(family: str) -> Builder:
    def build(checker: Checker, call: ast.Call) -> Node:
        layout = checker.words.layout
        wide = {
            name: layout.base[name]
            for name, kind in checker.words.types.items()
            if layout.scope[name] != GLOBAL and kind.kind == NUMBER
        }
        track = _id(call, wide, "track of governments or pairs")
        if len(call.args) != 1:
            raise ExpressionError(f"{family} takes one track", "", call.col_offset)
        first = layout.base[track]
        if layout.scope[track] == BY_GOVERNMENT:
            places, count = f"v[{first}:{first + layout.stride - 1}]", layout.stride - 1
        else:
            assert layout.scope[track] == BY_PAIR
            count = len(layout.pairs)
            places = f"v[{first + 1}:{first + 1 + count}]"
        kind = checker.words.types[track]
        lo, hi = kind.lo, kind.hi
        code = {
            "sum_of": f"fsum({places})",
            "mean_of": f"(fsum({places}) / {max(count, 1)})",
            "min_of": f"min({places}, default=0.0)",
            "max_of": f"max({places}, default=0.0)",
        }[family]
        if family == "sum_of":
            lo, hi = lo * count, hi * count
        return Read(Type(NUMBER, (), lo, hi), family, track, (), code)

    return build


def _draft_words(checker: Checker, call: ast.Call) -> None:
    if checker.scope.body is None:
        raise ExpressionError(
            f"{call.func.id if isinstance(call.func, ast.Name) else ''}() speaks of a draft, "
            "and there is none here",
            "use it in a body's support, or in rules on adopted, failed, vetoed",
            call.col_offset,
        )


def _sponsor(checker: Checker, call: ast.Call) -> Node:
    _draft_words(checker, call)
    if len(call.args) != 1:
        raise ExpressionError("sponsor takes one government", "", call.col_offset)
    whose = checker.of_kind(call.args[0], GOVERNMENT)
    return _flag("sponsor", "", (whose,), f"((b_draft.sponsors >> {whose.emit()}) & 1 == 1)")


def _contains(checker: Checker, call: ast.Call) -> Node:
    _draft_words(checker, call)
    clause = _id(call, checker.words.clauses, "clause")
    return _flag("contains", clause, (), f"({clause!r} in b_draft.clauses)")


def _phase_in(checker: Checker, call: ast.Call) -> Node:
    _draft_words(checker, call)
    clause = _id(call, checker.words.clauses, "clause")
    code = f"b_draft.clauses.get({clause!r}, 0.0)"
    return Read(number(0, checker.words.phases.get(clause, 0.0)), "phase_in", clause, (), code)


def _voted(family: str) -> Builder:
    def build(checker: Checker, call: ast.Call) -> Node:
        _draft_words(checker, call)
        if not checker.scope.outcome or len(call.args) != 1:
            raise ExpressionError(
                f"{family} takes one member, in rules on adopted, failed, vetoed",
                "",
                call.col_offset,
            )
        who = checker.of_kind(call.args[0], MEMBER)
        place = who.emit() if isinstance(who, Literal) else f"{who.emit()}.index"
        code = f"(({place}) in b_draft.{family})"
        return _flag(family, "", (who,), code)

    return build


FUNCTIONS: dict[str, Builder] = {
    "ordered": _ordered,
    "ever": _ever,
    "since": _since,
    "in_force": _in_force,
    "turns_in_force": _turns_in_force,
    "agreed": _pact("agreed", "am"),
    "broken": _pact("broken", "bm"),
    "adopted": _adopted,
    "phased_in": _phased_in,
    "severity_of": _severity_of,
    "previous": _previous,
    "sum_of": _aggregate("sum_of"),
    "mean_of": _aggregate("mean_of"),
    "min_of": _aggregate("min_of"),
    "max_of": _aggregate("max_of"),
    "sponsor": _sponsor,
    "contains": _contains,
    "phase_in": _phase_in,
    "voted_yes": _voted("voted_yes"),
    "voted_no": _voted("voted_no"),
    "abstained": _voted("abstained"),
}
