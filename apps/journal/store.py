"""Append to a stream, read it, prove that nobody changed it.

`append` takes the sequence that the caller believes the stream to have: two workers that fold
the same state cannot both write what follows from it.
"""

from __future__ import annotations

import hashlib
import uuid
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import Any

import orjson
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from apps.journal.kinds import KINDS
from apps.journal.models import Entry, Tombstone

_About = tuple[int, str, int, str, uuid.UUID | None, str]
GENESIS = "0" * 64
"""The digest that stands before the first event of a stream."""


class StreamMoved(Exception):
    """Somebody else appended first: fold again, decide again."""

    def __init__(self, stream: uuid.UUID, expected: int, found: int) -> None:
        super().__init__(f"stream {stream} stands at {found}, not at {expected}")
        self.stream, self.expected, self.found = stream, expected, found


class UnknownKind(ValueError):
    """An event kind that no sentence was registered for (apps/journal/kinds.py)."""


@dataclass(frozen=True, slots=True)
class NewEvent:
    """What a service asks to append; `audience` is "public", "facilitator", "seat:X" or
    "seats:X,Y" with sorted names. `content` is the canonical text of the payload where the payload
    was read from it (`as_read`)."""

    kind: str
    payload: dict[str, Any]
    audience: str = "public"
    actor: uuid.UUID | None = None
    version: int = 1
    content: str | None = None


def as_read(
    kind: str, payload: Mapping[str, Any], audience: str, actor: uuid.UUID | None
) -> NewEvent:
    """An event whose payload is at once as a reader will get it: tuples are lists."""
    content = canonical(dict(payload))
    return NewEvent(kind, orjson.loads(content), audience, actor, content=content)


@dataclass(frozen=True, slots=True)
class Record:
    """An event as it stands in the journal. `sequence` starts at 1 in each stream."""

    stream: uuid.UUID
    sequence: int
    kind: str
    version: int
    audience: str
    payload: dict[str, Any] = field(hash=False)
    actor: uuid.UUID | None
    at: datetime
    digest: str


@dataclass(frozen=True, slots=True)
class Break:
    """Where a chain stops being whole: the first entry that does not follow from the last."""

    sequence: int
    reason: str


def canonical(payload: Any) -> str:
    """The one text of a payload: sorted keys, no spaces, UTF-8. Raises TypeError on other types."""
    return orjson.dumps(payload, option=orjson.OPT_SORT_KEYS).decode()


def chain_digest(
    previous: str,
    *,
    sequence: int,
    kind: str,
    version: int,
    audience: str,
    content: str,
    actor: uuid.UUID | None,
    at: datetime,
) -> str:
    """SHA-256 over the previous digest and every field of the entry but the stream's name.

    The stream is left out so that an imported game keeps its digests under a new id.
    """
    return _digest(previous, (sequence, kind, version, audience, actor, _instant(at)), content)


def _digest(
    previous: str, about: tuple[int, str, int, str, uuid.UUID | None, str], content: str
) -> str:
    sequence, kind, version, audience, actor, instant = about
    head = canonical(
        [previous, sequence, kind, version, audience, str(actor) if actor else None, instant]
    )
    return hashlib.sha256(f"{head}\n{content}".encode()).hexdigest()


def append(
    stream: uuid.UUID,
    events: Iterable[NewEvent],
    *,
    expected: int,
    at: datetime | None = None,
) -> list[Record]:
    """Append `events` after sequence `expected` (0 for a new stream) and return their records.

    Raises StreamMoved if the stream stands elsewhere, UnknownKind for an unregistered kind.
    """
    moment = (at or timezone.now()).astimezone(UTC)
    instant = _instant(moment)
    found, previous = head(stream)
    if found != expected:
        raise StreamMoved(stream, expected, found)
    contents: list[str] = []
    records: list[Record] = []
    for sequence, event in enumerate(events, start=expected + 1):
        if event.kind not in KINDS:
            raise UnknownKind(event.kind)
        content = canonical(event.payload) if event.content is None else event.content
        previous = _digest(
            previous,
            (sequence, event.kind, event.version, event.audience, event.actor, instant),
            content,
        )
        contents.append(content)
        records.append(
            Record(
                stream=stream,
                sequence=sequence,
                kind=event.kind,
                version=event.version,
                audience=event.audience,
                # The payload as a reader will get it: tuples are lists, keys are strings.
                payload=orjson.loads(content) if event.content is None else event.payload,
                actor=event.actor,
                at=moment,
                digest=previous,
            )
        )
    try:
        with transaction.atomic():
            _insert(records, contents)
    except IntegrityError as clash:
        raise StreamMoved(stream, expected, head(stream)[0]) from clash
    return records


def _insert(records: Sequence[Record], contents: Sequence[str]) -> None:
    """Insert all rows at once: a turn has hundreds, and building an object and a placeholder for
    each field of each cost more than the adjudication.

    PostgreSQL copies them in, since a message to it for each row takes as long again. SQLite is in
    this process and takes row after row.
    """
    fields = [field for field in Entry._meta.concrete_fields if not field.primary_key]
    columns = ", ".join(connection.ops.quote_name(str(field.column)) for field in fields)
    table = connection.ops.quote_name(Entry._meta.db_table)
    adapted: dict[Any, Any] = {}

    def adapt(field: Any, value: Any) -> Any:
        if field.attname not in {"stream", "actor", "at"}:
            return value
        key = (field.attname, value)
        if key not in adapted:
            adapted[key] = field.get_db_prep_save(value, connection)
        return adapted[key]

    rows = [
        [
            adapt(field, content if field.attname == "content" else getattr(record, field.attname))
            for field in fields
        ]
        for record, content in zip(records, contents, strict=True)
    ]
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            with (
                connection.wrap_database_errors,
                cursor.copy(f"COPY {table} ({columns}) FROM STDIN") as copy,
            ):
                for row in rows:
                    copy.write_row(row)
        else:
            places = ", ".join(["%s"] * len(fields))
            cursor.executemany(
                f"INSERT INTO {table} ({columns}) VALUES ({places})",  # noqa: S608 our own names
                rows,
            )


def read(
    stream: uuid.UUID,
    *,
    after: int = 0,
    until: int | None = None,
    kinds: Sequence[str] | None = None,
    audiences: Sequence[str] | None = None,
) -> list[Record]:
    """The records of a stream in order, with `after` < sequence <= `until`."""
    rows = Entry.objects.filter(stream=stream, sequence__gt=after).order_by("sequence")
    if until is not None:
        rows = rows.filter(sequence__lte=until)
    if kinds is not None:
        rows = rows.filter(kind__in=kinds)
    if audiences is not None:
        rows = rows.filter(audience__in=audiences)
    # Rows and not objects: a turn has hundreds of events, and making an Entry of each took as long
    # as reading them.
    return [
        Record(
            stream=stream,
            sequence=sequence,
            kind=kind,
            version=version,
            audience=audience,
            payload=orjson.loads(content),
            actor=actor,
            at=at,
            digest=digest,
        )
        for sequence, kind, version, audience, content, actor, at, digest in rows.values_list(
            "sequence", "kind", "version", "audience", "content", "actor", "at", "digest"
        )
    ]


def head(stream: uuid.UUID) -> tuple[int, str]:
    """Sequence and digest of the last entry; (0, GENESIS) for a stream without entries."""
    last = (
        Entry.objects.filter(stream=stream)
        .order_by("-sequence")
        .values_list("sequence", "digest")
        .first()
    )
    return last or (0, GENESIS)


def verify_chain(stream: uuid.UUID) -> Break | None:
    """None if every entry follows from the one before it, else the first that does not."""
    rows = Entry.objects.filter(stream=stream).order_by("sequence")
    return first_break(_record_and_content(rows.iterator(chunk_size=500)))


def first_break(entries: Iterable[tuple[Record, str]]) -> Break | None:
    """The first break in (record, content) pairs, whether from the table or from a file."""
    previous = GENESIS
    for expected, (record, content) in enumerate(entries, start=1):
        if record.sequence != expected:
            return Break(expected, f"event {expected} is missing: {record.sequence} stands there")
        digest = chain_digest(
            previous,
            sequence=record.sequence,
            kind=record.kind,
            version=record.version,
            audience=record.audience,
            content=content,
            actor=record.actor,
            at=record.at,
        )
        if digest != record.digest:
            return Break(
                record.sequence,
                f"event {record.sequence} ({record.kind}) or its predecessor was changed: "
                "its digest does not follow from its content",
            )
        previous = digest
    return None


def restore(stream: uuid.UUID, records: Iterable[Record]) -> int:
    """Write a whole stream that was saved elsewhere, digests and all; the number of entries.

    Raises StreamMoved if the stream has entries, ValueError if the chain is not whole.
    """
    if head(stream)[0]:
        raise StreamMoved(stream, 0, head(stream)[0])
    kept = list(records)
    broken = first_break((record, canonical(record.payload)) for record in kept)
    if broken:
        raise ValueError(broken.reason)
    moved = [replace(record, stream=stream, at=record.at.astimezone(UTC)) for record in kept]
    with transaction.atomic():
        _insert(moved, [canonical(record.payload) for record in moved])
    return len(kept)


@transaction.atomic
def delete_stream(stream: uuid.UUID, *, reason: str, actor: uuid.UUID | None) -> int:
    """Delete a whole stream for good, leaving a tombstone; returns how many entries went."""
    Tombstone.objects.get_or_create(
        stream=stream, defaults={"reason": reason, "actor": actor, "at": timezone.now()}
    )
    return Entry.objects.filter(stream=stream).delete()[0]


def _record(row: Entry) -> Record:
    return Record(
        stream=row.stream,
        sequence=row.sequence,
        kind=row.kind,
        version=row.version,
        audience=row.audience,
        payload=orjson.loads(row.content),
        actor=row.actor,
        at=row.at,
        digest=row.digest,
    )


def _record_and_content(rows: Iterable[Entry]) -> Iterator[tuple[Record, str]]:
    for row in rows:
        yield _record(row), row.content


def _instant(at: datetime) -> str:
    return at.astimezone(UTC).isoformat(timespec="microseconds")
