"""The WSGI application, for page workers beside a small ASGI process (docs/operations.md)."""

from __future__ import annotations

import os

from django.core.wsgi import get_wsgi_application

from wargame.observation.reporting import start_traces

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "wargame.settings")
start_traces("web")
application = get_wsgi_application()
