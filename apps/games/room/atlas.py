"""The map: where governments stand on it, and the lines between them.

The coast is static/games/northeast-asia.svg, made by script/reduce_map. A government that the
map does not know is put at its right edge, so that any scenario can be drawn.
"""

from __future__ import annotations

import json
import math
from dataclasses import dataclass
from functools import cache
from pathlib import Path

WIDTH, HEIGHT = 960, 640
STATIONS: dict[str, tuple[float, float]] = {
    "RUS": (640, 92),
    "CHN": (200, 300),
    "DPRK": (462, 296),
    "ROK": (492, 412),
    "JPN": (752, 398),
    "US": (872, 548),
}
"""Where the mark of a government stands: near its capital, apart enough to be read."""

LANDS = ("RUS", "CHN", "DPRK", "ROK", "JPN", "MNG", "TWN")
SITES: dict[str, str] = {
    "nuclear_test": "punggye_ri",
    "missile_test": "sohae",
    "satellite_launch": "sohae",
    "rajin_line": "khasan",
    "thaad": "seongju",
    "kaesong": "kaesong",
    "inspectors": "yongbyon",
    "oil_squeeze": "dandong",
    "coal_halt": "dandong",
    "strategic_assets": "sea_of_japan",
    "korean_dialogue": "panmunjom",
}
"""Measures and moves that have a place of their own."""


@cache
def places() -> dict[str, tuple[float, float]]:
    """The projected places by name, in the map's pixels."""
    path = Path(__file__).resolve().parent.parent / "northeast_asia.json"
    found: dict[str, list[float]] = json.loads(path.read_text())["places"]
    return {name: (x, y) for name, (x, y) in found.items()}


def station(government: str, index: int) -> tuple[float, float]:
    """Where to draw a government."""
    return STATIONS.get(government, (WIDTH - 70, 80 + 85 * (index % 7)))


@dataclass(frozen=True, slots=True)
class Line:
    """A relation as a curve: `weight` in pixels, `pattern` an SVG dash array or empty."""

    path: str
    weight: float
    pattern: str
    sign: str
    middle: tuple[float, float]


def line_between(a: tuple[float, float], b: tuple[float, float], value: float) -> Line:
    """The curve of a relation of `value` (-100 to 100) between two stations.

    Strength is width; sign is pattern as well as color: solid for good, dashed for bad, dotted
    for hardly any.
    """
    (ax, ay), (bx, by) = a, b
    dx, dy = bx - ax, by - ay
    length = math.hypot(dx, dy) or 1.0
    bend = min(60.0, length * 0.14)
    mx, my = (ax + bx) / 2 - dy / length * bend, (ay + by) / 2 + dx / length * bend
    path = f"M{ax:.0f} {ay:.0f}Q{mx:.0f} {my:.0f} {bx:.0f} {by:.0f}"
    strength = min(1.0, abs(value) / 100)
    sign = "none" if abs(value) < 10 else "good" if value > 0 else "bad"
    weight = round(1.2 + 5.8 * strength, 1)
    pattern = {"none": "1 6", "good": "", "bad": f"{4 + 2 * weight:.0f} {3 + weight:.0f}"}[sign]
    middle = (round((ax + 2 * mx + bx) / 4), round((ay + 2 * my + by) / 4))
    return Line(path, weight, pattern, sign, middle)
