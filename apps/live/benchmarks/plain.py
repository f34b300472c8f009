"""The plain page behind the product's middleware, for uvicorn."""

from __future__ import annotations

import os

os.environ["DJANGO_SETTINGS_MODULE"] = "apps.live.benchmarks.plain_settings"

from django.core.asgi import get_asgi_application

application = get_asgi_application()
