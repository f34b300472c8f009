"""Lifting the fog: what each perspective did not know of one turn, side by side."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from apps.replay.indicators import Group
from apps.replay.models import Chapter
from apps.replay.moment import Moment, moment_of
from apps.replay.names import Names
from apps.replay.sources import Source


@dataclass(frozen=True, slots=True)
class Side:
    """One perspective: what it knew of the turn in brief, and what it did not know."""

    viewer: str
    name: str
    color: str
    knew: str
    hidden_orders: list[str]
    hidden_talks: list[str]
    hidden_indicators: list[str]
    hidden_dispatches: list[str]

    @property
    def saw_all(self) -> bool:
        """Whether nothing of the turn was hidden."""
        return not (
            self.hidden_orders
            or self.hidden_talks
            or self.hidden_indicators
            or self.hidden_dispatches
        )


def sides_of(
    source: Source, chapters: Sequence[Chapter], chapter: Chapter, viewers: Sequence[str]
) -> list[Side]:
    """A side for each viewer but the facilitator, against all that there was to know."""
    whole = moment_of(source, chapters, chapter, "facilitator")
    names = Names(source.document)
    return [
        _side(viewer, names, moment_of(source, chapters, chapter, viewer), whole)
        for viewer in viewers
        if viewer != "facilitator"
    ]


def _side(viewer: str, names: Names, moment: Moment, whole: Moment) -> Side:
    orders = [(order.seat, order.title) for order in moment.orders]
    heard = {talk.sequence for talk in moment.talks}
    shown = _rows([*moment.indicators, *moment.others])
    read = {str(dispatch["headline"]) for dispatch in moment.dispatches}
    return Side(
        viewer=viewer,
        name=names.viewer(viewer),
        color=names.color(viewer[5:]) if viewer.startswith("seat:") else "",
        knew=moment.summary,
        hidden_orders=[
            f"{order.government}: {order.title}"
            for order in whole.orders
            if (order.seat, order.title) not in orders
        ],
        hidden_talks=[
            f"{talk.who}, {talk.to}" for talk in whole.talks if talk.sequence not in heard
        ],
        hidden_indicators=[
            f"{title} ({value})"
            for key, (title, value) in _rows([*whole.indicators, *whole.others]).items()
            if key not in shown
        ],
        hidden_dispatches=[
            str(dispatch["headline"])
            for dispatch in whole.dispatches
            if str(dispatch["headline"]) not in read
        ],
    )


def _rows(groups: Sequence[Group]) -> dict[str, tuple[str, str]]:
    return {row.label: (row.title, row.value) for group in groups for row in group.rows}
