from __future__ import annotations

from django.apps import AppConfig


class ReplayConfig(AppConfig):
    name = "apps.replay"
    label = "replay"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Hear of games that are deleted."""
        from apps.replay import cleaning  # noqa: F401 - registers its receivers
