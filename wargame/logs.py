"""Logs: one line an event, with ids and without personal data.

Names, texts, addresses and tokens never enter a log line: a person is an id, a game is an id.
"""

from __future__ import annotations

import logging
import re
import sys
import traceback
import uuid
from collections.abc import Callable
from typing import Any

import structlog
from django.conf import settings
from django.http import HttpRequest, HttpResponse

PERSONAL = frozenset(
    {"display_name", "username", "email", "password", "token", "text", "intent", "ip", "cookie"}
)
OF_MACHINES = frozenset(
    {
        "builtins.OSError",
        "redis.exceptions.RedisError",
        "kombu.exceptions.OperationalError",
        "django.db.utils.OperationalError",
        "django.db.utils.InterfaceError",
        "django.core.exceptions.ImproperlyConfigured",
    }
)
"""Exceptions whose text tells of servers, files and settings, and never of a person."""
SESSION_KEY = "_auth_user_id"
"""Where django.contrib.auth keeps the person's id; importing it would need the apps loaded."""
_ACCEPTED_ID = re.compile(r"[0-9A-Za-z-]{8,64}")


def drop_personal_data(_logger: Any, _method: str, line: dict[str, Any]) -> dict[str, Any]:
    """Remove the keys that could hold personal data, whoever put them into the line."""
    return {key: value for key, value in line.items() if key not in PERSONAL}


def name_the_route(_logger: Any, _method: str, line: dict[str, Any]) -> dict[str, Any]:
    """In Django's own lines about a request put the route for its address, it may hold a code."""
    request = getattr(line.get("_record"), "request", None)
    path = getattr(request, "path", None)
    if not path:
        return line
    match = getattr(request, "resolver_match", None)
    route = f"/{match.route}" if match else "an address that is not there"
    return {**line, "event": str(line["event"]).replace(path, route)}


def is_news(record: logging.LogRecord) -> bool:
    """Whether a line of Django's about an answer says something that no other line has said.

    A 503 is given on purpose, and whoever gives it says why; Django would call each an error.
    """
    return getattr(record, "status_code", None) != 503


def told(error: BaseException) -> str:
    """A traceback with its causes; the text of an exception only where no person can be in it.

    What somebody typed stands in the text of many an exception: "Key (username)=(ann) exists".
    """
    parts: list[str] = []
    seen: set[int] = set()
    link: BaseException | None = error
    while link is not None and id(link) not in seen:
        seen.add(id(link))
        name = f"{type(link).__module__}.{type(link).__qualname__}".removeprefix("builtins.")
        kinds = {f"{kind.__module__}.{kind.__qualname__}" for kind in type(link).__mro__}
        text = f": {link}" if kinds & OF_MACHINES else ""
        parts.append("".join(traceback.format_tb(link.__traceback__)) + name + text)
        link = link.__cause__ or (None if link.__suppress_context__ else link.__context__)
    return "\nwhich came of:\n".join(parts)


def tell_exception(_logger: Any, _method: str, line: dict[str, Any]) -> dict[str, Any]:
    """Put the traceback of a line's `exc_info` into `exception`, as `told` tells it."""
    given = line.pop("exc_info", None)
    if isinstance(given, BaseException):
        error: BaseException | None = given
    elif isinstance(given, tuple):
        error = given[1]
    else:
        error = sys.exc_info()[1] if given else None
    return {**line, "exception": told(error)} if error is not None else line


def configure_logging(*, level: str, style: str) -> dict[str, Any]:
    """Set structlog up and return Django's LOGGING; `style` is "json" or "console"."""
    shared: list[Any] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        drop_personal_data,
    ]
    structlog.configure(
        processors=[*shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=True,
    )
    last = (
        structlog.processors.JSONRenderer()
        if style == "json"
        else structlog.dev.ConsoleRenderer(colors=False)
    )
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "filters": {
            "news": {"()": "django.utils.log.CallbackFilter", "callback": is_news},
        },
        "formatters": {
            "lines": {
                "()": structlog.stdlib.ProcessorFormatter,
                "foreign_pre_chain": [name_the_route, *shared],
                "processors": [
                    structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                    tell_exception,
                    last,
                ],
            }
        },
        "handlers": {
            "stderr": {"class": "logging.StreamHandler", "formatter": "lines"},
            "errors": {"class": "wargame.observation.errors.ErrorRecorder"},
        },
        "root": {"handlers": ["stderr", "errors"], "level": level},
        "loggers": {
            "django.request": {"filters": ["news"]},
            # Without Django's own handlers, which would write each line a second time.
            "django": {"handlers": [], "level": level},
            "django.server": {"handlers": ["stderr"], "level": level, "propagate": False},
            "celery.app.trace": {"level": "WARNING"},
            # A line for each sweep, every two seconds, would bury all others.
            "celery.worker.strategy": {"level": "WARNING"},
            "celery.beat": {"level": "WARNING"},
        },
    }


class RequestIdMiddleware:
    """Give each request an id, kept in every log line of it and in the answer's X-Request-ID."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        given = request.headers.get("X-Request-ID", "")
        request_id = given if _ACCEPTED_ID.fullmatch(given) else uuid.uuid4().hex
        structlog.contextvars.clear_contextvars()
        structlog.contextvars.bind_contextvars(request=request_id)
        response = self.get_response(request)
        response["X-Request-ID"] = request_id
        return response


class PersonIdMiddleware:
    """Bind the id of the person who is signed in, and nothing else of theirs, to the log lines.

    A request without a session cookie causes no query here.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        has_session = settings.SESSION_COOKIE_NAME in request.COOKIES
        if has_session and (person := request.session.get(SESSION_KEY)):
            structlog.contextvars.bind_contextvars(person=str(person))
        return self.get_response(request)
