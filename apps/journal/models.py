"""The journal's one table, and the list of streams whose deletion was decided.

Rows are written by `apps.journal.store` alone. The database itself refuses UPDATE and DELETE
(see `triggers`); a DELETE passes only for a stream that has a tombstone.
"""

from __future__ import annotations

import uuid

from django.db import models


class Entry(models.Model):
    """One event of one stream. `content` is the payload as canonical JSON text.

    Text, not a JSON column: the digest is over these very bytes, and PostgreSQL's jsonb would
    rewrite numbers and the order of keys.
    """

    id = models.BigAutoField(primary_key=True)
    stream = models.UUIDField()
    sequence = models.PositiveIntegerField()
    kind = models.CharField(max_length=40)
    version = models.PositiveSmallIntegerField(default=1)
    audience = models.CharField(max_length=120)
    content = models.TextField()
    actor = models.UUIDField(null=True)
    at = models.DateTimeField()
    digest = models.CharField(max_length=64)

    class Meta:
        verbose_name_plural = "entries"
        constraints = [
            models.UniqueConstraint(fields=["stream", "sequence"], name="journal_stream_sequence")
        ]

    def __str__(self) -> str:
        return f"{self.stream}#{self.sequence} {self.kind}"


class Tombstone(models.Model):
    """The decision to delete a whole stream, kept after its entries are gone."""

    stream = models.UUIDField(primary_key=True, default=uuid.uuid4)
    reason = models.CharField(max_length=200)
    actor = models.UUIDField(null=True)
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.stream}: {self.reason}"
