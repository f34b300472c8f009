"""Which pages may open a socket: our own, and nobody else's.

A browser sends cookies with a cross-site WebSocket handshake, and no CSRF token guards it.
Channels' own validator compares host names only; here the port counts too, and behind HTTPS
the scheme.
"""

from __future__ import annotations

from urllib.parse import urlsplit

from channels.security.websocket import WebsocketDenier
from django.conf import settings
from django.http.request import split_domain_port, validate_host

LOCAL_HOSTS = [".localhost", "127.0.0.1", "[::1]"]


def origin_allowed(origin: str | None, host: str | None) -> bool:
    """Whether a handshake for `host` may come from a page of `origin` (both as in the headers).

    A missing origin is refused: every browser sends one, and a program can.
    """
    if not origin or not host:
        return False
    origin = origin.lower()
    if origin in {trusted.lower() for trusted in settings.CSRF_TRUSTED_ORIGINS}:
        return True
    try:
        parts = urlsplit(origin)
        same = parts.netloc == host.lower()
    except ValueError:
        return False
    schemes = {"https"} if settings.SESSION_COOKIE_SECURE else {"http", "https"}
    if not same or parts.scheme not in schemes or parts.path:
        return False
    allowed = settings.ALLOWED_HOSTS or (LOCAL_HOSTS if settings.DEBUG else [])
    return validate_host(split_domain_port(host)[0], allowed)


class SameOrigin:
    """ASGI middleware that refuses a handshake from a page that is not ours with 403."""

    def __init__(self, application) -> None:
        self.application = application

    async def __call__(self, scope, receive, send):
        headers = {name: value.decode("latin-1") for name, value in scope["headers"]}
        if origin_allowed(headers.get(b"origin"), headers.get(b"host")):
            return await self.application(scope, receive, send)
        return await WebsocketDenier()(scope, receive, send)
