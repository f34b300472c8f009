"""Games as a table: one row a game, for a spreadsheet or a statistics package."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from apps.simulation.whole_game import WholeGame


def columns_of(document: Mapping[str, Any], first: WholeGame) -> list[str]:
    """The columns of the table."""
    seats = list(document["governments"])
    columns = ["arm", "number", "seed", "ending", "turns"]
    columns += [f"doctrine_{seat}" for seat in seats]
    columns += [f"score_{seat}" for seat in seats]
    for seat in seats:
        columns += [f"{seat}_{name}" for name in first.values.get(seat, {})]
    columns += [f"end_{name}" for name in first.tracks]
    columns += [f"resolutions_{outcome}" for outcome in ("adopted", "failed", "vetoed")]
    columns += [f"orders_{move}" for move in document["moves"]]
    return columns


def rows_of(
    document: Mapping[str, Any], arm: str, games: Iterable[WholeGame]
) -> Iterator[dict[str, Any]]:
    """The rows of an arm's games."""
    for number, game in enumerate(games):
        row: dict[str, Any] = {
            "arm": arm,
            "number": number,
            "seed": game.seed,
            "ending": game.ending,
            "turns": game.turns,
        }
        for seat in document["governments"]:
            objectives = document.get("objectives", {}).get(seat, {})
            weights = {name: float(one["weight"]) for name, one in objectives.items()}
            row[f"doctrine_{seat}"] = game.doctrines.get(seat, "")
            row[f"score_{seat}"] = round(game.score(seat, weights), 2)
            row |= {f"{seat}_{name}": value for name, value in game.values[seat].items()}
        row |= {f"end_{name}": course[-1] for name, course in game.tracks.items()}
        for outcome in ("adopted", "failed", "vetoed"):
            row[f"resolutions_{outcome}"] = game.resolutions.get(outcome, 0)
        row |= {f"orders_{move}": game.moves.get(move, 0) for move in document["moves"]}
        yield row


def csv_lines(columns: list[str], rows: Iterable[Mapping[str, Any]]) -> Iterator[str]:
    """The table as CSV, line by line."""
    buffer = io.StringIO()
    writer = csv.DictWriter(buffer, columns, extrasaction="ignore", restval="")
    writer.writeheader()
    for row in rows:
        yield _drained(buffer)
        writer.writerow({name: _harmless(row.get(name, "")) for name in columns})
    yield _drained(buffer)


def _drained(buffer: io.StringIO) -> str:
    text = buffer.getvalue()
    buffer.seek(0)
    buffer.truncate()
    return text


def _harmless(value: Any) -> Any:
    """A text that a spreadsheet would take for a formula is written as text."""
    if isinstance(value, str) and value[:1] in ("=", "+", "-", "@", "\t", "\r"):
        return f"'{value}"
    return value
