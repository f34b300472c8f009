"""What may leave the machine of an error or a span: an allow-list, as for every viewer.

An address holds join codes and links, the text of an exception what somebody typed, a span the
visitor's network address: none of them is sent.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from opentelemetry.sdk.trace import Event, ReadableSpan
from opentelemetry.sdk.trace.export import SpanExporter, SpanExportResult
from opentelemetry.trace.status import Status

SPAN_ATTRIBUTES = frozenset(
    {
        "http.method",
        "http.request.method",
        "http.route",
        "http.status_code",
        "http.response.status_code",
        "error.type",
        "celery.action",
        "celery.state",
        "celery.task_name",
        "messaging.destination",
        "messaging.message.id",
        "messaging.message_id",
    }
)
EVENT_ATTRIBUTES = frozenset({"exception.type", "exception.escaped"})


def _chosen(attributes: Any, allowed: frozenset[str]) -> dict[str, Any]:
    return {name: value for name, value in (attributes or {}).items() if name in allowed}


def impersonal(span: ReadableSpan) -> ReadableSpan:
    """The same span with its route, method, state and kind of error, and nothing of a person."""
    return ReadableSpan(
        name=span.name,
        context=span.context,
        parent=span.parent,
        resource=span.resource,
        attributes=_chosen(span.attributes, SPAN_ATTRIBUTES),
        events=[
            Event(event.name, _chosen(event.attributes, EVENT_ATTRIBUTES), event.timestamp)
            for event in span.events
        ],
        links=span.links,
        kind=span.kind,
        status=Status(span.status.status_code),
        start_time=span.start_time,
        end_time=span.end_time,
        instrumentation_scope=span.instrumentation_scope,
    )


class ImpersonalExporter(SpanExporter):
    """Hands spans on to `exporter`, each of them made impersonal."""

    def __init__(self, exporter: SpanExporter) -> None:
        self._exporter = exporter

    def export(self, spans: Sequence[ReadableSpan]) -> SpanExportResult:
        return self._exporter.export([impersonal(span) for span in spans])

    def shutdown(self) -> None:
        self._exporter.shutdown()

    def force_flush(self, timeout_millis: int = 30_000) -> bool:
        return self._exporter.force_flush(timeout_millis)
