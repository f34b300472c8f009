"""The governments side by side: a row each, a column for each figure of a government."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from apps.replay.indicators import Group, Row, number, signed, tone_of
from apps.replay.names import Names

MOVERS = 10


@dataclass(frozen=True, slots=True)
class Cell:
    """One figure of one government; empty where the viewer does not know it."""

    value: str = ""
    change: str = ""
    direction: str = ""
    tone: str = ""


@dataclass(frozen=True, slots=True)
class Standings:
    """The table: titles of the columns, and (name, color, cells) for each government."""

    columns: list[str]
    rows: list[tuple[str, str, list[Cell]]]


def standings_of(view: Mapping[str, Any], names: Names) -> Standings:
    """The figures that are about one government each."""
    tracks = [track for track in view["tracks"] if len(track.get("about") or ()) == 1]
    columns = list(dict.fromkeys(str(track["track"]) for track in tracks))
    cells = {(track["about"][0], str(track["track"])): _cell(track) for track in tracks}
    governments = [str(one["id"]) for one in view["governments"]]
    return Standings(
        columns=[names.track(column) for column in columns],
        rows=[
            (
                names.short(government),
                names.color(government),
                [cells.get((government, column), Cell()) for column in columns],
            )
            for government in governments
        ],
    )


def movers_of(groups: list[Group], view: Mapping[str, Any]) -> list[Row]:
    """The figures that moved most for their range, at most ten."""
    size = {}
    for track in view["tracks"]:
        low, high = track["range"]
        moved = abs(track["value"] - (track.get("previous") or track["value"]))
        size[track["id"]] = moved / ((high - low) or 1)
    rows = [row for group in groups for row in group.rows if row.change]
    rows.sort(key=lambda row: -size.get(row.label, 0.0))
    return rows[:MOVERS]


def _cell(track: Mapping[str, Any]) -> Cell:
    value, previous = float(track["value"]), track.get("previous")
    moved = round(value - float(previous), 1) if previous is not None else 0.0
    return Cell(
        value=number(value, int(track.get("decimals") or 0)),
        change=signed(moved) if moved else "",
        direction="up" if moved > 0 else "down",
        tone=tone_of(moved, str(track.get("better", ""))),
    )
