"""The language of a socket: that of the page which opened it."""

from __future__ import annotations

from collections.abc import Mapping
from types import SimpleNamespace
from typing import Any

from django.http import QueryDict, parse_cookie
from django.utils.translation import get_language_from_request, get_supported_language_variant


def language_of(scope: Mapping[str, Any]) -> str:
    """The language code that a handshake asks for, one of the languages of the site.

    `?language=` says it: a page names its own language there, so that what is pushed to it stays in
    that language although the person has chosen another in a second window. Without it, or with
    one that the site does not have, the cookie and then `Accept-Language` decide, as for a page.
    """
    asked = QueryDict(scope.get("query_string", b"")).get("language", "")
    try:
        return get_supported_language_variant(asked)
    except LookupError:
        return _language_of_headers(scope)


def _language_of_headers(scope: Mapping[str, Any]) -> str:
    headers = {name: value.decode("latin-1") for name, value in scope.get("headers", ())}
    request = SimpleNamespace(
        COOKIES=parse_cookie(headers.get(b"cookie", "")),
        META={"HTTP_ACCEPT_LANGUAGE": headers.get(b"accept-language", "")},
    )
    return get_language_from_request(request)  # type: ignore[arg-type]
