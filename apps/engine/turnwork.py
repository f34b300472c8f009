"""One turn in the making: the board, the events so far, and how both are written together."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from .applying import FOLDS
from .board import Board
from .events import Event
from .placed import Placed
from .ruleset import Measure, Ruleset
from .viewers import PUBLIC, audience_for, audience_of_seen


class TurnWork:
    """The board and the record of the turn being adjudicated.

    With `record` false no event is built; the board changes through the same functions.
    """

    __slots__ = ("accepted", "board", "events", "record", "ruleset")

    def __init__(self, ruleset: Ruleset, board: Board, record: bool) -> None:
        self.ruleset, self.board, self.record = ruleset, board, record
        self.events: list[Event] = []
        self.accepted: list[Placed] = []

    def happened(self, kind: str, payload: Mapping[str, Any], audience: str = PUBLIC) -> None:
        """Change the board by an event and keep the event."""
        change = FOLDS.get(kind)
        if change is not None:
            change(self.ruleset, self.board, payload)
        if self.record:
            self.events.append(Event(kind, payload, audience))

    def noted(self, kind: str, payload: Mapping[str, Any], audience: str = PUBLIC) -> None:
        """Keep an event whose change is on the board already, or that changes nothing."""
        if self.record:
            self.events.append(Event(kind, payload, audience))


def audience_of_measure(measure: Measure, by: str | None) -> str:
    """Who sees that a measure of a holder is in force."""
    if measure.visible == ("own",):
        return audience_for([by] if by else measure.holders)
    return audience_of_seen(() if measure.visible == ("hidden",) else measure.visible)
