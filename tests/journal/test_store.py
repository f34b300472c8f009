"""Appending with an expected sequence, reading, and the chain of digests."""

from __future__ import annotations

import dataclasses
import threading
import uuid

import pytest
from django.db import connection, connections
from hypothesis import given
from hypothesis import strategies as st

from apps.engine import events as engine_events
from apps.journal import store
from apps.journal.kinds import ENGINE, KINDS, sentence
from apps.journal.store import NewEvent, StreamMoved

EVENTS = [
    NewEvent("GameStarted", {}),
    NewEvent("TurnOpened", {"turn": 1, "due_at": None}),
    NewEvent("MessageSent", {"text": "über\u0000\ud7ff", "n": 1.0}, "seats:CHN,US", uuid.uuid4()),
]


@pytest.mark.django_db
def test_what_is_read_is_what_append_returned():
    stream = uuid.uuid4()
    told = store.append(stream, EVENTS, expected=0)
    assert store.read(stream) == told
    assert [record.sequence for record in told] == [1, 2, 3]
    assert store.head(stream) == (3, told[-1].digest)
    assert store.verify_chain(stream) is None


@pytest.mark.django_db
def test_reading_a_part_of_a_stream():
    stream = uuid.uuid4()
    told = store.append(stream, EVENTS, expected=0)
    assert store.read(stream, after=1, until=2) == told[1:2]
    assert store.read(stream, kinds=["TurnOpened"]) == told[1:2]
    assert store.read(stream, audiences=["public"]) == told[:2]
    assert store.read(uuid.uuid4()) == []


@pytest.mark.django_db
@pytest.mark.parametrize("expected", [1, 4, 2])
def test_an_append_that_expects_another_sequence_writes_nothing(expected):
    stream = uuid.uuid4()
    store.append(stream, EVENTS, expected=0)
    with pytest.raises(StreamMoved):
        store.append(stream, EVENTS, expected=expected)
    assert store.head(stream)[0] == 3


@pytest.mark.django_db
def test_a_kind_without_a_sentence_cannot_be_appended():
    with pytest.raises(store.UnknownKind):
        store.append(uuid.uuid4(), [NewEvent("SomethingHappened", {})], expected=0)


def test_every_kind_of_the_engine_has_a_sentence():
    assert set(engine_events.KINDS) == set(ENGINE)


def test_a_sentence_with_a_missing_value_still_reads():
    assert sentence("TurnOpened", {}) == "Turn … opened."
    assert all(sentence(kind, {}) for kind in KINDS)


@pytest.mark.django_db(transaction=True)
def test_of_eight_appends_at_once_one_wins():
    stream = uuid.uuid4()
    store.append(stream, EVENTS, expected=0)
    start = threading.Barrier(8)
    outcomes: list[str] = []

    def append_once():
        start.wait()
        try:
            store.append(stream, [NewEvent("TurnClosed", {"turn": 1})], expected=3)
            outcomes.append("appended")
        except StreamMoved:
            outcomes.append("moved")
        finally:
            connections.close_all()

    threads = [threading.Thread(target=append_once) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == ["appended"] + ["moved"] * 7
    assert store.head(stream)[0] == 4
    assert store.verify_chain(stream) is None


def tamper(stream, sequence, **values):
    """Change a row as somebody with the database's own rights could, past the triggers."""
    from tests.stack.database import journal_guards_aside

    sets = ", ".join(f"{name} = %s" for name in values)
    with journal_guards_aside(connection), connection.cursor() as cursor:
        cursor.execute(
            f"UPDATE journal_entry SET {sets} WHERE sequence = %s", [*values.values(), sequence]
        )


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    "values",
    [
        {"content": '{"turn":2,"due_at":null}'},
        {"kind": "TurnClosed"},
        {"audience": "facilitator"},
        {"version": 2},
        {"at": "2020-01-01 00:00:00+00:00"},
        {"actor": uuid.uuid4().hex},
    ],
)
def test_a_changed_field_is_found_and_named(values):
    stream = uuid.uuid4()
    store.append(stream, EVENTS, expected=0)
    tamper(stream, 2, **values)
    broken = store.verify_chain(stream)
    assert broken is not None
    assert broken.sequence == 2


@given(st.data())
def test_a_changed_record_of_a_saved_stream_is_found(data):
    records = chain()
    index = data.draw(st.integers(0, len(records) - 1))
    field = data.draw(st.sampled_from(["kind", "audience", "payload", "version"]))
    other = {"kind": "GameEnded", "audience": "seat:US", "payload": {"x": 1}, "version": 9}[field]
    changed = dataclasses.replace(records[index], **{field: other})
    saved = [*records[:index], changed, *records[index + 1 :]]
    broken = store.first_break((record, store.canonical(record.payload)) for record in saved)
    assert broken is not None
    assert broken.sequence == index + 1


def test_a_missing_record_is_found():
    records = chain()
    saved = [records[0], *records[2:]]
    broken = store.first_break((record, store.canonical(record.payload)) for record in saved)
    assert broken is not None
    assert (broken.sequence, "missing" in broken.reason) == (2, True)


@pytest.mark.django_db
def test_a_saved_stream_is_restored_under_another_name_with_its_digests():
    stream, copy = uuid.uuid4(), uuid.uuid4()
    told = store.append(stream, EVENTS, expected=0)
    assert store.restore(copy, told) == 3
    assert [record.digest for record in store.read(copy)] == [record.digest for record in told]
    assert store.verify_chain(copy) is None
    with pytest.raises(StreamMoved):
        store.restore(copy, told)


def chain():
    """Five records with a whole chain, without a database."""
    from datetime import UTC, datetime

    records, previous = [], store.GENESIS
    for sequence in range(1, 6):
        fields = {
            "sequence": sequence,
            "kind": "TurnOpened",
            "version": 1,
            "audience": "public",
            "actor": None,
            "at": datetime(2016, 9, 12, tzinfo=UTC),
        }
        payload = {"turn": sequence}
        previous = store.chain_digest(previous, content=store.canonical(payload), **fields)
        records.append(
            store.Record(stream=uuid.UUID(int=1), payload=payload, digest=previous, **fields)
        )
    return records
