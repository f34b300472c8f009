"""Replay's rows in the admin site: to look up and to delete, never to edit what was recorded."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html

from apps.replay.models import Note, SavedGame, ShareLink, WhatIf


class LookUp(admin.ModelAdmin):
    """Rows that are made by the product alone."""

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Nothing is added by hand."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Nothing is changed by hand; it can be looked at and deleted."""
        return False


@admin.register(SavedGame)
class SavedGameAdmin(LookUp):
    """Saved games, with the way to their replay."""

    list_display = ("title", "origin", "scenario", "turns", "ending", "owner", "created_at", "open")
    list_filter = ("origin", "public", "created_at")
    search_fields = ("title", "id", "resolved__title", "owner__username")
    list_select_related = ("resolved", "owner")
    date_hierarchy = "created_at"

    @admin.display(description="scenario", ordering="resolved__title")
    def scenario(self, saved: SavedGame) -> str:
        """The title of the scenario it was played with."""
        return saved.resolved.title

    @admin.display(description="replay")
    def open(self, saved: SavedGame) -> str:
        """A link into the replay."""
        return format_html('<a href="{}">open</a>', reverse("replay:recording", args=[saved.pk]))


@admin.register(WhatIf)
class WhatIfAdmin(LookUp):
    """What-if questions and how far they are."""

    list_display = ("title", "turn", "seeds", "status", "owner", "created_at")
    list_filter = ("status", "created_at")
    search_fields = ("title", "stream", "owner__username")
    list_select_related = ("owner",)


@admin.register(ShareLink)
class ShareLinkAdmin(LookUp):
    """Share links: who made them, for whom, until when. The token is not kept."""

    list_display = ("stream", "viewer", "created_by", "expires_at", "revoked_at", "opened")
    list_filter = ("viewer", "expires_at")
    search_fields = ("stream", "created_by__username")
    exclude = ("token_hash",)


@admin.register(Note)
class NoteAdmin(LookUp):
    """Notes by game and turn; their words are their author's."""

    list_display = ("stream", "turn", "title", "author", "created_at")
    search_fields = ("stream", "title", "author__username")
    list_select_related = ("author",)
