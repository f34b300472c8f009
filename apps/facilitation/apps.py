from __future__ import annotations

from django.apps import AppConfig


class FacilitationConfig(AppConfig):
    name = "apps.facilitation"
    label = "facilitation"
    default_auto_field = "django.db.models.BigAutoField"
