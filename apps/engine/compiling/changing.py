"""Source that adds amounts to a figure and holds it in its range."""

from __future__ import annotations

from collections.abc import Iterable

from .gates import Codes

_ROUNDER = 1.5 * 2.0**52
"""Added to a number below 2 ** 51 and taken away again, it leaves the nearest whole one, halves
to the even one, as `round` does. Ranges end at a thousand million, so a millionth fits."""


def held_code(low: float, high: float) -> str:
    """Source of `r` held between two limits, to six decimals: what `applying.held` gives."""
    return (
        f"{low!r} if r <= {low!r} else {high!r} if r >= {high!r} "
        f"else (r * 1e6 + {_ROUNDER!r} - {_ROUNDER!r}) / 1e6"
    )


def mixed_tracks(effects: Iterable[Codes]) -> set[str]:
    """What is set in a stage: the amounts by which it would change there are dropped."""
    return {subject for kind, subject, _, _ in effects if kind == "set"}
