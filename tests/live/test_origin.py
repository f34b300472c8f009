"""Which pages may open a socket."""

from __future__ import annotations

import pytest

from apps.live.origin import origin_allowed

HOST = "knot.example:8000"


@pytest.fixture(autouse=True)
def site(settings):
    settings.ALLOWED_HOSTS = ["knot.example"]
    settings.CSRF_TRUSTED_ORIGINS = ["https://trusted.example"]
    settings.SESSION_COOKIE_SECURE = False
    settings.DEBUG = False


@pytest.mark.parametrize(
    ("origin", "allowed"),
    [
        ("http://knot.example:8000", True),
        ("https://knot.example:8000", True),
        ("HTTP://KNOT.EXAMPLE:8000", True),
        ("https://trusted.example", True),
        (None, False),
        ("", False),
        ("null", False),
        ("http://knot.example:8001", False),
        ("http://knot.example", False),
        ("http://evil.example:8000", False),
        ("http://evil.example", False),
        ("http://knot.example:8000.evil.example", False),
        ("http://knot.example:8000@evil.example", False),
        ("http://evil.example#knot.example:8000", False),
        ("http://knot.example:8000/page", False),
        ("file://knot.example:8000", False),
        ("chrome-extension://knot.example:8000", False),
        ("http://[::1", False),
        ("https://trusted.example.evil.example", False),
    ],
)
def test_only_our_own_pages_open_sockets(origin, allowed):
    assert origin_allowed(origin, HOST) is allowed


def test_an_origin_that_agrees_with_a_foreign_host_header_is_refused():
    assert not origin_allowed("http://evil.example", "evil.example")


def test_behind_https_a_plain_page_is_refused(settings):
    settings.SESSION_COOKIE_SECURE = True
    assert not origin_allowed("http://knot.example:8000", HOST)
    assert origin_allowed("https://knot.example:8000", HOST)


def test_a_handshake_without_a_host_is_refused():
    assert not origin_allowed("http://knot.example", None)
