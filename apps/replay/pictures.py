"""The map and the chamber of a moment: the team room's own drawings, fed from a recording.

A `Room` is built from what the viewer of the replay may see, and from nothing else, so that the
drawing of play and the drawing of replay are one.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.template.loader import render_to_string

from apps.games.fragments import PARTS, render_part
from apps.games.room import roll_call
from apps.games.room.opened import Room
from apps.replay.sources import Source


def room_of(
    source: Source,
    *,
    turn: int,
    viewer: str,
    view: Mapping[str, Any],
    events: Sequence[Mapping[str, Any]],
    course: Mapping[str, Sequence[float]],
) -> Room:
    """The team room as the viewer would have seen it after `turn`."""
    told = [dict(event) for event in events]
    room = Room(
        game_id=str(source.stream),
        title=source.title,
        audience=viewer,
        phase="replay",
        turn=turn,
        turns=source.turns,
        view=view,
        document=source.document,
        status={"closed": [turn] if turn else [], "seats": {}, "clock": None, "archived": True},
        events_of=lambda asked: told if asked == turn else [],
    )
    room.__dict__["history"] = {key: list(values) for key, values in course.items()}
    return room


def map_of(room: Room) -> str:
    """The map of the region with relations and measures, and the same as a table."""
    return render_part(room, PARTS["room-map"])


def chambers_of(room: Room) -> dict[str, str]:
    """The chamber of each draft that was voted on in the room's turn, by draft."""
    return {
        roll["id"]: render_to_string(
            "games/room/_chamber.html",
            {
                "room": room,
                "chamber": roll["chamber"],
                "caption": roll["title"],
                "tally": roll["tally"],
                "leaning": False,
            },
        )
        for roll in roll_call.rolls(room)["rolls"]
        if roll["turn"] == room.turn
    }
