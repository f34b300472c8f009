"""Reading a document without ever failing half-way: each problem is noted with its path."""

from __future__ import annotations

import keyword
import re
from collections.abc import Iterable, Iterator, Mapping
from math import isfinite
from typing import Any

from ..errors import Issue, Path, nearest
from ..expressions.check import check
from ..expressions.emit import function
from ..expressions.grammar import ExpressionError
from ..expressions.types import FLAG, FLAG_TYPE, Type, number
from ..expressions.vocabulary import Scope, Vocabulary
from ..ruleset import Formula

_NAME = re.compile(r"[A-Za-z][A-Za-z0-9_]{0,63}\Z")
RESERVED = frozenset({"turn", "turns", "true", "false", "member", "draft", "nobody"})


class Section:
    """A mapping of the document, its path, and the list that its problems go to."""

    def __init__(self, data: Any, path: Path, issues: list[Issue]) -> None:
        self.path, self.issues = path, issues
        if not isinstance(data, Mapping):
            if data is not None:
                self.problem("", "a mapping is wanted here")
            data = {}
        self.data: Mapping[Any, Any] = data

    def problem(self, key: str | int, message: str, suggestion: str = "", offset: int = 0) -> None:
        """Note what is wrong with the value at `key` ("" for this mapping itself)."""
        path = self.path if key == "" else (*self.path, key)
        self.issues.append(Issue(path, message, suggestion, offset))

    def has(self, key: str) -> bool:
        """Whether the key is there with a value."""
        return self.data.get(key) is not None

    def text(self, key: str, default: str = "") -> str:
        """A text; numbers are written out."""
        value = self.data.get(key)
        if value is None:
            return default
        if isinstance(value, str):
            return value
        if isinstance(value, int | float) and not isinstance(value, bool):
            return str(value)
        self.problem(key, "a text is wanted here")
        return default

    def number(self, key: str, default: float, lo: float = -1e9, hi: float = 1e9) -> float:
        """A finite number between `lo` and `hi`."""
        value = self.data.get(key)
        if value is None:
            return default
        if isinstance(value, bool) or not isinstance(value, int | float):
            self.problem(key, "a number is wanted here")
            return default
        if not (abs(value) <= 1e15 and isfinite(value)) or not lo <= value <= hi:
            self.problem(key, f"a number from {lo:g} to {hi:g} is wanted here")
            return default
        return float(value)

    def whole(self, key: str, default: int, lo: int = 0, hi: int = 1_000_000) -> int:
        """A whole number between `lo` and `hi`."""
        value = self.number(key, default, lo, hi)
        if value != int(value):
            self.problem(key, "a whole number is wanted here")
        return int(value)

    def flag(self, key: str, default: bool = False) -> bool:
        """True or false."""
        value = self.data.get(key)
        if value is None:
            return default
        if not isinstance(value, bool):
            self.problem(key, "true or false is wanted here")
            return default
        return value

    def one_of(self, key: str, known: Iterable[str], default: str) -> str:
        """One of the known words."""
        value = self.text(key, default)
        words = list(known)
        if value not in words:
            self.problem(key, f"there is no “{value}” here", nearest(value, words))
            return default
        return value

    def words(
        self, key: str, known: Iterable[str] | None = None, what: str = ""
    ) -> tuple[str, ...]:
        """A list of texts; with `known`, each must be one of them."""
        value = self.data.get(key)
        if value is None:
            return ()
        if isinstance(value, str):
            value = [value]
        if not isinstance(value, list | tuple):
            self.problem(key, "a list is wanted here")
            return ()
        allowed = None if known is None else set(known)
        found = []
        for position, item in enumerate(value):
            if not isinstance(item, str):
                self.issues.append(Issue((*self.path, key, position), "a text is wanted here"))
            elif allowed is not None and item not in allowed:
                self.issues.append(
                    Issue(
                        (*self.path, key, position),
                        f"there is no {what or 'such name as'} “{item}”",
                        nearest(item, allowed),
                    )
                )
            else:
                found.append(item)
        return tuple(found)

    def section(self, key: str) -> Section:
        """The mapping at `key`; empty if absent."""
        return Section(self.data.get(key), (*self.path, key), self.issues)

    def entries(self, key: str, *, local: bool = False) -> Iterator[tuple[str, Section]]:
        """The bodies by id of the mapping at `key`. Ids must be names.

        `local` names (a move's parameters) may be called `draft` or `member`.
        """
        inner = self.section(key)
        for name, body in inner.data.items():
            if not isinstance(name, str) or not _NAME.match(name):
                inner.problem(str(name), f"“{name}” is not an id", "letters, digits and _ only")
                continue
            if (name in RESERVED and not local) or keyword.iskeyword(name):
                inner.problem(name, f"“{name}” is a word of the language", "take another id")
                continue
            yield name, Section(body, (*inner.path, name), self.issues)

    def items(self, key: str) -> Iterator[Section]:
        """The mappings of the list at `key`."""
        value = self.data.get(key)
        if value is None:
            return
        if not isinstance(value, list | tuple):
            self.problem(key, "a list is wanted here")
            return
        for position, item in enumerate(value):
            yield Section(item, (*self.path, key, position), self.issues)

    def formula(
        self,
        key: str,
        want: Type,
        words: Vocabulary,
        scope: Scope,
        default: Any = None,
    ) -> Formula | None:
        """The compiled expression at `key`; None if it is absent or refused."""
        value = self.data.get(key, default)
        if value is None:
            return None
        if not isinstance(value, str | int | float | bool):
            self.problem(key, "an expression is wanted here")
            return None
        try:
            node = check(value, want, words, scope)
        except ExpressionError as error:
            self.problem(key, error.message, error.suggestion, error.offset)
            return None
        names = list(scope.bindings)
        if scope.body is not None and scope.member:
            names.append("member")
        if scope.body is not None and "draft" not in names:
            names.append("draft")
        run = function(words.layout, names, [node], single=True)
        return Formula(node, run, str(value).lower() if isinstance(value, bool) else str(value))

    def condition(self, key: str, words: Vocabulary, scope: Scope) -> Formula | None:
        """The condition at `key`, which must be able to hold (unless it says `false`)."""
        formula = self.formula(key, FLAG_TYPE, words, scope)
        if formula is not None and formula.node.type.hi == 0 and any(formula.node.reads()):
            self.problem(
                key, "this can never be true", "compare with a value inside the track's range"
            )
        return formula

    def figure(
        self, key: str, words: Vocabulary, scope: Scope, default: float, hi: float = 1e9
    ) -> Formula:
        """The number expression at `key`; `default` where absent."""
        formula = self.formula(key, number(-hi, hi), words, scope, default)
        return formula or constant(default, words, scope)


def constant(value: float | bool, words: Vocabulary, scope: Scope) -> Formula:
    """A formula that is always the same number or flag."""
    node = check(value, Type(FLAG) if isinstance(value, bool) else number(), words, scope)
    names = [*scope.bindings, *(("draft",) if scope.body else ())]
    return Formula(node, function(words.layout, names, [node], single=True), str(value))
