"""Coming back: links with a secret token, of which only the hash is stored."""

from __future__ import annotations

import hashlib
import secrets
from datetime import timedelta

from django.utils import timezone

from apps.accounts.models import Person, RejoinLink

LIFETIME = timedelta(days=60)
"""How long a link works: longer than a term's pause between two sessions of a game."""


def hash_token(token: str) -> str:
    """SHA-256 of a token; the token has 256 bits of chance, so that no salt is needed."""
    return hashlib.sha256(token.encode()).hexdigest()


def issue_link(*, person: Person, next_url: str, lifetime: timedelta = LIFETIME) -> str:
    """Make a link for `person` that leads to `next_url`; returns its token, shown this once."""
    token = secrets.token_urlsafe(32)
    RejoinLink.objects.create(
        person=person,
        token_hash=hash_token(token),
        next_url=next_url,
        expires_at=timezone.now() + lifetime,
    )
    return token


def revoke_links(*, person: Person) -> int:
    """Make every link of `person` useless; returns how many still worked."""
    return RejoinLink.objects.filter(person=person, revoked_at=None).update(
        revoked_at=timezone.now()
    )


def redeem_token(token: str) -> RejoinLink | None:
    """The link of a token if it still works, else None. Using it does not use it up."""
    link = (
        RejoinLink.objects.select_related("person")
        .filter(
            token_hash=hash_token(token),
            revoked_at=None,
            expires_at__gt=timezone.now(),
            person__is_active=True,
        )
        .first()
    )
    if link:
        link.used_at = timezone.now()
        link.save(update_fields=["used_at"])
    return link
