"""Whose socket it is: the session cookie of the handshake, read as Django reads it."""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module
from types import SimpleNamespace
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user
from django.contrib.sessions.backends.base import SessionBase
from django.contrib.sessions.models import Session
from django.http import parse_cookie
from django.utils import timezone

from apps.accounts.models import Person


def session_of(scope: Mapping[str, Any]) -> SessionBase:
    """The session that the handshake's cookie names; empty if it names none that is alive."""
    cookies = next((v for k, v in scope["headers"] if k == b"cookie"), b"")
    key = parse_cookie(cookies.decode("latin-1")).get(settings.SESSION_COOKIE_NAME)
    store: type[SessionBase] = import_module(settings.SESSION_ENGINE).SessionStore
    return store(key)


def person_of(session: SessionBase) -> Person | None:
    """The person signed in by this session, or None; a changed password ends its sessions."""
    person = get_user(SimpleNamespace(session=session))  # type: ignore[arg-type]
    return person if isinstance(person, Person) and person.is_active else None


def alive(session_keys: set[str]) -> frozenset[str]:
    """Those of the sessions that exist and have not expired."""
    rows = Session.objects.filter(session_key__in=session_keys, expire_date__gt=timezone.now())
    return frozenset(rows.values_list("session_key", flat=True))
