"""Whom a limit by address counts: the browser's address, not that of the proxy before us."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest


def client_address(request: HttpRequest) -> str:
    """The address of whoever asks, as text.

    Behind a proxy (WARGAME_BEHIND_PROXY) it is the last entry of X-Forwarded-For, which the proxy
    has written itself; what a client puts before it is not believed.
    """
    direct = request.META["REMOTE_ADDR"] or "local"
    if not settings.BEHIND_PROXY:
        return direct
    forwarded = request.META.get("HTTP_X_FORWARDED_FOR", "").rpartition(",")[2].strip()
    return forwarded or direct
