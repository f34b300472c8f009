"""Emptying the test database between tests that commit.

Django empties it with DELETE, which the journal's triggers refuse, as they should. Only here, in
tests, the triggers are put aside while the tables are emptied.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import transaction
from django.db.backends.base.base import BaseDatabaseWrapper


@contextmanager
def journal_guards_aside(connection: BaseDatabaseWrapper) -> Iterator[None]:
    """Put the triggers of `connection`'s database aside for the length of the block."""
    if connection.vendor == "postgresql":
        # Belongs to the session, so no other process loses its triggers.
        with connection.cursor() as cursor:
            cursor.execute("SET session_replication_role = replica")
            try:
                yield
            finally:
                cursor.execute("SET session_replication_role = DEFAULT")
        return
    # One transaction: a process that shares the database never sees it without its triggers.
    with transaction.atomic(using=connection.alias), connection.cursor() as cursor:
        cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
        triggers = cursor.fetchall()
        for name, _ in triggers:
            cursor.execute(f'DROP TRIGGER "{name}"')
        yield
        for _, statement in triggers:
            cursor.execute(statement)
