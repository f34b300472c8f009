"""The lab's rows in the admin site: to look up and to delete, never to edit what was found."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html

from apps.simulation.models import Study


@admin.register(Study)
class StudyAdmin(admin.ModelAdmin):
    """Studies, with the way to their page."""

    list_display = (
        "title",
        "kind",
        "status",
        "scenario",
        "games",
        "created_by",
        "created_at",
        "open",
    )
    list_filter = ("kind", "status", "created_at")
    search_fields = ("title", "id", "scenario", "created_by__username")
    list_select_related = ("created_by",)
    date_hierarchy = "created_at"
    exclude = ("documents", "results")

    @admin.display(description="page")
    def open(self, study: Study) -> str:
        """A link to the study's page."""
        return format_html('<a href="{}">open</a>', reverse("simulation:study", args=[study.pk]))

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Studies are asked in the lab."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Nothing is changed by hand."""
        return False
