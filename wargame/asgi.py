"""The ASGI application: pages by Django, sockets by Channels.

`apps.live.routing.application` brings its own origin check, outermost: Channels accepts a
handshake from any site unless something does.
"""

from __future__ import annotations

import os

from channels.routing import ProtocolTypeRouter
from django.core.asgi import get_asgi_application

from wargame.observation.reporting import start_traces

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "wargame.settings")
start_traces("live")
pages = get_asgi_application()  # loads the apps: the routing below imports models

from apps.live.routing import application as sockets  # noqa: E402
from wargame.lifespan import lifespan  # noqa: E402

application = ProtocolTypeRouter({"http": pages, "websocket": sockets, "lifespan": lifespan})
