"""Tokens by which a program plays a seat; only their hashes are kept."""

from __future__ import annotations

from django.db import models

from apps.games.models.people import Membership


class SeatToken(models.Model):
    """A secret that lets a program act as one membership until it is revoked."""

    membership = models.ForeignKey(Membership, on_delete=models.CASCADE, related_name="tokens")
    token_hash = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField(auto_now_add=True)
    used_at = models.DateTimeField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"token {self.pk} of {self.membership_id}"
