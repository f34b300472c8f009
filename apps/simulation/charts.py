"""Where the marks of the lab's charts stand. Templates draw them as SVG; a table is beside each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

WIDTH, HEIGHT = 320, 120
PAD = 4


def course_of(
    name: str, title: str, bands: Sequence[Sequence[float]], low: float, high: float
) -> dict[str, Any]:
    """A track's course: the outer and inner band as polygons, the median as a line."""
    steps = max(len(bands) - 1, 1)
    span = (high - low) or 1.0

    def at(turn: int, value: float) -> str:
        x = PAD + (WIDTH - 2 * PAD) * turn / steps
        y = HEIGHT - PAD - (HEIGHT - 2 * PAD) * (min(max(value, low), high) - low) / span
        return f"{x:.1f},{y:.1f}"

    def between(lower: int, upper: int) -> str:
        there = [at(turn, band[upper]) for turn, band in enumerate(bands)]
        back = [at(turn, band[lower]) for turn, band in enumerate(bands)]
        return " ".join([*there, *reversed(back)])

    return {
        "id": name,
        "title": title,
        "outer": between(0, 4),
        "inner": between(1, 3),
        "median": " ".join(at(turn, band[2]) for turn, band in enumerate(bands)),
        "low": low,
        "high": high,
        "first": bands[0][2] if bands else 0.0,
        "last": bands[-1] if bands else [0.0] * 5,
    }


def courses_of(tracks: Mapping[str, Any], document: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The courses of all tracks, with titles such as "Support at home, Russia"."""
    found = []
    for name, bands in tracks.items():
        track = document["tracks"][name.partition("[")[0]]
        about = name.partition("[")[2].rstrip("]")
        title = track["title"]
        if about:
            title = f"{title}, {document['governments'][about]['short']}"
        found.append(course_of(name, title, bands, track["range"][0], track["range"][1]))
    return found


def tornado_bars(bars: Sequence[Mapping[str, Any]], most: int = 20) -> list[dict[str, Any]]:
    """The widest bars of a tornado chart, on a common scale with 0 in the middle."""
    shown = list(bars[:most])
    widest = max(
        (abs(bar[side]["difference"]["mean"]) for bar in shown for side in ("less", "more")),
        default=0.0,
    )
    scale = (WIDTH / 2 - PAD) / (widest or 1.0)
    drawn = []
    for bar in shown:
        marks = {}
        for side in ("less", "more"):
            change = bar[side]["difference"]["mean"]
            width = abs(change) * scale
            marks[side] = {
                "x": round(WIDTH / 2 - (width if change < 0 else 0), 1),
                "width": round(max(width, 0.5), 1),
                "change": change,
                "clear": bar[side]["clear"],
            }
        drawn.append({"title": bar["title"], "kind": bar["kind"], "id": bar["id"], **marks})
    return drawn
