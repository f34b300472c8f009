"""The state of a game between two turns: immutable, comparable, and the fold of its events."""

from __future__ import annotations

import hashlib
import struct
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from functools import lru_cache
from typing import Any

from .layout import Layout


@dataclass(frozen=True, slots=True)
class Draft:
    """A draft resolution on a docket. `clauses` maps a clause to its phase-in in its own unit."""

    id: str
    body: str
    clauses: tuple[tuple[str, float], ...]
    sponsors: tuple[str, ...]
    tabled: int
    votes_on: int


@dataclass(frozen=True, slots=True)
class Resolution:
    """A draft that was voted on: adopted, failed or vetoed, and how each member voted."""

    draft: str
    body: str
    turn: int
    outcome: str
    clauses: tuple[tuple[str, float], ...]
    sponsors: tuple[str, ...]
    votes: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Pact:
    """An agreement made: its parties by role, and what became of each obligation."""

    id: str
    agreement: str
    parties: tuple[tuple[str, str], ...]
    since: int
    expires: int
    ended: bool
    obligations: tuple[tuple[str, str, str], ...]


@dataclass(frozen=True, slots=True)
class HiddenOrder:
    """An accepted order that others do not know of yet."""

    ref: str
    seat: str
    move: str
    turn: int
    parameters: str


@dataclass(frozen=True, slots=True)
class State:
    """Everything that the rules know when turn `turn` is open.

    `values`, `opening` (when this turn opened) and `previous` (when the turn before it opened)
    follow the layout.
    `measures` holds the turn since when each is in force (0: not), `until` the last turn (0:
    open-ended), `last` the turn of each seat's last order of each move, `clauses` the turn of
    adoption and `complete` the turn in which a clause is fully phased in.
    """

    layout: Layout = field(repr=False, compare=False)
    turn: int
    turns: int
    values: tuple[Any, ...]
    opening: tuple[Any, ...]
    previous: tuple[Any, ...]
    measures: tuple[int, ...]
    until: tuple[int, ...]
    last: tuple[int, ...]
    clauses: tuple[int, ...]
    complete: tuple[int, ...]
    imposed: tuple[bool, ...]
    breaches: tuple[int, ...]
    docket: tuple[Draft, ...] = ()
    resolutions: tuple[Resolution, ...] = ()
    pacts: tuple[Pact, ...] = ()
    hidden: tuple[HiddenOrder, ...] = ()
    happened: tuple[int, ...] = ()
    told: tuple[tuple[int, ...], ...] = ()
    objectives: tuple[float, ...] = ()
    ended: str | None = None

    def value(self, label: str) -> Any:
        """The value of "temper", "coin[NOR]" or "trust[EST, NOR]"; KeyError if unknown."""
        place = self.layout.find(label)
        if place is None:
            raise KeyError(label)
        return self.values[place]

    def to_json(self) -> dict[str, Any]:
        """The state as plain JSON values, in the order of the layout."""
        plain: dict[str, Any] = {}
        for name in _NAMES:
            held = getattr(self, name)
            if name in _RECORDS:
                plain[name] = [
                    {part.name: _plain(getattr(item, part.name)) for part in fields(item)}
                    for item in held
                ]
            else:
                plain[name] = _plain(held)
        return plain

    @classmethod
    def from_json(cls, layout: Layout, data: Mapping[str, Any]) -> State:
        """The state that `to_json` wrote, for a ruleset of the same layout."""
        held: dict[str, Any] = {}
        for name in _NAMES:
            record = _RECORDS.get(name)
            if record is None:
                held[name] = _tuples(data[name])
            else:
                held[name] = tuple(
                    record(**{key: _tuples(value) for key, value in item.items()})
                    for item in data[name]
                )
        return cls(layout=layout, **held)

    def digest(self) -> str:
        """A short hash of the whole state, the same in every process and Python version.

        It covers every field in its order: figures as little-endian doubles and integers, the
        rest as Python writes it.
        """
        unchanged = self.opening == self.values
        words = [repr(unchanged)]
        figures = hashlib.blake2b(digest_size=16)
        for name in _NAMES:
            value = getattr(self, name)
            if name in _WHOLE:
                figures.update(struct.pack(f"<{len(value)}q", *value))
            elif name in _RECORDS:
                words.append(f"[{', '.join(map(_text_of, value))}]")
            elif name not in _FIGURES:
                words.append(repr(value))
            elif name != "opening" or not unchanged:
                packed, choices = _figures(value)
                figures.update(packed)
                words.append(repr(choices))
        figures.update(f"[{', '.join(words)}]".encode("utf-8", "replace"))
        return figures.hexdigest()


_RECORDS: dict[str, type] = {
    "docket": Draft,
    "resolutions": Resolution,
    "pacts": Pact,
    "hidden": HiddenOrder,
}
_FIGURES = ("values", "opening", "previous", "objectives")
_WHOLE = ("measures", "until", "last", "clauses", "complete", "imposed", "breaches", "happened")
_NAMES = tuple(part.name for part in fields(State) if part.name != "layout")


def _figures(values: tuple[Any, ...]) -> tuple[bytes, list[str]]:
    """The numbers and flags among the values as bytes, and the choices."""
    try:
        return struct.pack(f"<{len(values)}d", *values), []
    except struct.error:
        numbers = [value for value in values if not isinstance(value, str)]
        choices = [value for value in values if isinstance(value, str)]
        return struct.pack(f"<{len(numbers)}d", *numbers), choices


@lru_cache(maxsize=4096)
def _text_of(record: Draft | Resolution | Pact | HiddenOrder) -> str:
    """A record as Python writes a list of its fields; most stay the same from turn to turn."""
    return repr([getattr(record, name) for name in record.__slots__])


def _plain(value: Any) -> Any:
    return [_plain(part) for part in value] if isinstance(value, tuple) else value


def _tuples(value: Any) -> Any:
    return tuple(_tuples(part) for part in value) if isinstance(value, list) else value
