"""Typed expressions made of parts: arithmetic, comparisons, conditions."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from .nodes import Node, Value


@dataclass(frozen=True, slots=True)
class Apply(Node):
    """A function over numbers: arithmetic, min, max, abs, clamp, round."""

    name: str
    operands: tuple[Node, ...]
    template: str
    compute: Callable[..., Value]

    def emit(self) -> str:
        codes = [part.emit() for part in self.operands]
        if self.template == "call":
            return f"{self.name}({', '.join(codes)})"
        return self.template.format(*codes)

    def parts(self) -> tuple[Node, ...]:
        return self.operands

    def of_parts(self, parts: tuple[Node, ...]) -> Node:
        return replace(self, operands=parts)

    def evaluate(self, names: Mapping[str, Value]) -> Value:
        return self.compute(*(part.evaluate(names) for part in self.operands))

    def text(self) -> str:
        words = [part.text() for part in self.operands]
        if self.name in "+-*/":
            return f"-{words[0]}" if len(words) == 1 else f"({f' {self.name} '.join(words)})"
        return f"{self.name}({', '.join(words)})"


@dataclass(frozen=True, slots=True)
class Compare(Node):
    """One comparison between two parts of the same kind."""

    sign: str
    left: Node
    right: Node

    def emit(self) -> str:
        left, right = self.left.emit(), self.right.emit()
        return f"({left} {self.sign} {right})"

    def parts(self) -> tuple[Node, ...]:
        return (self.left, self.right)

    def of_parts(self, parts: tuple[Node, ...]) -> Node:
        return replace(self, left=parts[0], right=parts[1])

    def evaluate(self, names: Mapping[str, Value]) -> bool:
        return SIGNS[self.sign](self.left.evaluate(names), self.right.evaluate(names))

    def text(self) -> str:
        return f"{self.left.text()} {self.sign} {self.right.text()}"


SIGNS: dict[str, Callable[[Any, Any], bool]] = {
    "<": lambda a, b: bool(a < b),
    "<=": lambda a, b: bool(a <= b),
    ">": lambda a, b: bool(a > b),
    ">=": lambda a, b: bool(a >= b),
    "==": lambda a, b: bool(a == b),
    "!=": lambda a, b: bool(a != b),
}


@dataclass(frozen=True, slots=True)
class Among(Node):
    """Whether a choice or a government is one of several written out."""

    member: Node
    choices: tuple[Node, ...]
    negated: bool

    def emit(self) -> str:
        codes = "".join(f"{part.emit()}, " for part in self.choices)
        return f"({self.member.emit()} {'not in' if self.negated else 'in'} ({codes}))"

    def parts(self) -> tuple[Node, ...]:
        return (self.member, *self.choices)

    def of_parts(self, parts: tuple[Node, ...]) -> Node:
        return replace(self, member=parts[0], choices=parts[1:])

    def evaluate(self, names: Mapping[str, Value]) -> bool:
        value = self.member.evaluate(names)
        return (value in [part.evaluate(names) for part in self.choices]) != self.negated

    def text(self) -> str:
        choices = ", ".join(part.text() for part in self.choices)
        return f"{self.member.text()} {'not in' if self.negated else 'in'} [{choices}]"


@dataclass(frozen=True, slots=True)
class Holds(Node):
    """Whether a clause is among the clauses of an order: `beacon in clauses`."""

    clause: str
    clauses: Node
    negated: bool

    def emit(self) -> str:
        return f"({self.clause!r} {'not in' if self.negated else 'in'} {self.clauses.emit()})"

    def parts(self) -> tuple[Node, ...]:
        return (self.clauses,)

    def of_parts(self, parts: tuple[Node, ...]) -> Node:
        return replace(self, clauses=parts[0])

    def evaluate(self, names: Mapping[str, Value]) -> bool:
        held = self.clauses.evaluate(names)
        ids = [part["clause"] if isinstance(part, Mapping) else part for part in held]
        return (self.clause in ids) != self.negated

    def text(self) -> str:
        return f"{self.clause} {'not in' if self.negated else 'in'} {self.clauses.text()}"


@dataclass(frozen=True, slots=True)
class Logic(Node):
    """`and` / `or` over conditions; total, so order does not matter."""

    word: str
    operands: tuple[Node, ...]

    def emit(self) -> str:
        return "(" + f" {self.word} ".join(part.emit() for part in self.operands) + ")"

    def parts(self) -> tuple[Node, ...]:
        return self.operands

    def of_parts(self, parts: tuple[Node, ...]) -> Node:
        return replace(self, operands=parts)

    def evaluate(self, names: Mapping[str, Value]) -> bool:
        values = (bool(part.evaluate(names)) for part in self.operands)
        return all(values) if self.word == "and" else any(values)

    def text(self) -> str:
        return "(" + f" {self.word} ".join(part.text() for part in self.operands) + ")"


@dataclass(frozen=True, slots=True)
class Not(Node):
    """`not` of a condition."""

    operand: Node

    def emit(self) -> str:
        return f"(not {self.operand.emit()})"

    def parts(self) -> tuple[Node, ...]:
        return (self.operand,)

    def of_parts(self, parts: tuple[Node, ...]) -> Node:
        return replace(self, operand=parts[0])

    def evaluate(self, names: Mapping[str, Value]) -> bool:
        return not self.operand.evaluate(names)

    def text(self) -> str:
        return f"not {self.operand.text()}"


@dataclass(frozen=True, slots=True)
class Either(Node):
    """`a if condition else b`."""

    condition: Node
    then: Node
    other: Node

    def emit(self) -> str:
        return f"({self.then.emit()} if {self.condition.emit()} else {self.other.emit()})"

    def parts(self) -> tuple[Node, ...]:
        return (self.condition, self.then, self.other)

    def of_parts(self, parts: tuple[Node, ...]) -> Node:
        return replace(self, condition=parts[0], then=parts[1], other=parts[2])

    def evaluate(self, names: Mapping[str, Value]) -> Value:
        chosen = self.then if self.condition.evaluate(names) else self.other
        return chosen.evaluate(names)

    def text(self) -> str:
        return f"({self.then.text()} if {self.condition.text()} else {self.other.text()})"
