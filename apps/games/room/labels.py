"""Where the names of places stand on the map, so that nothing lies over anything else."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

LETTER, LINE = 9.5, 20.0
"""About the width and the height of a letter in the map's pixels, as situation.css draws them."""
APART = 14
"""From the middle of a mark to its name."""


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle of the map, in its pixels."""

    left: float
    top: float
    width: float
    height: float

    def overlap(self, other: Box) -> float:
        """The area that both cover."""
        wide = min(self.left + self.width, other.left + other.width) - max(self.left, other.left)
        high = min(self.top + self.height, other.top + other.height) - max(self.top, other.top)
        return max(0.0, wide) * max(0.0, high)


@dataclass(frozen=True, slots=True)
class Label:
    """A name's place: its base line, and which end of the text (`start`, `middle`, `end`) it is."""

    x: int
    y: int
    anchor: str
    box: Box


def label_for(
    name: str, at: tuple[float, float], taken: Iterable[Box], size: tuple[float, float]
) -> Label:
    """The best place of a name about a mark: what covers least of `taken` and of what is outside.

    The first place that covers nothing is taken: right of the mark, left, above, below, then
    further away in the same order. `size` is the width and height of the map.
    """
    taken = list(taken)
    best, least = None, float("inf")
    for label in _places(len(name) * LETTER, *at):
        inside = label.box.overlap(Box(0, 0, *size))
        covered = sum(label.box.overlap(one) for one in taken)
        covered += label.box.width * label.box.height - inside
        if covered < least:
            best, least = label, covered
        if not covered:
            break
    assert best is not None
    return best


def _places(width: float, x: float, y: float) -> Iterator[Label]:
    for away in (0.0, LINE, 2 * LINE, 3 * LINE):
        for down in (away, -away) if away else (0.0,):
            yield _label(x + APART, y + down, "start", x + APART, width)
            yield _label(x - APART, y + down, "end", x - APART - width, width)
        for down in (-APART - LINE / 2 - away, APART + LINE / 2 + away):
            yield _label(x, y + down, "middle", x - width / 2, width)


def _label(x: float, middle: float, anchor: str, left: float, width: float) -> Label:
    box = Box(left, middle - LINE / 2, width, LINE)
    return Label(round(x), round(middle + 5), anchor, box)
