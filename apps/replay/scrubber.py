"""The stops of the scrubber: a turn each, with its mark, its bar and its label in words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from apps.replay.calendar_words import day_words
from apps.replay.models import Chapter
from apps.replay.sources import Source
from apps.replay.turning import in_words, largest_turns

BAR = 24
# Vote, broken promise, agreement, grave move, ending, one of the largest changes.
MARKS = {"vote": "V", "promise": "B", "agreement": "A", "move": "!", "ending": "E", "size": "Δ"}


@dataclass(frozen=True, slots=True)
class Stop:
    """One turn on the scrubber. The bar is the headline track's value, 0 to 24 units high."""

    turn: int
    label: str
    points: list[str]
    mark: str
    tone: str
    bar_top: float
    bar_height: float


def stops_for(source: Source, chapters: Sequence[Chapter], viewer: str) -> list[Stop]:
    """A stop for each chapter, as much as `viewer` may know."""
    summaries = {chapter.turn: chapter.summary.get(viewer, {}) for chapter in chapters}
    largest = largest_turns({turn: one.get("size", 0.0) for turn, one in summaries.items() if turn})
    headline = source.headline
    low, high = headline["range"] if headline else (0, 100)
    stops = []
    for turn, summary in summaries.items():
        points = in_words(summary.get("points", ()))
        if turn in largest:
            points.append({"kind": "size", "text": _("One of the largest changes"), "tone": ""})
        share = ((summary.get("headline") or low) - low) / ((high - low) or 1)
        words = [point["text"] for point in points]
        date = day_words(str(summary.get("date", "")))
        stops.append(
            Stop(
                turn=turn,
                label=". ".join(
                    filter(
                        None, [_("Turn %(turn)s, %(date)s") % {"turn": turn, "date": date}, *words]
                    )
                ),
                points=words,
                mark=MARKS.get(points[0]["kind"], "") if points else "",
                tone=points[0].get("tone", "") if points else "",
                bar_top=round(BAR * (1 - share), 1),
                bar_height=round(BAR * share, 1),
            )
        )
    return stops
