"""Who is here: a mark on the membership, no event, and no cursor moves."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from datetime import timedelta

from django.utils import timezone

from apps.games.models import Membership

FRESH = timedelta(seconds=20)
"""A mark younger than this is not written again: an open page costs three writes a minute."""


def mark_all_seen(*, game_id: uuid.UUID, person_ids: Iterable[uuid.UUID]) -> int:
    """Note that these people are looking at a game, in one write; returns how many were noted."""
    now = timezone.now()
    standing = Membership.objects.filter(game=game_id, person__in=list(person_ids), removed_at=None)
    return standing.update(last_seen=now)


def mark_seen(membership: Membership) -> bool:
    """Note that a member is looking at their game; True if the mark was written.

    A mark that is fresh costs not even a write that changes nothing: on SQLite that would wait for
    whoever writes.
    """
    now = timezone.now()
    if membership.last_seen and membership.last_seen >= now - FRESH:
        return False
    standing = Membership.objects.filter(pk=membership.pk, removed_at=None)
    return bool(standing.update(last_seen=now))
