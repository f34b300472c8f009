"""Games laid over each other: the same tracks, the decisions turn by turn, the endings."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from apps.replay.chapters import chapters_for, records_of, standing
from apps.replay.decisions import decisions_of
from apps.replay.drawing import path_points
from apps.replay.indicators import number
from apps.replay.moment import visible
from apps.replay.names import Names
from apps.replay.sources import Source

MOST = 6
"""How many games can be told apart by line and color."""
WIDE, TALL = 320, 110


class NotComparable(ValueError):
    """The games are not of one scenario, or none of them has a closed turn."""


@dataclass(frozen=True, slots=True)
class Line:
    """One game's course of one track. `style` 0 to 5 is its line's color and dash."""

    style: int
    points: str
    values: list[str]


@dataclass(frozen=True, slots=True)
class TrackLines:
    """One track over all the games."""

    label: str
    title: str
    lines: list[Line]
    spread: float


@dataclass(frozen=True, slots=True)
class Contender:
    """One game of the comparison."""

    style: int
    source: Source
    ending: str
    turns: int


@dataclass(frozen=True, slots=True)
class Comparison:
    """Everything of the page."""

    games: list[Contender]
    tracks: list[TrackLines]
    decisions: list[tuple[int, list[list[str]]]]
    """Turn by turn, the public orders of each game in words."""


def compare(sources: Sequence[Source]) -> Comparison:
    """Compare games of one scenario, publicly seen. Raises NotComparable."""
    if len({source.scenario for source in sources}) != 1:
        raise NotComparable(_("Compare games of one scenario: their indicators are not the same."))
    chapters = [standing(chapters_for(source)) for source in sources]
    if not any(chapters):
        raise NotComparable(_("None of these games has a turn that was closed."))
    names = Names(sources[0].document)
    summaries = [[one.summary.get("public", {}) for one in game] for game in chapters]
    return Comparison(
        games=[
            Contender(
                style=style,
                source=source,
                ending=names.ending(_ending(game)) if _ending(game) else _("not ended"),
                turns=max((chapter.turn for chapter in chapters[style]), default=0),
            )
            for style, (source, game) in enumerate(zip(sources, summaries, strict=True))
        ],
        tracks=_tracks(sources, summaries, names),
        decisions=_decisions(sources, chapters),
    )


def _ending(summaries: Sequence[dict]) -> str:
    return str(summaries[-1].get("ending", "")) if summaries else ""


def _tracks(
    sources: Sequence[Source], summaries: Sequence[Sequence[dict]], names: Names
) -> list[TrackLines]:
    """The public tracks of the whole world, those in which the games end farthest apart first."""
    longest = max(len(game) for game in summaries)
    found = []
    for label in sources[0].public_tracks:
        about = sources[0].document["tracks"][label]
        low, high = about["range"]
        courses = [
            [one["tracks"][label] for one in game if label in one.get("tracks", {})]
            for game in summaries
        ]
        lines = [
            Line(
                style=style,
                points=path_points(
                    course, low, high, width=_width(len(course), longest), height=TALL
                ),
                values=[number(value, 1) for value in course],
            )
            for style, course in enumerate(courses)
        ]
        ends = [course[-1] for course in courses if course]
        spread = (max(ends) - min(ends)) / ((high - low) or 1) if ends else 0.0
        found.append(TrackLines(label, names.track(label), lines, spread))
    return sorted(found, key=lambda track: -track.spread)


def _width(length: int, longest: int) -> int:
    """A shorter game's line ends where its turns end."""
    return round(WIDE * max(1, length - 1) / max(1, longest - 1))


def _decisions(
    sources: Sequence[Source], chapters: Sequence[Sequence]
) -> list[tuple[int, list[list[str]]]]:
    turns = sorted({chapter.turn for game in chapters for chapter in game if chapter.turn})
    found = []
    for turn in turns:
        row = []
        for source, game in zip(sources, chapters, strict=True):
            chapter = next((one for one in game if one.turn == turn), None)
            orders = (
                decisions_of(
                    visible(source, records_of(source, chapter), "public"), source.document
                )
                if chapter
                else []
            )
            row.append([order.sentence for order in orders if order.accepted])
        found.append((turn, row))
    return found
