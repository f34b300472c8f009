"""What the runs of a what-if add up to: endings, and each track's course in both arms.

The arms of one run share a seed, so their difference is caused by the change; the spread over
seeds says how much of it is left to chance.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from statistics import fmean, quantiles
from typing import Any

from django.utils.translation import gettext as _

from apps.replay.indicators import number, signed, tone_of
from apps.replay.models import WhatIfRun
from apps.replay.names import Names


@dataclass(frozen=True, slots=True)
class EndingShare:
    """How often an ending was reached in each arm, as counts and as shares in percent."""

    title: str
    changed: int
    unchanged: int
    changed_share: int
    unchanged_share: int


@dataclass(frozen=True, slots=True)
class Band:
    """One arm of a track: the mean after each turn, and the tenth and ninetieth percentiles."""

    mean: list[float]
    low: list[float]
    high: list[float]


@dataclass(frozen=True, slots=True)
class TrackOutcome:
    """One track in both arms, and the paired difference at the end."""

    label: str
    title: str
    range: tuple[float, float]
    changed: Band
    unchanged: Band
    difference: str
    tone: str
    words: str


def endings_of(runs: Iterable[WhatIfRun], names: Names) -> list[EndingShare]:
    """Every ending that was reached, the most frequent of the changed arm first."""
    runs = list(runs)
    changed = Counter(str(run.changed["ending"]) for run in runs)
    unchanged = Counter(str(run.unchanged["ending"]) for run in runs)
    count = len(runs) or 1
    keys = sorted({*changed, *unchanged}, key=lambda key: (-changed[key], -unchanged[key], key))
    return [
        EndingShare(
            title=names.ending(key) if key else _("No ending"),
            changed=changed[key],
            unchanged=unchanged[key],
            changed_share=round(100 * changed[key] / count),
            unchanged_share=round(100 * unchanged[key] / count),
        )
        for key in keys
    ]


def tracks_of(
    runs: Iterable[WhatIfRun], document: Mapping[str, Any], names: Names
) -> list[TrackOutcome]:
    """Every public track, the one that the change moved most (for its range) first."""
    runs = list(runs)
    if not runs:
        return []
    found = []
    for label in runs[0].changed["tracks"]:
        about = document["tracks"][label]
        outcome, size = _track(label, about, runs, names)
        found.append((size, outcome))
    found.sort(key=lambda item: -item[0])
    return [outcome for _size, outcome in found]


def _track(
    label: str, about: Mapping[str, Any], runs: Sequence[WhatIfRun], names: Names
) -> tuple[TrackOutcome, float]:
    low, high = about["range"]
    changed = [run.changed["tracks"][label] for run in runs]
    unchanged = [run.unchanged["tracks"][label] for run in runs]
    differences = [a[-1] - b[-1] for a, b in zip(changed, unchanged, strict=True)]
    mean = fmean(differences)
    outcome = TrackOutcome(
        label=label,
        title=names.track(label),
        range=(low, high),
        changed=_band(changed),
        unchanged=_band(unchanged),
        difference=signed(round(mean, 1)) if abs(mean) >= 0.05 else "",
        tone=tone_of(round(mean, 1), str(about.get("better", ""))),
        words=_words(differences),
    )
    return outcome, abs(mean) / ((high - low) or 1)


def _words(differences: Sequence[float]) -> str:
    """In how many seeds the change ends higher, lower, or makes no difference."""
    higher = sum(one > 0.05 for one in differences)
    lower = sum(one < -0.05 for one in differences)
    same = len(differences) - higher - lower
    parts = [
        words % {"n": count}
        for count, words in (
            (higher, _("higher in %(n)s")),
            (lower, _("lower in %(n)s")),
            (same, _("the same in %(n)s")),
        )
        if count
    ]
    return _("At the end %(outcomes)s, of %(runs)s.") % {
        "outcomes": ", ".join(parts),
        "runs": len(differences),
    }


def _band(courses: Sequence[Sequence[float]]) -> Band:
    """Mean and percentiles after each turn; a game that ended early keeps its last value."""
    length = max(len(course) for course in courses)
    columns = [[course[min(turn, len(course) - 1)] for course in courses] for turn in range(length)]
    return Band(
        mean=[round(fmean(column), 3) for column in columns],
        low=[_percentile(column, 10) for column in columns],
        high=[_percentile(column, 90) for column in columns],
    )


def _percentile(values: Sequence[float], percent: int) -> float:
    if len(values) == 1:
        return round(values[0], 3)
    return round(quantiles(values, n=100, method="inclusive")[percent - 1], 3)


def table_of(outcome: TrackOutcome, first: int) -> list[tuple[int, str, str]]:
    """The means turn by turn, for the text version of the chart: turn, changed, unchanged."""
    pairs = zip(outcome.changed.mean, outcome.unchanged.mean, strict=False)
    return [
        (turn, number(one, 1), number(other, 1)) for turn, (one, other) in enumerate(pairs, first)
    ]
