"""Typed expressions: what they are made of at the last, such as a number or a read of the state.

They emit source over flat slots, and evaluate over a firing's record. `emit` is used once, when a
ruleset is compiled; `evaluate` is slow and only explains a firing from the values that it saw. What
is made of parts is in `operations.py`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from .types import Type

Value = Any


class MissingError(Exception):
    """A value that the record of a firing does not hold."""


@dataclass(frozen=True, slots=True)
class Node:
    """A part of an expression, of a known type, from `start` to `end` of the text."""

    type: Type

    def emit(self) -> str:
        """Python source of this part; built only from our own pieces."""
        raise NotImplementedError

    def evaluate(self, names: Mapping[str, Value]) -> Value:
        """The value of this part, where `names` holds bindings and what was read, by label."""
        raise NotImplementedError

    def parts(self) -> tuple[Node, ...]:
        """The parts that this one is made of."""
        return ()

    def of_parts(self, parts: tuple[Node, ...]) -> Node:
        """The same, made of other parts, as many as `parts()` gives."""
        return self

    def reads(self) -> Iterator[Read]:
        """Everything of the game's state that this part reads."""
        for part in self.parts():
            yield from part.reads()

    def text(self) -> str:
        """The part in the author's language."""
        raise NotImplementedError


@dataclass(frozen=True, slots=True)
class Literal(Node):
    """A value written out: a number, true or false, a choice, a government, a member."""

    value: Value
    code: str

    def emit(self) -> str:
        return self.code

    def evaluate(self, names: Mapping[str, Value]) -> Value:
        return self.value

    def text(self) -> str:
        if isinstance(self.value, bool):
            return "true" if self.value else "false"
        return f"{self.value:g}" if isinstance(self.value, float) else str(self.value)


@dataclass(frozen=True, slots=True)
class Bound(Node):
    """A binding: `actor`, `a`, `b` or a parameter of the move."""

    name: str

    def emit(self) -> str:
        return f"b_{self.name}"

    def evaluate(self, names: Mapping[str, Value]) -> Value:
        if self.name not in names:
            raise MissingError(self.name)
        return names[self.name]

    def text(self) -> str:
        return self.name


@dataclass(frozen=True, slots=True)
class Through(Node):
    """The member spoken of: as itself (its place in the body) or as its government."""

    name: str
    code: str

    def emit(self) -> str:
        return self.code

    def evaluate(self, names: Mapping[str, Value]) -> Value:
        if self.name not in names:
            raise MissingError(self.name)
        return names[self.name]

    def text(self) -> str:
        return "member"


@dataclass(frozen=True, slots=True)
class Read(Node):
    """Something read from the state: a track, a fact, whether a measure is in force ...

    `family` says what kind of thing, `subject` which, `arguments` of whom; `code` is the source
    that reads it. The label of a read is how records name it.
    """

    family: str
    subject: str
    arguments: tuple[Node, ...]
    code: str

    def emit(self) -> str:
        return self.code

    def parts(self) -> tuple[Node, ...]:
        return self.arguments

    def reads(self) -> Iterator[Read]:
        yield self

    def evaluate(self, names: Mapping[str, Value]) -> Value:
        label = self.label([part.evaluate(names) for part in self.arguments])
        if label not in names:
            raise MissingError(label)
        return names[label]

    def label(self, arguments: list[str]) -> str:
        """The name of this read for given arguments, such as "trust[EST, NOR]"."""
        return label_of(self.family, self.subject, arguments)

    def text(self) -> str:
        return self.label([part.text() for part in self.arguments])


def label_of(family: str, subject: str, arguments: list[str]) -> str:
    """How records name a read. Pairs are unordered, so their two governments are sorted."""
    if family in ("track", "fact", "previous"):
        inner = f"{subject}[{', '.join(sorted(arguments))}]" if arguments else subject
        return f"previous({inner})" if family == "previous" else inner
    if family in ("turn", "turns"):
        return family
    if family in ("member", "draft"):
        return f"{family}.{subject}"
    return f"{family}({', '.join([subject, *arguments] if subject else arguments)})"
