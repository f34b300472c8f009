"""The database itself refuses to change or delete what the journal holds."""

from __future__ import annotations

import uuid

import pytest
from django.db import DatabaseError, connection, transaction

from apps.journal import store
from apps.journal.models import Entry, Tombstone
from apps.journal.store import NewEvent

pytestmark = pytest.mark.django_db


@pytest.fixture
def stream():
    name = uuid.uuid4()
    store.append(
        name, [NewEvent("GameStarted", {}), NewEvent("TurnOpened", {"turn": 1})], expected=0
    )
    return name


def refused(act):
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        act()


def test_an_update_is_refused(stream):
    refused(lambda: Entry.objects.filter(stream=stream).update(kind="GameFinished"))
    assert [record.kind for record in store.read(stream)] == ["GameStarted", "TurnOpened"]


def test_an_update_that_changes_nothing_is_refused_too(stream):
    refused(lambda: Entry.objects.filter(stream=stream, sequence=1).update(sequence=1))


def test_a_delete_is_refused(stream):
    refused(lambda: Entry.objects.filter(stream=stream, sequence=2).delete())
    assert store.head(stream)[0] == 2


def test_plain_sql_is_refused_as_well(stream):
    def act():
        with connection.cursor() as cursor:
            cursor.execute("DELETE FROM journal_entry")

    refused(act)


def test_a_truncate_is_refused_where_the_database_has_one(stream):
    if connection.vendor != "postgresql":
        pytest.skip("SQLite has no TRUNCATE")

    def act():
        with connection.cursor() as cursor:
            cursor.execute("TRUNCATE journal_entry")

    refused(act)


def test_a_stream_with_a_tombstone_goes_whole_and_alone(stream):
    other = uuid.uuid4()
    store.append(other, [NewEvent("GameStarted", {})], expected=0)
    gone = store.delete_stream(stream, reason="retention period is over", actor=None)
    assert gone == 2
    assert store.head(stream) == (0, store.GENESIS)
    assert store.head(other)[0] == 1
    assert Tombstone.objects.get().reason == "retention period is over"


def test_a_tombstone_allows_no_update(stream):
    Tombstone.objects.create(stream=stream, reason="test", at="2026-01-01T00:00:00Z")
    refused(lambda: Entry.objects.filter(stream=stream).update(kind="GameFinished"))
