"""A game as a file: JSON (complete, verifiable), JSON Lines and CSV (for analysis).

The schema of each is documented in docs/saved-games.md; a test holds the two together. Exports of
a game hold everything, so only those who may see everything get them.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from datetime import UTC
from typing import Any

import orjson

from apps.journal.store import Record
from apps.replay import savefile
from apps.replay.recording import turns_of
from apps.replay.sources import Source

CSV_COLUMNS = (
    "turn",
    "sequence",
    "at",
    "kind",
    "audience",
    "seat",
    "move",
    "rule",
    "target",
    "before",
    "after",
    "claims",
    "superseded",
)


def as_json(source: Source, records: list[Record]) -> bytes:
    """The whole game in the saved-game format."""
    game = {
        "id": str(source.stream),
        "title": source.title,
        "turns": source.turns,
        "origin": source.origin,
        "created_at": source.created_at.astimezone(UTC).isoformat(timespec="seconds"),
        "parent": str(source.parent) if source.parent else None,
        "parent_turn": source.parent_turn,
    }
    journal = [record_to_json(record) for record in records]
    return savefile.written(game, source.document, source.seed, journal)


def record_to_json(record: Record) -> dict[str, Any]:
    """One record as the saved-game file keeps it."""
    return {
        "sequence": record.sequence,
        "kind": record.kind,
        "version": record.version,
        "audience": record.audience,
        "payload": record.payload,
        "actor": str(record.actor) if record.actor else None,
        "at": record.at.astimezone(UTC).isoformat(timespec="microseconds"),
        "digest": record.digest,
    }


def as_json_lines(source: Source, records: list[Record]) -> Iterator[bytes]:
    """One JSON object a line: the columns of the CSV and the payload as it stands."""
    for row, record in _rows(records):
        line = {"game": str(source.stream), **row, "payload": record.payload}
        yield orjson.dumps(line) + b"\n"


def as_csv(records: list[Record]) -> Iterator[str]:
    """A header line and one line for each event. Text that a spreadsheet would run is quoted."""
    buffer = io.StringIO()
    writer = csv.writer(buffer)
    writer.writerow(CSV_COLUMNS)
    for row, _record in _rows(records):
        writer.writerow([_cell(row[column]) for column in CSV_COLUMNS])
        if buffer.tell() > 65_536:
            yield _drained(buffer)
    yield _drained(buffer)


def _drained(buffer: io.StringIO) -> str:
    text = buffer.getvalue()
    buffer.seek(0)
    buffer.truncate()
    return text


def _rows(records: list[Record]) -> Iterator[tuple[dict[str, Any], Record]]:
    for take in turns_of(records):
        for record in (*take.before, *take.results):
            yield _row(take.turn, take.superseded, record), record


def _row(turn: int, superseded: bool, record: Record) -> dict[str, Any]:
    payload = record.payload
    order = payload.get("order")
    order = order if isinstance(order, dict) else {}
    about = payload.get("about")
    target = payload.get("track") or payload.get("measure") or payload.get("fact") or ""
    if target and isinstance(about, list) and about:
        target = f"{target}[{', '.join(map(str, about))}]"
    return {
        "turn": turn,
        "sequence": record.sequence,
        "at": record.at.astimezone(UTC).isoformat(timespec="seconds"),
        "kind": record.kind,
        "audience": record.audience,
        "seat": str(payload.get("seat") or order.get("seat") or payload.get("government") or ""),
        "move": str(payload.get("move") or order.get("move") or ""),
        "rule": str(payload.get("rule") or ""),
        "target": str(target or payload.get("draft") or ""),
        "before": payload.get("before"),
        "after": payload.get("after"),
        "claims": " ".join(_claims(payload)),
        "superseded": superseded,
    }


def _claims(payload: dict[str, Any]) -> list[str]:
    found = list(payload.get("claims") or [])
    for part in payload.get("parts") or []:
        found += part.get("claims") or []
    return sorted({str(claim) for claim in found})


def _cell(value: Any) -> Any:
    if isinstance(value, str) and value[:1] in ("=", "+", "-", "@", "\t", "\r"):
        return "'" + value
    return "" if value is None else value
