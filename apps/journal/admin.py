"""The journal in Django's admin: read only, as the database itself has it.

Payloads of a session that is still played are not shown: they hold secret orders, and whoever may
see them has the control room, where looking is recorded.
"""

from __future__ import annotations

from django.contrib import admin

from apps.journal.models import Entry, Tombstone
from wargame.read_only_admin import ReadOnly


@admin.register(Entry)
class EntryAdmin(ReadOnly, admin.ModelAdmin):
    """What happened, without what was said in it."""

    list_display = ("stream", "sequence", "kind", "audience", "actor", "at", "short_digest")
    list_filter = ("kind", "at")
    search_fields = ("=stream", "=actor")
    ordering = ("-id",)
    exclude = ("content",)
    show_full_result_count = False

    @admin.display(description="digest")
    def short_digest(self, entry: Entry) -> str:
        return entry.digest[:12]


@admin.register(Tombstone)
class TombstoneAdmin(ReadOnly, admin.ModelAdmin):
    """Streams that were deleted for good, and why."""

    list_display = ("stream", "reason", "actor", "at")
    search_fields = ("=stream", "reason")
