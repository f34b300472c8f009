"""A recording: one game as its journal tells it, cut into turns.

Owns the reading of a journal as a story (which record belongs to which turn, which turns a later
reopening replaced). It never adjudicates, and it never decides who may see what.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from apps.journal.kinds import ENGINE
from apps.journal.store import Record


@dataclass(slots=True)
class TurnRecords:
    """The records of one turn: what was said and decided before it closed, and what came of it."""

    turn: int
    before: list[Record] = field(default_factory=list)
    results: list[Record] = field(default_factory=list)
    closed: bool = False
    superseded: bool = False

    @property
    def engine_events(self) -> list[Record]:
        """What adjudication wrote, without what people and the clock did around it."""
        return [record for record in self.results if record.kind in ENGINE]

    @property
    def last_sequence(self) -> int:
        """The sequence of the turn's last record, 0 for a turn without records."""
        return max((r.sequence for r in (*self.before, *self.results)), default=0)


def turns_of(records: Iterable[Record]) -> list[TurnRecords]:
    """Cut a journal into turns, turn 0 being everything before the first opening.

    A turn that was reopened later appears twice: the first take with `superseded` set, as do the
    turns that had followed it.
    """
    takes: list[TurnRecords] = [TurnRecords(turn=0)]
    for record in records:
        current = takes[-1]
        if record.kind == "TurnReopened":
            reopened = int(record.payload["turn"])
            for take in takes:
                if take.turn >= reopened:
                    take.superseded = True
            takes.append(TurnRecords(turn=reopened, before=[record]))
        elif record.kind == "TurnOpened" and int(record.payload["turn"]) != current.turn:
            takes.append(TurnRecords(turn=int(record.payload["turn"]), before=[record]))
        elif record.kind == "TurnClosed":
            current.closed = True
            current.results.append(record)
        elif current.closed:
            current.results.append(record)
        else:
            current.before.append(record)
    return takes


def standing_turns_of(records: Iterable[Record]) -> list[TurnRecords]:
    """The turns that stand: those which no reopening replaced."""
    return [take for take in turns_of(records) if not take.superseded]
