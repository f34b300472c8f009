"""People: facilitators and instructors who sign in, and players who join by code."""

from __future__ import annotations

import uuid

from django.contrib.auth.models import AbstractUser
from django.db import models


class Person(AbstractUser):
    """Anybody who takes part. A player who joins by code has no password and no e-mail address."""

    class Kind(models.TextChoices):
        STAFF = "staff", "Facilitator: signs in with a password"
        INSTRUCTOR = "instructor", "Instructor: may replay every session"
        PLAYER = "player", "Player: joined by code"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    display_name = models.CharField(max_length=60, blank=True)
    kind = models.CharField(max_length=10, choices=Kind.choices, default=Kind.STAFF)
    erased_at = models.DateTimeField(null=True, blank=True, editable=False)

    class Meta:
        verbose_name = "person"
        verbose_name_plural = "people"

    def __str__(self) -> str:
        return self.display_name or self.username


class RejoinLink(models.Model):
    """A link by which a player comes back, from this device or another. Only its hash is kept."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="rejoin_links")
    token_hash = models.CharField(max_length=64, unique=True)
    next_url = models.CharField(max_length=200)
    created_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"link {self.pk} of {self.person_id}"
