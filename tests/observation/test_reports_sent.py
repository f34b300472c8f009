"""Sentry and OpenTelemetry where an address is set: what really leaves the process.

A sink of the test's own stands for both. The product runs in a process, since neither library lets
go of one again.
"""

from __future__ import annotations

import gzip
import http.server
import json
import subprocess
import threading
from collections.abc import Iterator

import pytest

from tests.stack.processes import ROOT, environment, python

pytestmark = pytest.mark.stack
CODE = "CANARYCODE"
NAME = "Canary Anna"
VISIT = f"""
import wargame.wsgi
from django.test import Client
from django.urls import path
import wargame.urls
def breaks(request, code):
    raise ValueError(request.POST.get("name", ""))
wargame.urls.urlpatterns.insert(0, path("breaks/<str:code>/", breaks))
client = Client(raise_request_exception=False, HTTP_HOST="localhost", REMOTE_ADDR="203.0.113.7")
answer = client.post("/breaks/{CODE}/?q={CODE}", {{"name": "{NAME}"}})
assert answer.status_code == 500, answer.status_code
"""
FLUSH_ERRORS = "import sentry_sdk; sentry_sdk.flush(20)"
FLUSH_TRACES = "from opentelemetry import trace; assert trace.get_tracer_provider().force_flush()"


class Sink:
    """A server that keeps whatever is posted to it."""

    def __init__(self) -> None:
        kept: list[tuple[str, bytes]] = []

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                if self.headers.get("Content-Encoding") == "gzip":
                    body = gzip.decompress(body)
                kept.append((self.path, body))
                self.send_response(200)
                self.end_headers()
                self.wfile.write(b"{}")

            def log_message(self, *_arguments: object) -> None:
                """Say nothing."""

        self.kept = kept
        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    @property
    def port(self) -> int:
        return self.server.server_address[1]


@pytest.fixture
def sink() -> Iterator[Sink]:
    made = Sink()
    yield made
    made.server.shutdown()
    made.server.server_close()


def visit(after: str, **settings: str) -> None:
    """Start the pages' application, let a visitor meet an error, and send what waits."""
    done = subprocess.run(
        python("-c", VISIT + after),
        cwd=ROOT,
        env=environment(WARGAME_DEBUG="true", **settings),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr

    logged = done.stderr.encode()
    assert b"ValueError" in logged
    assert b"/breaks/<str:code>/" in logged
    assert_impersonal(logged)


def assert_impersonal(sent: bytes) -> None:
    for secret in (CODE, NAME, "203.0.113.7", "Canary+Anna"):
        assert secret.encode() not in sent, secret


def test_an_error_reaches_sentry_without_address_text_or_visitor(sink):
    visit(FLUSH_ERRORS, WARGAME_SENTRY_DSN=f"http://key@127.0.0.1:{sink.port}/1")
    sent = b"".join(body for _, body in sink.kept)
    assert_impersonal(sent)
    events = [
        json.loads(line)
        for line in sent.splitlines()
        if line.startswith(b"{") and b"ValueError" in line
    ]
    (event,) = events
    assert event["exception"]["values"][-1]["type"] == "ValueError"
    assert event["transaction"] == "/breaks/{code}/"
    assert event["environment"] == "production"


def test_a_request_is_traced_without_address_text_or_visitor(sink):
    visit(FLUSH_TRACES, WARGAME_OTLP_ENDPOINT=f"http://127.0.0.1:{sink.port}")
    assert {path for path, _ in sink.kept} == {"/v1/traces"}
    sent = b"".join(body for _, body in sink.kept)
    assert_impersonal(sent)
    for expected in (b"korean-knot-web", b"breaks/<str:code>/", b"ValueError"):
        assert expected in sent, expected


def test_without_an_address_nothing_is_sent_and_nobody_traces():
    visit(
        "import sys; from opentelemetry import trace; assert 'sentry_sdk' not in sys.modules; "
        "assert 'opentelemetry.instrumentation.django' not in sys.modules; "
        "assert type(trace.get_tracer_provider()).__name__ == 'ProxyTracerProvider'"
    )
