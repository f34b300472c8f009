"""Reads one YAML (or JSON) file into plain values, and remembers where each value stood.

It reads a small, safe part of YAML: mappings with plain keys, sequences, and scalars by the
YAML 1.2 core rules (so `on`, `yes`, `no` and dates stay words). Anchors, aliases, merge keys, tags,
duplicate keys and several documents in one file are refused, as are files that are too large,
too deep or not UTF-8. Nothing is ever constructed but dict, list, str, int, float, bool, None.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import yaml

from apps.scenarios.problem import Path, Position, Problem, ScenarioError

LARGEST_FILE = 2_000_000
"""Bytes."""
DEEPEST = 30
MOST_VALUES = 200_000
LONGEST_KEY = 300

_INTEGER = re.compile(r"[-+]?[0-9]{1,18}")
_FLOAT = re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]{1,3})?")
_NOT_FINITE = re.compile(r"[-+]?\.(inf|Inf|INF)|\.(nan|NaN|NAN)|[-+]?(Infinity|NaN)")
_WORDS: dict[str, Any] = {
    **dict.fromkeys(("", "~", "null", "Null", "NULL"), None),
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
}
_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass(slots=True)
class SourceMap:
    """Where the values and keys of a document stood in its files."""

    values: dict[Path, Position] = field(default_factory=dict)
    keys: dict[Path, Position] = field(default_factory=dict)
    quoted: set[Path] = field(default_factory=set)

    def value(self, path: Path) -> Position | None:
        """Where the value at `path` begins; the nearest enclosing value if it is not there."""
        return self._nearest(self.values, path)

    def key(self, path: Path) -> Position | None:
        """Where the key of `path` stands, or else its value, or what encloses it."""
        return self.keys.get(path) or self.value(path)

    def inside(self, path: Path, offset: int | None) -> Position | None:
        """The place `offset` characters into the one-line text at `path`."""
        start = self.value(path)
        if start is None or not offset or path not in self.values:
            return start
        quote = 1 if path in self.quoted else 0
        return Position(start.file, start.line, start.column + quote + offset)

    def add(self, other: SourceMap) -> None:
        """Takes over the places of another file."""
        for path, position in other.values.items():
            self.values.setdefault(path, position)
        for path, position in other.keys.items():
            self.keys.setdefault(path, position)
        self.quoted |= other.quoted

    @staticmethod
    def _nearest(places: dict[Path, Position], path: Path) -> Position | None:
        while path and path not in places:
            path = path[:-1]
        return places.get(path)


@dataclass(slots=True)
class Source:
    """One file, read."""

    value: Any
    map: SourceMap


def read_source(data: bytes, file: str) -> Source:
    """Reads the bytes of a file; `file` is the name used in problems.

    Raises ScenarioError with one problem.
    """
    if len(data) > LARGEST_FILE:
        raise _refused(
            "too-large",
            f"the file has more than {LARGEST_FILE:,} bytes",
            Position(file, 1, 1),
            "split the scenario over several files",
        )
    return _Reader(_decoded(data, file), file).read()


def _decoded(data: bytes, file: str) -> str:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise _refused(
            "encoding", "the file is in UTF-16", Position(file, 1, 1), "save it as UTF-8"
        )
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = data[: error.start]
        line = before.count(b"\n") + 1
        column = len(before) - (before.rfind(b"\n") + 1) + 1
        raise _refused(
            "encoding",
            f"the byte 0x{data[error.start]:02x} is not UTF-8",
            Position(file, line, column),
            "save the file as UTF-8",
        ) from None
    bad = re.search("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff]", text)
    if bad:
        line = text.count("\n", 0, bad.start()) + 1
        column = bad.start() - (text.rfind("\n", 0, bad.start()) + 1) + 1
        raise _refused(
            "encoding",
            f"the control character U+{ord(bad[0]):04X} may not stand in a scenario",
            Position(file, line, column),
            "delete it",
        )
    return text


def _refused(code: str, message: str, position: Position, suggestion: str = "") -> ScenarioError:
    return ScenarioError([Problem(code, message, position, suggestion=suggestion)])


class _Reader:
    """Turns the parser's events into values. Depth is bounded, so recursion is safe."""

    def __init__(self, text: str, file: str) -> None:
        self.file = file
        self.map = SourceMap()
        self.count = 0
        self.events: Iterator[yaml.Event] = iter(yaml.parse(text, Loader=_Loader))

    def read(self) -> Source:
        try:
            value = self._document()
        except yaml.MarkedYAMLError as error:
            mark = error.problem_mark or error.context_mark
            position = Position(self.file, mark.line + 1, mark.column + 1) if mark else None
            said = ", ".join(part for part in (error.context, error.problem) if part)
            raise _refused(
                "syntax",
                f"this is not YAML: {said}",
                position or Position(self.file, 1, 1),
                "quote texts and expressions that hold : # { [ or begin with a special sign",
            ) from None
        except yaml.YAMLError as error:
            raise _refused(
                "syntax", f"this is not YAML: {error}"[:300], Position(self.file, 1, 1)
            ) from None
        return Source(value, self.map)

    def _document(self) -> Any:
        value: Any = None
        documents = 0
        for event in self.events:
            if isinstance(event, yaml.DocumentStartEvent):
                documents += 1
                if documents > 1:
                    raise self._problem(
                        event, "documents", "a file holds one document", "delete ---"
                    )
            elif isinstance(event, yaml.NodeEvent):
                value = self._value(event, (), 0)
        return value

    def _value(self, event: yaml.Event, path: Path, depth: int) -> Any:
        self._admit(event, depth)
        self.map.values[path] = self._position(event)
        if isinstance(event, yaml.ScalarEvent):
            return self._scalar(event, path)
        if isinstance(event, yaml.SequenceStartEvent):
            items: list[Any] = []
            while not isinstance(event := next(self.events), yaml.SequenceEndEvent):
                items.append(self._value(event, (*path, len(items)), depth + 1))
            return items
        return self._mapping(path, depth)

    def _mapping(self, path: Path, depth: int) -> dict[str, Any]:
        mapping: dict[str, Any] = {}
        while not isinstance(event := next(self.events), yaml.MappingEndEvent):
            self._admit(event, depth + 1)
            if not isinstance(event, yaml.ScalarEvent):
                raise self._problem(event, "key", "a key must be a word", "quote it")
            key = event.value
            if not event.style and key == "<<":
                raise self._problem(event, "alias", "merge keys are not part of the format")
            if not key or len(key) > LONGEST_KEY:
                raise self._problem(event, "key", f"a key has 1 to {LONGEST_KEY} characters")
            here = (*path, key)
            if key in mapping:
                raise self._problem(
                    event,
                    "duplicate-key",
                    f"the key {key} stands twice here, first at {self.map.keys[here]}",
                    "delete or rename one",
                )
            self.map.keys[here] = self._position(event)
            mapping[key] = self._value(next(self.events), here, depth + 1)
        return mapping

    def _scalar(self, event: yaml.ScalarEvent, path: Path) -> Any:
        text = event.value
        if event.style:
            self.map.quoted.add(path)
            return text
        if text in _WORDS:
            return _WORDS[text]
        if _INTEGER.fullmatch(text):
            return int(text)
        if _NOT_FINITE.fullmatch(text):
            raise self._problem(event, "not-finite", f"{text} is not a number of the format")
        if _FLOAT.fullmatch(text):
            number = float(text)
            if not math.isfinite(number):
                raise self._problem(event, "not-finite", f"the number {text[:40]} is too large")
            return number
        return text

    def _admit(self, event: yaml.Event, depth: int) -> None:
        """Refuses what the format leaves out, before anything is built from it."""
        self.count += 1
        if self.count > MOST_VALUES:
            raise self._problem(event, "too-large", f"a file holds at most {MOST_VALUES:,} values")
        if depth > DEEPEST:
            raise self._problem(event, "too-deep", f"values nest at most {DEEPEST} deep")
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            raise self._problem(
                event,
                "alias",
                "anchors (&) and aliases (*) are not part of the format",
                "write the value out, or quote the text",
            )
        tag = getattr(event, "tag", None)
        if tag and tag != "!":
            raise self._problem(event, "tag", f"tags such as {tag[:60]} are not part of the format")

    def _position(self, event: yaml.Event) -> Position:
        mark = event.start_mark
        assert mark is not None, "the parser marks every event"
        return Position(self.file, mark.line + 1, mark.column + 1)

    def _problem(
        self, event: yaml.Event, code: str, message: str, suggestion: str = ""
    ) -> ScenarioError:
        return _refused(code, message, self._position(event), suggestion)
