"""Django's admin where rows follow from events: shown and not edited; acts ask first."""

from __future__ import annotations

from typing import Any

from django.contrib.admin import ModelAdmin
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


class ReadOnly:
    """Mixed into an admin whose rows follow from the journal, or are the journal."""

    def has_add_permission(self, request: HttpRequest, *args: Any) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


def is_sure(request: HttpRequest) -> bool:
    """Whether the question before an action was answered with yes."""
    return request.POST.get("sure") == "yes"


def question(
    admin: ModelAdmin[Any],
    request: HttpRequest,
    chosen: QuerySet[Any],
    action: str,
    title: str,
    words: str,
) -> HttpResponse:
    """The page that asks before `action` is done to the `chosen` rows."""
    shown = {
        **admin.admin_site.each_context(request),
        "title": title,
        "words": words,
        "chosen": chosen,
        "action": action,
        "checkbox": ACTION_CHECKBOX_NAME,
        "opts": admin.model._meta,
    }
    return render(request, "admin/sure.html", shown)
