"""The triggers by which the database itself refuses to change or delete an entry.

UPDATE is never allowed. DELETE is allowed for a stream with a tombstone only, so that a
retention period can be kept without a way to edit history. PostgreSQL also refuses TRUNCATE.
"""

from __future__ import annotations

from typing import Any

TABLE = "journal_entry"
REFUSAL = "the journal is append-only"

SQLITE_INSTALL = [
    f"CREATE TRIGGER journal_no_update BEFORE UPDATE ON {TABLE} "
    f"BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END",
    f"CREATE TRIGGER journal_no_delete BEFORE DELETE ON {TABLE} "
    "WHEN NOT EXISTS (SELECT 1 FROM journal_tombstone WHERE stream = OLD.stream) "
    f"BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END",
]
SQLITE_REMOVE = [
    "DROP TRIGGER IF EXISTS journal_no_update",
    "DROP TRIGGER IF EXISTS journal_no_delete",
]
POSTGRESQL_INSTALL = [
    f"""
    CREATE OR REPLACE FUNCTION journal_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        IF TG_OP = 'DELETE' AND EXISTS
            (SELECT 1 FROM journal_tombstone WHERE stream = OLD.stream) THEN
            RETURN OLD;
        END IF;
        RAISE EXCEPTION '{REFUSAL}' USING ERRCODE = 'integrity_constraint_violation';
    END $$
    """,
    f"CREATE TRIGGER journal_no_change BEFORE UPDATE OR DELETE ON {TABLE} "
    "FOR EACH ROW EXECUTE FUNCTION journal_refuse()",
    f"CREATE TRIGGER journal_no_truncate BEFORE TRUNCATE ON {TABLE} "
    "FOR EACH STATEMENT EXECUTE FUNCTION journal_refuse()",
]
POSTGRESQL_REMOVE = [
    f"DROP TRIGGER IF EXISTS journal_no_change ON {TABLE}",
    f"DROP TRIGGER IF EXISTS journal_no_truncate ON {TABLE}",
]
STATEMENTS = {
    "sqlite": (SQLITE_INSTALL, SQLITE_REMOVE),
    "postgresql": (POSTGRESQL_INSTALL, POSTGRESQL_REMOVE),
}


def install(_apps: Any, schema_editor: Any) -> None:
    """Create the triggers; raises NotSupportedError on a database that has none here."""
    for statement in _statements(schema_editor)[0]:
        schema_editor.execute(statement)


def remove(_apps: Any, schema_editor: Any) -> None:
    """Drop the triggers: for the reverse of the migration and for the flush between tests."""
    for statement in _statements(schema_editor)[1]:
        schema_editor.execute(statement)


def _statements(schema_editor: Any) -> tuple[list[str], list[str]]:
    from django.db import NotSupportedError

    vendor = schema_editor.connection.vendor
    if vendor not in STATEMENTS:
        raise NotSupportedError(
            f"The journal has no append-only triggers for {vendor}; use PostgreSQL or SQLite."
        )
    return STATEMENTS[vendor]
