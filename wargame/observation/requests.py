"""Pages: how many, how long, and the address at which the figures are read."""

from __future__ import annotations

import hmac
import time
from collections.abc import Callable

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, generate_latest

from apps.accounts.permissions import Permission, site_allows
from wargame.observation.metrics import REQUEST_SECONDS, REQUESTS, process_registry
from wargame.observation.queues import QueueCollector

METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})


class MetricsMiddleware:
    """Counts and times every page under the name of its route, never under its address."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        started = time.perf_counter()
        response = self.get_response(request)
        match = request.resolver_match
        route = (match.view_name or match.route) if match else "unknown"
        method = request.method if request.method in METHODS else "OTHER"
        REQUESTS.labels(route, method, str(response.status_code)).inc()
        REQUEST_SECONDS.labels(route).observe(time.perf_counter() - started)
        return response


def may_read(request: HttpRequest) -> bool:
    """Whether the request bears WARGAME_METRICS_TOKEN, or is a site administrator's."""
    token = settings.METRICS_TOKEN
    given = request.headers.get("Authorization", "").removeprefix("Bearer ")
    if token and hmac.compare_digest(given.encode(), token.encode()):
        return True
    return site_allows(request.user, Permission.ADMINISTER)  # type: ignore[arg-type]


@never_cache
@require_safe
def metrics(request: HttpRequest) -> HttpResponse:
    """Every figure in Prometheus' text format; to anybody else the page does not exist."""
    if not may_read(request):
        raise Http404
    shared = CollectorRegistry()
    shared.register(QueueCollector())
    text = generate_latest(process_registry()) + generate_latest(shared)
    return HttpResponse(text, content_type=CONTENT_TYPE_LATEST)
