"""The Django project: settings, addresses, ASGI and Celery. No game logic."""

from __future__ import annotations

from wargame.celery import app as celery_app

__all__ = ["celery_app"]
