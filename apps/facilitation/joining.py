"""The join page: address, code and QR code of a session, to project and to print."""

from __future__ import annotations

import segno
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from apps.games.models import Game


def join_url(request: HttpRequest, game: Game) -> str:
    """The absolute address that leads straight into the session's lobby."""
    return request.build_absolute_uri(_path(game))


def join_address(request: HttpRequest) -> str:
    """What is said aloud: host and path without the scheme."""
    return f"{request.get_host()}/join"


def qr_code(url: str) -> SafeString:
    """The address as an inline SVG without inline style, sized by the page's own sheet."""
    svg = segno.make(url, error="m").svg_inline(
        omitsize=True,
        border=2,
        title=_("QR code of %(url)s") % {"url": url},
        svgclass="qr",
        lineclass=None,
    )
    return mark_safe(svg)  # noqa: S308 - drawn by segno from our own address


def _path(game: Game) -> str:
    try:
        return reverse("games:join_code", kwargs={"code": game.join_code})
    except NoReverseMatch:
        return f"/join/{game.join_code}/"
