"""Read-only links to one game from one perspective, for people who do not sign in.

The token is shown once, when the link is made; the database holds its hash. An expired or
withdrawn link opens nothing.
"""

from __future__ import annotations

import hashlib
import secrets
import uuid
from datetime import timedelta

from django.db.models import F
from django.http import Http404
from django.utils import timezone
from django.utils.translation import gettext as _

from apps.accounts.models import Person
from apps.replay.access import Entry
from apps.replay.models import ShareLink
from apps.replay.sources import Source, source_for

TOKEN_BYTES = 24
MAX_DAYS = 366


def make_link(*, stream: uuid.UUID, viewer: str, days: int, by: Person) -> tuple[ShareLink, str]:
    """A new link and its token, which nobody can read again. `days` is 1 to 366."""
    if not 1 <= days <= MAX_DAYS:
        raise ValueError(f"A link lasts 1 to {MAX_DAYS} days.")
    token = secrets.token_urlsafe(TOKEN_BYTES)
    link = ShareLink.objects.create(
        stream=stream,
        viewer=viewer,
        token_hash=_hash(token),
        expires_at=timezone.now() + timedelta(days=days),
        created_by=by,
    )
    return link, token


def entry_of_link(token: str, *, count: bool = True) -> tuple[Source, Entry]:
    """The game that a token opens, and its one perspective; a 404 where it opens nothing."""
    link = link_for(token, count=count)
    source = source_for(link.stream) if link else None
    if link is None or source is None:
        raise Http404(_("This link has run out or was withdrawn."))
    return source, Entry(frozenset(), (link.viewer,))


def link_for(token: str, *, count: bool = True) -> ShareLink | None:
    """The link that a token opens now, or None. Counts the opening unless it is a part of one."""
    link = ShareLink.objects.filter(
        token_hash=_hash(token), revoked_at=None, expires_at__gt=timezone.now()
    ).first()
    if link is not None and count:
        ShareLink.objects.filter(pk=link.pk).update(opened=F("opened") + 1)
    return link


def revoke_link(*, link: ShareLink) -> None:
    """Withdraw a link at once; withdrawing it again changes nothing."""
    if link.revoked_at is None:
        link.revoked_at = timezone.now()
        link.save(update_fields=["revoked_at"])


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
