"""Optional reports: off by default, clear when a package is missing, without personal data."""

from __future__ import annotations

import sys

import pytest
from django.core.exceptions import ImproperlyConfigured

from wargame.observation import reporting

CANARY = "ann@example.org"


def test_nothing_is_loaded_without_an_address(monkeypatch):
    monkeypatch.setitem(sys.modules, "sentry_sdk", None)
    monkeypatch.delenv("WARGAME_OTLP_ENDPOINT", raising=False)
    reporting.start_error_reports("", environment="test", release="0")
    reporting.start_traces("test")


def test_a_missing_package_is_named(monkeypatch):
    monkeypatch.setitem(sys.modules, "sentry_sdk", None)
    with pytest.raises(ImproperlyConfigured, match=r"WARGAME_SENTRY_DSN.*extra `observe`"):
        reporting.start_error_reports("https://k@h.invalid/1", environment="test", release="0")
    monkeypatch.setitem(sys.modules, "opentelemetry", None)
    monkeypatch.setenv("WARGAME_OTLP_ENDPOINT", "http://h.invalid")
    with pytest.raises(ImproperlyConfigured, match=r"WARGAME_OTLP_ENDPOINT.*extra `observe`"):
        reporting.start_traces("test")


def test_a_report_leaves_out_who_and_what_was_typed():
    event = {
        "request": {
            "method": "POST",
            "url": f"/join/{CANARY}/",
            "data": {"display_name": CANARY},
            "headers": {"Cookie": CANARY},
            "query_string": CANARY,
        },
        "exception": {"values": [{"type": "ValueError", "value": f"bad name {CANARY}"}]},
        "logentry": {"message": "no such seat", "params": [CANARY], "formatted": CANARY},
        "extra": {"form": CANARY},
        "transaction": "/join/{code}/",
        "user": {"id": "7", "email": CANARY, "username": CANARY, "ip_address": CANARY},
    }
    sent = reporting.without_personal_data(event, None)
    assert CANARY not in str(sent)
    assert sent["user"] == {"id": "7"}
    assert sent["request"] == {"method": "POST"}
    assert sent["exception"] == {"values": [{"type": "ValueError"}]}
    assert sent["logentry"] == {"message": "no such seat"}
    assert sent["transaction"] == "/join/{code}/"
