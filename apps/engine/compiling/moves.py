"""Moves: parameters, cost, conditions, secrecy and the built-in acts on a docket."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ..errors import nearest
from ..expressions.emit import build, prologue
from ..expressions.literals import is_constant
from ..expressions.types import (
    AGREEMENT,
    CHOICE,
    CLAUSES,
    DRAFT,
    FLAG_TYPE,
    GOVERNMENT,
    TEXT,
    Type,
    number,
)
from ..expressions.vocabulary import Scope, Vocabulary
from ..ruleset import Act, Condition, Figure, Move, Parameter
from .section import Section

TYPES = ("choice", "number", "flag", "government", "clauses", "draft", "agreement", "text")
OPTIONAL = ("government", "draft", "agreement", "text", "clauses")
ACTS = {
    "table_draft": "clauses",
    "amend_draft": "clauses",
    "cosponsor": "",
    "withdraw_draft": "",
}


def read_moves(document: Section, words: Vocabulary) -> dict[str, Move]:
    """Every move of the document."""
    return {
        name: _move(name, words.move_index[name], section, words)
        for name, section in document.entries("moves")
    }


def binding_types(move: Move) -> dict[str, Type]:
    """What a rule on this move binds: `actor` and each parameter by name."""
    types = {"actor": Type(GOVERNMENT)}
    for parameter in move.parameters:
        types[parameter.name] = parameter_type(parameter)
    return types


def parameter_type(parameter: Parameter) -> Type:
    """The kind of value that a parameter gives to expressions."""
    if parameter.type == "choice":
        return Type(CHOICE, tuple(parameter.choices))
    if parameter.type == "number":
        return number(parameter.lo, parameter.hi)
    if parameter.type == "flag":
        return FLAG_TYPE
    kinds = {
        "government": GOVERNMENT,
        "clauses": CLAUSES,
        "draft": DRAFT,
        "agreement": AGREEMENT,
        "text": TEXT,
    }
    return Type(kinds[parameter.type])


def _move(name: str, index: int, section: Section, words: Vocabulary) -> Move:
    governments = words.layout.index
    parameters = tuple(
        _parameter(key, body, words) for key, body in section.entries("parameters", local=True)
    )
    bindings = {"actor": Type(GOVERNMENT)}
    alone = Scope(dict(bindings), orders=False)
    for parameter in parameters:
        bindings[parameter.name] = parameter_type(parameter)
    secret, after, reveal = _secrecy(section, words, Scope(dict(bindings)))
    conditions = tuple(_conditions(section, words, bindings))
    cost = section.figure("cost", words, alone, 0.0)
    by = section.words("by", governments, "government") or tuple(governments)
    return Move(
        id=name,
        index=index,
        title=section.text("title", name),
        theme=section.text("theme"),
        text=section.text("text"),
        by=by,
        cost=cost,
        severity=words.moves[name],
        cooldown=section.whole("cooldown", 0, 0, 1000),
        per_turn=section.whole("per_turn", 1, 1, 100),
        secret=secret,
        reveal_after=after,
        reveal_when=reveal,
        irreversible=section.flag("irreversible"),
        roles=section.words("roles"),
        parameters=parameters,
        conditions=conditions,
        gates=tuple(part for part in conditions if not part.of_order),
        checks=tuple(part for part in conditions if part.of_order),
        gate=_all_gates(words, conditions),
        fixed_cost=max(0.0, round(cost.node.type.lo, 6)) if is_constant(cost.node) else None,
        act=_act(section, parameters, words, bindings),
        claims=section.words("claims"),
    )


def _conditions(
    section: Section, words: Vocabulary, bindings: Mapping[str, Type]
) -> list[Condition]:
    found = []
    for part in section.items("conditions"):
        scope = Scope(dict(bindings), orders=False)
        formula = part.condition("if", words, scope)
        if formula is None:
            if not part.has("if"):
                part.problem("", "a condition needs an “if”")
            continue
        of_order = any(f"b_{name}" in formula.node.emit() for name in bindings if name != "actor")
        reason = part.text("else", "The rules do not allow it now.")
        found.append(Condition(formula, reason, of_order))
    return found


def _all_gates(words: Vocabulary, conditions: tuple[Condition, ...]) -> Figure | None:
    """One function of the actor over all conditions that close the move; None without any."""
    gates = [part.formula.node.emit() for part in conditions if not part.of_order]
    if not gates:
        return None
    lines = [*prologue(gates), f" return {' and '.join(gates)}"]
    return build(words.layout, "gate", ["actor"], lines)


def _secrecy(section: Section, words: Vocabulary, scope: Scope) -> tuple[bool, int | None, Any]:
    value = section.data.get("secrecy", "public")
    if value == "public":
        return False, None, None
    inner = value.get("secret") if isinstance(value, Mapping) else value
    if inner == "never" or value == "secret":
        return True, None, None
    if isinstance(inner, Mapping):
        part = section.section("secrecy").section("secret")
        after = part.whole("reveal_after", 0, 0, 1000) if part.has("reveal_after") else None
        return True, after, part.condition("reveal_when", words, scope)
    section.problem(
        "secrecy", "secrecy is public, or secret", "{secret: never} or {secret: {reveal_after: 2}}"
    )
    return True, None, None


def _parameter(name: str, section: Section, words: Vocabulary) -> Parameter:
    kind = section.one_of("type", TYPES, "text")
    lo, hi = -1e9, 1e9
    bounds = section.data.get("range")
    if bounds is not None:
        if (
            isinstance(bounds, list | tuple)
            and len(bounds) == 2
            and all(isinstance(end, int | float) and abs(end) <= 1e9 for end in bounds)
            and bounds[0] <= bounds[1]
        ):
            lo, hi = float(bounds[0]), float(bounds[1])
        else:
            section.problem("range", "a range is two numbers, the lower first", "[0, 12]")
    body = section.text("body")
    if kind in ("clauses", "draft") and body not in words.bodies:
        section.problem("body", f"there is no body “{body}”", nearest(body, words.bodies))
    optional = section.flag("optional")
    if optional and kind not in OPTIONAL:
        section.problem("optional", f"a {kind} cannot be left out", "give it a default")
    most = section.whole("max", 280 if kind == "text" else 10, 1, 10_000)
    return Parameter(
        name=name,
        type=kind,
        title=section.text("title", name),
        choices=_choices(kind, section, words),
        lo=lo,
        hi=hi,
        step=section.number("step", 0.0, 0.0),
        unit=section.text("unit"),
        body=body,
        fewest=section.whole("min", 0 if optional else 1 if kind == "clauses" else 0, 0, 100),
        most=most,
        optional=optional,
        default=section.data.get("default"),
    )


def _choices(kind: str, section: Section, words: Vocabulary) -> dict[str, str]:
    known: Mapping[str, Any] | None = None
    if kind == "government":
        known = words.layout.index
    elif kind == "agreement":
        known = words.agreements
    given = section.data.get("choices")
    if kind not in ("choice", "government", "agreement"):
        return {}
    if given is None and known is not None:
        return {name: name for name in known}
    if isinstance(given, Mapping):
        labels = {str(key): str(value) for key, value in given.items()}
    else:
        labels = {word: word for word in section.words("choices")}
    if not labels:
        section.problem("choices", "a choice needs choices")
    for word in labels:
        if known is not None and word not in known:
            section.problem("choices", f"there is no {kind} “{word}”", nearest(word, known))
    return labels


def _act(
    section: Section,
    parameters: tuple[Parameter, ...],
    words: Vocabulary,
    bindings: dict[str, Type],
) -> Act | None:
    if not section.has("act"):
        return None
    part = section.section("act")
    kind = part.one_of("kind", ACTS, "table_draft")
    by_name = {parameter.name: parameter for parameter in parameters}

    def named(key: str, wanted: str, required: bool) -> str:
        value = part.text(key)
        if not value and not required:
            return ""
        found = by_name.get(value)
        if found is None or found.type != wanted:
            part.problem(key, f"name a parameter of type {wanted} here", nearest(value, by_name))
            return ""
        return value

    body = part.text("body")
    draft = "" if kind == "table_draft" else named("draft", "draft", True)
    if not body and draft:
        body = by_name[draft].body
    if body not in words.bodies:
        part.problem("body", f"there is no body “{body}”", nearest(body, words.bodies))
    return Act(
        kind=kind,
        body=body,
        clauses=named("clauses", "clauses", kind in ("table_draft", "amend_draft")),
        draft=draft,
        joint_with=named("joint_with", "government", False),
        joint_if=part.condition("joint_if", words, Scope(dict(bindings))),
    )
