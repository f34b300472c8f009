"""The interface put together: routes, the limit of calls, and errors that say what to do."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, HttpError, Throttled, ValidationError
from ninja.throttling import AuthRateThrottle

from apps.api import routes, waiting
from apps.api.tokens import SeatBearer
from apps.games.refusals import Refusal


class SeatThrottle(AuthRateThrottle):
    """Counts the calls of one membership."""

    def get_cache_key(self, request: HttpRequest) -> str:
        return f"api:{request.auth.pk}"  # type: ignore[attr-defined]


api = NinjaAPI(
    title="Korean Knot: the players' interface",
    version="1",
    description="Play one seat of a session by program. Every call needs the token of a seat.",
    auth=SeatBearer(),
    throttle=[SeatThrottle("20/s")],
    docs_url=None,
    urls_namespace="api",
)
api.add_router("", routes.router)
api.add_router("", waiting.router)


def _answer(request: HttpRequest, status: int, code: str, sentence: str, **more: Any) -> Any:
    return api.create_response(
        request, {"code": code, "sentence": sentence, "details": more}, status=status
    )


@api.exception_handler(Refusal)
def refused(request: HttpRequest, refusal: Refusal) -> HttpResponse:
    """409 with the refusal's name and sentence; 429 where it was one call too many."""
    status = 429 if refusal.code == "too_fast" else 409
    return _answer(request, status, refusal.code, refusal.sentence, **refusal.details)


@api.exception_handler(ValidationError)
def misread(request: HttpRequest, error: ValidationError) -> HttpResponse:
    """422 with the place of each mistake."""
    problems = [
        {"where": ".".join(str(part) for part in item["loc"]), "message": item["msg"]}
        for item in error.errors
    ]
    return _answer(
        request,
        422,
        "misread",
        "The call has mistakes. Mend what `problems` names.",
        problems=problems,
    )


@api.exception_handler(AuthenticationError)
def unknown_token(request: HttpRequest, error: AuthenticationError) -> HttpResponse:
    """401 where the token is missing, unknown or revoked."""
    return _answer(
        request, 401, "no_token", "Send the header `Authorization: Bearer` with a seat's token."
    )


@api.exception_handler(Throttled)
def throttled(request: HttpRequest, error: Throttled) -> HttpResponse:
    """429 where a seat calls more than twenty times a second."""
    return _answer(request, 429, "too_fast", "Too many calls in a second. Wait, then go on.")


@api.exception_handler(HttpError)
def unreadable(request: HttpRequest, error: HttpError) -> HttpResponse:
    """400 where the body is not JSON."""
    return _answer(request, error.status_code, "unreadable", f"{error}. Send a body in JSON.")
