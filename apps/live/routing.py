"""Addresses of the sockets; `wargame/asgi.py` mounts `application` for the websocket protocol."""

from __future__ import annotations

from channels.routing import URLRouter
from django.urls import path

from apps.live.consumers import GameConsumer
from apps.live.origin import SameOrigin

websocket_urlpatterns = [path("ws/games/<uuid:game_id>/", GameConsumer.as_asgi())]

application = SameOrigin(URLRouter(websocket_urlpatterns))
