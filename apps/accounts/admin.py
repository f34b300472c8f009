"""Accounts in Django's admin."""

from __future__ import annotations

from django.contrib import admin
from django.contrib.auth.admin import UserAdmin

from apps.accounts.models import Person


@admin.register(Person)
class PersonAdmin(UserAdmin):
    """People, found by name; players have no password to set."""

    list_display = ("username", "display_name", "kind", "is_active", "last_login")
    list_filter = ("kind", "is_active", "is_superuser")
    search_fields = ("username", "display_name", "email")
    fieldsets = (*(UserAdmin.fieldsets or ()), ("Game", {"fields": ("display_name", "kind")}))
