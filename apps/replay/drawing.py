"""Numbers turned into the points of a small SVG path. Text alternatives stand in the templates."""

from __future__ import annotations

from collections.abc import Sequence

WIDTH, HEIGHT = 100, 28


def path_points(
    values: Sequence[float], low: float, high: float, *, width: int = WIDTH, height: int = HEIGHT
) -> str:
    """The `points` of a polyline through `values`, evenly spread, `high` at the top."""
    if not values:
        return ""
    span = (high - low) or 1
    step = width / max(1, len(values) - 1)
    points = [
        (round(index * step, 2), round(height - (value - low) / span * height, 2))
        for index, value in enumerate(values)
    ]
    if len(points) == 1:
        points.append((float(width), points[0][1]))
    return " ".join(f"{x:g},{y:g}" for x, y in points)


def band_points(
    low_values: Sequence[float],
    high_values: Sequence[float],
    low: float,
    high: float,
    *,
    width: int = WIDTH,
    height: int = HEIGHT,
) -> str:
    """The `points` of a polygon between two courses: along the upper, back along the lower."""
    upper = path_points(high_values, low, high, width=width, height=height)
    lower = path_points(low_values, low, high, width=width, height=height)
    return " ".join([upper, *reversed(lower.split(" "))])
