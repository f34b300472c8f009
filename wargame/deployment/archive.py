"""A backup: every row that matters, one file that any database of ours can take back.

A gzipped tar of `manifest.json` and one JSON Lines file a table, as Django serializes rows. So a
backup of SQLite goes into PostgreSQL and back. What another machine makes again by itself is left
out: sessions (people sign in again), permissions, content types, the periodic schedule.
"""

from __future__ import annotations

import hashlib
import io
import json
import os
import tarfile
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, time
from pathlib import Path
from typing import IO, Any

from django.apps import apps
from django.core import serializers
from django.core.management.color import no_style
from django.core.serializers.json import DjangoJSONEncoder
from django.db import connection, models, transaction
from django.db.migrations.recorder import MigrationRecorder

from apps.journal.models import Entry
from apps.journal.store import verify_chain
from wargame.release import RELEASE

FORMAT = 1
MANIFEST = "manifest.json"
LEFT_OUT = frozenset({"sessions", "contenttypes", "django_celery_beat"})
LEFT_OUT_MODELS = frozenset({"auth.Permission"})
ROWS_AT_ONCE = 500


class UnusableBackupError(Exception):
    """The archive cannot be restored here; the message says why and what to do."""


@dataclass(frozen=True)
class Summary:
    """What an archive holds."""

    release: str
    made: str
    rows: dict[str, int]

    @property
    def total(self) -> int:
        """Rows of all tables."""
        return sum(self.rows.values())


class ExactEncoder(DjangoJSONEncoder):
    """Django's encoder cuts microseconds off, which the journal's digests cover."""

    def default(self, o: Any) -> Any:
        return o.isoformat() if isinstance(o, datetime | time) else super().default(o)


def saved_models() -> list[type[models.Model]]:
    """The tables of a backup, those that others refer to first."""
    chosen = [(config, None) for config in apps.get_app_configs() if config.label not in LEFT_OUT]
    return [
        model
        for model in serializers.sort_dependencies(chosen)  # type: ignore[arg-type]
        if model._meta.label not in LEFT_OUT_MODELS
        and not model._meta.proxy
        and model._meta.managed
    ]


def applied_migrations() -> list[str]:
    """Every migration that the database has, as app.name."""
    applied = MigrationRecorder(connection).applied_migrations()
    return sorted(f"{app}.{name}" for app, name in applied)


@contextmanager
def one_moment() -> Iterator[None]:
    """Read everything as it is at one moment, without keeping anybody from writing."""
    if connection.vendor == "postgresql":
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
            yield
        return
    if connection.in_atomic_block:  # whoever called holds a moment already
        yield
        return
    # Django's own transactions are IMMEDIATE and would hold the write lock.
    with connection.cursor() as cursor:
        cursor.execute("BEGIN DEFERRED")
        try:
            yield
        finally:
            cursor.execute("ROLLBACK")


def write(target: Path) -> Summary:
    """Write a backup to `target`, whole or not at all, readable by its owner alone."""
    descriptor, unfinished = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}.")
    try:
        with os.fdopen(descriptor, "wb") as file:
            with tarfile.open(fileobj=file, mode="w:gz") as archive, one_moment():
                summary = _write_tables(archive)
            file.flush()
            os.fsync(file.fileno())
        os.replace(unfinished, target)
    except BaseException:
        Path(unfinished).unlink(missing_ok=True)
        raise
    return summary


def _write_tables(archive: tarfile.TarFile) -> Summary:
    rows: dict[str, int] = {}
    digests: dict[str, str] = {}
    for model in saved_models():
        label = model._meta.label
        with tempfile.TemporaryFile() as table:
            objects = model._default_manager.order_by("pk")
            rows[label] = objects.count()
            text = io.TextIOWrapper(table, encoding="utf-8", write_through=True)
            serializers.serialize(
                "jsonl",
                objects.iterator(chunk_size=ROWS_AT_ONCE),
                stream=text,
                use_natural_foreign_keys=True,
                cls=ExactEncoder,
            )
            text.flush()
            digests[label] = _add(archive, f"{label}.jsonl", table)
            text.detach()
    manifest: dict[str, Any] = {
        "format": FORMAT,
        "release": RELEASE,
        "made": datetime.now(UTC).isoformat(timespec="seconds"),
        "migrations": applied_migrations(),
        "rows": rows,
        "sha256": digests,
    }
    _add(archive, MANIFEST, io.BytesIO(json.dumps(manifest, indent=1).encode()))
    return Summary(RELEASE, manifest["made"], rows)


def _add(archive: tarfile.TarFile, name: str, content: IO[bytes]) -> str:
    """Add a member and return its SHA-256."""
    content.seek(0)
    digest = hashlib.file_digest(content, "sha256").hexdigest()  # type: ignore[arg-type]
    member = tarfile.TarInfo(name)
    member.size = content.seek(0, io.SEEK_END)
    member.mode = 0o600
    content.seek(0)
    archive.addfile(member, content)
    return digest


def read_manifest(archive: tarfile.TarFile) -> dict[str, Any]:
    """The manifest of an archive.

    Raises:
        UnusableBackupError: it is none of ours, or of a format that this release does not know.
    """
    try:
        member = archive.extractfile(MANIFEST)
        manifest: dict[str, Any] = json.loads(member.read()) if member else {}
    except (KeyError, ValueError) as error:
        raise UnusableBackupError("this is no backup of Korean Knot: it has no manifest") from error
    if manifest.get("format") != FORMAT:
        raise UnusableBackupError(
            f"the backup has format {manifest.get('format')}; this release reads format {FORMAT}"
        )
    return manifest


def read(source: Path) -> Summary:
    """Put a backup into the empty database, in one transaction, and verify every journal.

    Raises:
        UnusableBackupError: the file is damaged, was made by another schema, or the database is
            not empty. Nothing has changed then.
    """
    try:
        with tarfile.open(source, mode="r:gz") as archive:
            manifest = read_manifest(archive)
            refuse_other_schema(manifest)
            refuse_used_database()
            with transaction.atomic(), connection.constraint_checks_disabled():
                for model in saved_models():
                    _read_table(archive, manifest, model)
                connection.check_constraints()
                _set_sequences()
                refuse_broken_journals()
    except (tarfile.TarError, EOFError, OSError) as error:
        raise UnusableBackupError(f"{source} cannot be read as a backup: {error}") from error
    return Summary(manifest["release"], manifest["made"], manifest["rows"])


def refuse_other_schema(manifest: dict[str, Any]) -> None:
    """Refuse a backup whose tables are not those of this database."""
    if manifest["migrations"] == applied_migrations():
        return
    raise UnusableBackupError(
        f"the backup was made by release {manifest['release']}, whose tables differ from those "
        f"of this release, {RELEASE}. Restore it with that release, then upgrade and migrate."
    )


def refuse_used_database() -> None:
    """Refuse to mix a backup into data that is there."""
    used = [
        f"{count} in {model._meta.label}"
        for model in saved_models()
        if (count := model._default_manager.count())
    ]
    if used:
        raise UnusableBackupError(
            f"the database is not empty ({', '.join(used[:4])}). Name an empty one in "
            "WARGAME_DATABASE_URL, run `manage.py migrate`, and restore into that."
        )


def _read_table(
    archive: tarfile.TarFile, manifest: dict[str, Any], model: type[models.Model]
) -> None:
    label = model._meta.label
    member = archive.extractfile(f"{label}.jsonl") if label in manifest["rows"] else None
    if member is None:
        raise UnusableBackupError(f"the backup lacks the table {label}")
    # Read twice rather than held whole: the journal of a busy installation is large.
    if hashlib.file_digest(member, "sha256").hexdigest() != manifest["sha256"][label]:  # type: ignore[arg-type]
        raise UnusableBackupError(f"the table {label} of the backup is damaged")
    member.seek(0)
    for row in serializers.deserialize("jsonl", io.TextIOWrapper(member, encoding="utf-8")):
        row.save(force_insert=True)
    found = model._default_manager.count()
    if found != manifest["rows"][label]:
        raise UnusableBackupError(f"{label} has {found} rows of {manifest['rows'][label]}")


def _set_sequences() -> None:
    """Let the next row of each table get a number that is free."""
    statements = connection.ops.sequence_reset_sql(no_style(), saved_models())
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


def refuse_broken_journals() -> None:
    """Refuse a backup in which a journal's chain of digests does not hold."""
    for stream in Entry.objects.values_list("stream", flat=True).distinct().order_by("stream"):
        broken = verify_chain(stream)
        if broken is not None:
            raise UnusableBackupError(f"the journal of {stream} is not whole: {broken}")
