"""Where everything lies: each figure of the state has one fixed place in a flat list.

Flat places make adjudication fast: an expression compiled over them reads a list by a number.
A government-wide track takes one place for each government and one that stays 0 for "nobody";
a track of pairs takes one that stays 0 and one for each unordered pair.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import combinations

GLOBAL, BY_GOVERNMENT, BY_PAIR = "global", "government", "pair"
SCOPES = (GLOBAL, BY_GOVERNMENT, BY_PAIR)


@dataclass(slots=True)
class Layout:
    """Places of tracks and facts (`base`), by government index and by pair.

    A government-wide figure takes `stride` places. `names` and `whose` give the label of each
    place and the governments in it, `lows` and `highs` its range, `tracks` the track or fact that
    it belongs to, `audiences` who sees that it changed. `facts` are the names of the facts.
    """

    governments: tuple[str, ...]
    index: dict[str, int] = field(init=False)
    pairs: tuple[tuple[int, int], ...] = field(init=False)
    pair_of: tuple[int, ...] = field(init=False)
    base: dict[str, int] = field(default_factory=dict)
    scope: dict[str, str] = field(default_factory=dict)
    names: list[str] = field(default_factory=list)
    whose: list[list[str]] = field(default_factory=list)
    lows: list[float] = field(default_factory=list)
    highs: list[float] = field(default_factory=list)
    tracks: list[str] = field(default_factory=list)
    audiences: list[str] = field(default_factory=list)
    facts: set[str] = field(default_factory=set)
    stride: int = field(init=False)
    place: dict[str, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        names = self.governments
        count = len(names)
        self.stride = count + 1
        self.index = {name: position for position, name in enumerate(names)}
        ordered = sorted(range(count), key=lambda position: names[position])
        self.pairs = tuple(combinations(ordered, 2))
        table = [0] * ((count + 1) * (count + 1))
        for number, (a, b) in enumerate(self.pairs, start=1):
            table[a * (count + 1) + b] = table[b * (count + 1) + a] = number
        self.pair_of = tuple(table)

    def add(self, name: str, scope: str) -> range:
        """Give a track or fact its places; returns them."""
        first = len(self.names)
        self.base[name], self.scope[name] = first, scope
        if scope == GLOBAL:
            labels = [name]
        elif scope == BY_GOVERNMENT:
            labels = [f"{name}[{government}]" for government in self.governments] + [""]
        else:
            labels = [""] + [f"{name}[{', '.join(self.pair_names(pair))}]" for pair in self.pairs]
        for offset, label in enumerate(labels):
            if label:
                self.place[label] = first + offset
        self.names.extend(labels)
        self.whose.extend(self.about(label) for label in labels)
        return range(first, len(self.names))

    def pair_names(self, pair: tuple[int, int]) -> tuple[str, str]:
        """The two governments of a pair, sorted."""
        return self.governments[pair[0]], self.governments[pair[1]]

    def places(self, name: str) -> range:
        """The places of a track or fact, those of nobody among them."""
        spans = {GLOBAL: 1, BY_GOVERNMENT: self.stride, BY_PAIR: len(self.pairs) + 1}
        first = self.base[name]
        return range(first, first + spans[self.scope[name]])

    def find(self, label: str) -> int | None:
        """The place of "coin[NOR]" or "trust[EST, NOR]" (either order), or None."""
        found = self.place.get(label)
        if found is not None or "[" not in label:
            return found
        name, _, rest = label.partition("[")
        inside = sorted(part.strip() for part in rest.rstrip("] ").split(","))
        return self.place.get(f"{name.strip()}[{', '.join(inside)}]")

    def about(self, label: str) -> list[str]:
        """The governments in a label, in its order."""
        if "[" not in label:
            return []
        return [part.strip() for part in label.partition("[")[2].rstrip("]").split(",")]
