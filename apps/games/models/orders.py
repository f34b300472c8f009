"""Orders that a delegation is still writing."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models

from apps.games.models.game import Game


class OrderDraft(models.Model):
    """A draft of one order, shared within its delegation.

    `version` counts its saves: who saves on top of a version that a teammate has replaced is
    told, and loses nothing.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    game = models.ForeignKey(Game, on_delete=models.CASCADE, related_name="order_drafts")
    turn = models.PositiveSmallIntegerField()
    government = models.CharField(max_length=20)
    move = models.CharField(max_length=80)
    parameters = models.JSONField(default=dict)
    intent = models.CharField(max_length=300, blank=True)
    expects = models.CharField(max_length=300, blank=True)
    version = models.PositiveIntegerField(default=1)
    position = models.PositiveSmallIntegerField(default=0)
    updated_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    updated_at = models.DateTimeField()

    class Meta:
        ordering = ("position", "updated_at", "id")
        indexes = [models.Index(fields=["game", "turn", "government"])]

    def __str__(self) -> str:
        return f"{self.move} of {self.government} (version {self.version})"
