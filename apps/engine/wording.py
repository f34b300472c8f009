"""Conditions and readings in words, with the titles that the scenario gives."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from .expressions.nodes import Bound, Literal, Node, Read
from .expressions.operations import Among, Apply, Compare, Holds, Logic, Not
from .narration import amount, figure, government, in_words
from .ruleset import Ruleset

_SIGNS = {
    ">": "is above",
    ">=": "is at least",
    "<": "is below",
    "<=": "is at most",
    "==": "is",
    "!=": "is not",
}


def label_in_words(ruleset: Ruleset, label: str) -> str:
    """What a record names "in_force(toll, NOR)" or "trust[EST, NOR]", for people."""
    if not label.endswith(")"):
        if label in ("turn", "turns"):
            return {"turn": "the turn", "turns": "the number of turns"}[label]
        if label.startswith(("draft.", "member.")):
            base, _, name = label.partition(".")
            return f"{name.replace('_', ' ')} of the {base}"
        return figure(ruleset, label)
    family, _, rest = label[:-1].partition("(")
    if family == "previous":
        return f"{figure(ruleset, rest)} a turn ago"
    words = [word.strip() for word in rest.split(",")]
    wide = {
        "sum_of": "the sum of",
        "mean_of": "the mean of",
        "min_of": "the lowest",
        "max_of": "the highest",
    }
    if family in wide:
        return f"{wide[family]} {figure(ruleset, words[0])}"
    return _function_in_words(ruleset, family, words)


def _function_in_words(ruleset: Ruleset, family: str, words: list[str]) -> str:
    who = government(ruleset, words[-1])
    whose = f" ({who})" if len(words) > 1 else ""
    if family in ("in_force", "turns_in_force"):
        title = ruleset.measures[words[0]].title
        lead = "turns in force of " if family == "turns_in_force" else ""
        return f"{lead}“{title}”{whose}" + (" in force" if family == "in_force" else "")
    if family in ("ordered", "ever", "since"):
        title = ruleset.moves[words[0]].title
        tail = {"ordered": " ordered", "ever": " ordered before", "since": ""}[family]
        return f"{'turns since ' if family == 'since' else ''}“{title}”{whose}{tail}"
    if family in ("agreed", "broken"):
        return f"“{ruleset.agreements[words[0]].title}”{whose} {family}"
    if family in ("adopted", "phased_in", "contains", "phase_in"):
        tail = {
            "adopted": "adopted",
            "phased_in": "phased in",
            "contains": "in the draft",
            "phase_in": "phase-in",
        }[family]
        return f"“{ruleset.clauses[words[0]].title}” {tail}"
    if family == "sponsor":
        return f"{who} among the sponsors"
    spoken = {"voted_yes": "voted yes", "voted_no": "voted no", "abstained": "abstained"}
    return f"{who} {spoken.get(family, family)}"


def flag_in_words(ruleset: Ruleset, label: str, holds: bool) -> str:
    """A flag as a clause: "“Toll” (Norhaven) is not in force", "Storm is yes"."""
    words = label_in_words(ruleset, label)
    if not label.endswith(")"):
        return f"{words} is {'yes' if holds else 'no'}"
    head, quote, tail = words.rpartition("”")
    if not quote or not tail.strip():
        return words if holds else f"not {words}"
    whose, close, state = tail.rpartition(")")
    verb = "was" if _past(tail) else "is"
    verb = verb if holds else f"{verb} not"
    return f"{head}”{whose}{close} {verb} {state.strip()}" if close else f"{head}” {verb}{tail}"


def _past(tail: str) -> bool:
    """Whether the words of a flag speak of what is done already."""
    return tail.strip().endswith(("before", "ordered", "adopted", "broken"))


def value_in_words(ruleset: Ruleset, label: str, value: Any) -> str:
    """A value that a rule saw, for people."""
    return in_words(ruleset, label, value)


def condition_in_words(ruleset: Ruleset, node: Node, names: Mapping[str, Any]) -> str:
    """A condition as a clause of a sentence; bindings are replaced by what they stood for."""
    if isinstance(node, Logic):
        parts = [condition_in_words(ruleset, part, names) for part in node.operands]
        return f" {node.word} ".join(parts)
    if isinstance(node, Not):
        if isinstance(node.operand, Read):
            return flag_in_words(ruleset, label_of_read(node.operand, names), False)
        return f"not ({condition_in_words(ruleset, node.operand, names)})"
    if isinstance(node, Read):
        return flag_in_words(ruleset, label_of_read(node, names), True)
    if isinstance(node, Compare):
        left, right = (_part(ruleset, side, names) for side in (node.left, node.right))
        return f"{left} {_SIGNS[node.sign]} {_right(ruleset, node, right)}"
    if isinstance(node, Among):
        choices = " or ".join(_part(ruleset, part, names) for part in node.choices)
        word = "is neither" if node.negated else "is"
        return f"{_part(ruleset, node.member, names)} {word} {choices}"
    if isinstance(node, Holds):
        word = "is not" if node.negated else "is"
        return f"“{ruleset.clauses[node.clause].title}” {word} among the clauses"
    return _part(ruleset, node, names)


def _right(ruleset: Ruleset, node: Compare, right: str) -> str:
    """A choice of a fact by its label."""
    if isinstance(node.left, Read) and isinstance(node.right, Literal):
        return value_in_words(ruleset, node.left.subject, node.right.value)
    return right


def _part(ruleset: Ruleset, node: Node, names: Mapping[str, Any]) -> str:
    if isinstance(node, Read):
        return label_in_words(ruleset, label_of_read(node, names))
    if isinstance(node, Literal):
        if isinstance(node.value, bool):
            return "true" if node.value else "false"
        if isinstance(node.value, float):
            return amount(node.value)
        return government(ruleset, str(node.value))
    if isinstance(node, Bound):
        value = names.get(node.name, node.name)
        return government(ruleset, value) if isinstance(value, str) else amount(float(value))
    if isinstance(node, Apply):
        return _arithmetic(node, [_part(ruleset, part, names) for part in node.operands])
    return node.text()


def _arithmetic(node: Apply, words: list[str]) -> str:
    """A sum, product or extreme in words."""
    if node.name in "+-*/":
        sign = {"-": "−", "*": "×"}.get(node.name, node.name)
        return f"{sign}{words[0]}" if len(words) == 1 else f"{words[0]} {sign} {words[1]}"
    if node.name == "clamp":
        return f"{words[0]} held between {words[1]} and {words[2]}"
    lead = {"abs": "the size of", "round": "the rounded", "min": "the lowest of"}
    return f"{lead.get(node.name, 'the highest of')} {' and '.join(words)}"


def label_of_read(node: Read, names: Mapping[str, Any]) -> str:
    """The label of a read, with bindings replaced by what they stood for."""
    arguments = [
        str(names.get(part.text(), part.text())) if isinstance(part, Bound) else part.text()
        for part in node.arguments
    ]
    return node.label(arguments)
