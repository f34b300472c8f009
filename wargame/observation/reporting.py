"""Errors to Sentry and traces to a collector, where the environment names one.

Both need the packages of the extra `observe`; without them, and without an address, nothing is
loaded.
"""

from __future__ import annotations

import os
from typing import Any

from django.core.exceptions import ImproperlyConfigured

MISSING = "{variable} is set, but {package} is not installed: install the extra `observe`"
IMPERSONAL = ("id",)
KEPT_OF_AN_ERROR = (
    "event_id",
    "timestamp",
    "level",
    "logger",
    "platform",
    "release",
    "environment",
    "server_name",
    "transaction",
    "transaction_info",
    "modules",
    "sdk",
    "type",
)


def start_error_reports(dsn: str, *, environment: str, release: str) -> None:
    """Send unhandled errors to the Sentry at `dsn`; an empty `dsn` sends nothing."""
    if not dsn:
        return
    try:
        import sentry_sdk
    except ImportError as error:
        raise ImproperlyConfigured(
            MISSING.format(variable="WARGAME_SENTRY_DSN", package="sentry-sdk")
        ) from error
    sentry_sdk.init(
        dsn=dsn,
        environment=environment,
        release=release,
        send_default_pii=False,
        max_request_body_size="never",
        include_local_variables=False,
        before_send=without_personal_data,
        before_breadcrumb=lambda _crumb, _hint: None,
    )


def without_personal_data(event: Any, _hint: Any) -> Any:
    """Of an error: its kind, place and route, the method, and of the person the id.

    Built from nothing. An address may hold a join code, and a text what somebody typed; the route
    that Django found stands in `transaction`.
    """
    sent = {name: event[name] for name in KEPT_OF_AN_ERROR if name in event}
    if "exception" in event:
        sent["exception"] = {
            "values": [
                {name: value for name, value in error.items() if name != "value"}
                for error in event["exception"].get("values", [])
            ]
        }
    if message := event.get("logentry", {}).get("message"):
        sent["logentry"] = {"message": message}
    if method := event.get("request", {}).get("method"):
        sent["request"] = {"method": method}
    if "user" in event:
        sent["user"] = {name: event["user"][name] for name in IMPERSONAL if name in event["user"]}
    return sent


def start_traces(service: str) -> None:
    """Send spans of requests or tasks to the collector of WARGAME_OTLP_ENDPOINT, if it is set.

    Call it in the process that works: a thread that sends does not survive a fork.
    """
    endpoint = os.environ.get("WARGAME_OTLP_ENDPOINT", "")
    if not endpoint:
        return
    try:
        from opentelemetry import trace
        from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
        from opentelemetry.instrumentation.celery import CeleryInstrumentor
        from opentelemetry.instrumentation.django import DjangoInstrumentor
        from opentelemetry.sdk.resources import Resource
        from opentelemetry.sdk.trace import TracerProvider
        from opentelemetry.sdk.trace.export import BatchSpanProcessor

        from wargame.observation.impersonal import ImpersonalExporter
    except ImportError as error:
        raise ImproperlyConfigured(
            MISSING.format(variable="WARGAME_OTLP_ENDPOINT", package="opentelemetry")
        ) from error
    provider = TracerProvider(resource=Resource.create({"service.name": f"korean-knot-{service}"}))
    exporter = ImpersonalExporter(OTLPSpanExporter(f"{endpoint.rstrip('/')}/v1/traces"))
    provider.add_span_processor(BatchSpanProcessor(exporter))
    trace.set_tracer_provider(provider)
    DjangoInstrumentor().instrument()
    CeleryInstrumentor().instrument()
