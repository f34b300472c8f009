"""Who sits where."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy

from apps.accounts.permissions import Role
from apps.games.models.game import Game


class Seat(models.Model):
    """A government of the scenario in one game, and who leads it."""

    class Mode(models.TextChoices):
        PEOPLE = "people", gettext_lazy("People")
        DOCTRINE = "doctrine", gettext_lazy("Doctrine")
        NOBODY = "nobody", gettext_lazy("Nobody")

    class Absence(models.TextChoices):
        HOLD = "hold", gettext_lazy("Hold: no orders but its drafts")
        STANDING = "standing", gettext_lazy("Its standing orders")
        DOCTRINE = "doctrine", gettext_lazy("Its doctrine, for that turn")

    game = models.ForeignKey(Game, on_delete=models.CASCADE, related_name="seats")
    government = models.CharField(max_length=20)
    position = models.PositiveSmallIntegerField()
    mode = models.CharField(max_length=10, choices=Mode.choices, default=Mode.PEOPLE)
    doctrine = models.CharField(max_length=60, blank=True)
    ready = models.BooleanField(default=False)
    absence = models.CharField(max_length=10, choices=Absence.choices, default=Absence.HOLD)

    class Meta:
        ordering = ("position",)
        constraints = [
            models.UniqueConstraint(fields=["game", "government"], name="games_one_seat")
        ]

    def __str__(self) -> str:
        return f"{self.government} in {self.game_id}"


class Membership(models.Model):
    """A person's part in one game. A player may hold a role in a government's delegation."""

    ROLES = [
        (role.value, role.value.replace("_", "-").capitalize())
        for role in (
            Role.PLAYER,
            Role.FACILITATOR,
            Role.CO_FACILITATOR,
            Role.OBSERVER,
            Role.ASSESSOR,
        )
    ]

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    game = models.ForeignKey(Game, on_delete=models.CASCADE, related_name="memberships")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="memberships"
    )
    role = models.CharField(max_length=20, choices=ROLES, default=Role.PLAYER.value)
    government = models.CharField(max_length=20, blank=True)
    seat_role = models.CharField(max_length=40, blank=True)
    deputy_for = models.CharField(max_length=20, blank=True)
    joined_at = models.DateTimeField()
    last_seen = models.DateTimeField(null=True, blank=True)
    removed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("joined_at",)
        constraints = [
            models.UniqueConstraint(
                fields=["game", "person"],
                condition=Q(removed_at__isnull=True),
                name="games_one_membership",
            )
        ]
        indexes = [models.Index(fields=["game", "government"])]

    def __str__(self) -> str:
        return f"{self.role} {self.pk} in {self.game_id}"

    @property
    def acts_for(self) -> str:
        """The government for which this person may act now: their own, or as its deputy."""
        return self.deputy_for or self.government

    @property
    def audience(self) -> str:
        """What this person sees: "facilitator", "seat:X" or "public"."""
        if self.role in (Role.FACILITATOR, Role.CO_FACILITATOR, Role.ASSESSOR):
            return "facilitator"
        if self.role == Role.PLAYER and self.acts_for:
            return f"seat:{self.acts_for}"
        return "public"
