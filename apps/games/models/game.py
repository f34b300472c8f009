"""A session of a scenario, and its turns."""

from __future__ import annotations

import uuid
from datetime import datetime

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy


class ResolvedScenario(models.Model):
    """A scenario document as a game was created with it, kept once by the digest of its text.

    Later edits of a scenario never change a game that was created before.
    """

    digest = models.CharField(primary_key=True, max_length=64)
    scenario = models.CharField(max_length=60)
    title = models.CharField(max_length=120)
    version = models.CharField(max_length=20)
    content = models.TextField()

    def __str__(self) -> str:
        return f"{self.title} {self.version}"


class Game(models.Model):
    """One session. `sequence`, `head_digest` and `cursors` say where its journal stands.

    A `solo` game is played by one person among doctrines; nobody facilitates it.
    """

    class Phase(models.TextChoices):
        LOBBY = "lobby", gettext_lazy("People take their seats")
        READING = "reading", gettext_lazy("Delegations read the results")
        TALKS = "talks", gettext_lazy("Delegations negotiate")
        ORDERS = "orders", gettext_lazy("Delegations decide")
        REVIEW = "review", gettext_lazy("The facilitator reviews the results")
        FINISHED = "finished", gettext_lazy("Finished")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    title = models.CharField(max_length=120)
    resolved = models.ForeignKey(ResolvedScenario, on_delete=models.PROTECT, related_name="games")
    seed = models.CharField(max_length=64)
    join_code = models.CharField(max_length=12, unique=True)
    phase = models.CharField(max_length=10, choices=Phase.choices, default=Phase.LOBBY)
    turn = models.PositiveSmallIntegerField(default=0)
    turns = models.PositiveSmallIntegerField()
    seconds_per_turn = models.PositiveIntegerField(null=True, blank=True)
    grace_seconds = models.PositiveSmallIntegerField(default=0)
    review = models.BooleanField(default=False)
    rehearsal = models.BooleanField(default=False)
    solo = models.BooleanField(default=False)
    due_at = models.DateTimeField(null=True, blank=True)
    class_group = models.CharField(max_length=60, blank=True, db_index=True)
    ending = models.CharField(max_length=60, blank=True)
    parent = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.SET_NULL, related_name="branches"
    )
    parent_turn = models.PositiveSmallIntegerField(null=True, blank=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="games_created"
    )
    created_at = models.DateTimeField()
    started_at = models.DateTimeField(null=True, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)
    archived_at = models.DateTimeField(null=True, blank=True)
    sequence = models.PositiveIntegerField(default=0)
    head_digest = models.CharField(max_length=64)
    cursors = models.JSONField(default=dict)

    class Meta:
        ordering = ("-created_at",)
        indexes = [models.Index(fields=["phase", "archived_at"])]

    def __str__(self) -> str:
        return self.title

    @property
    def turn_is_open(self) -> bool:
        """Whether a turn is open, in whichever of its phases."""
        return self.phase in OPEN_PHASES

    @property
    def deadline(self) -> datetime | None:
        """When the clock of the open phase runs out; None without a clock or while it is paused."""
        return self.due_at


OPEN_PHASES = (Game.Phase.READING, Game.Phase.TALKS, Game.Phase.ORDERS)
"""Phases of a session in which a turn is open."""


class Turn(models.Model):
    """One turn of a game, with its deadline and the snapshot of the session at its opening.

    A turn that was reopened stays, as superseded, beside the attempt that replaced it.
    `snapshot` is the session's JSON after the event `opened_sequence`; a page folds only what
    came later. `due_at` is null while there is no clock or the clock is paused.
    """

    class Status(models.TextChoices):
        OPEN = "open", gettext_lazy("Open")
        HELD = "held", gettext_lazy("Under review")
        CLOSED = "closed", gettext_lazy("Closed")
        SUPERSEDED = "superseded", gettext_lazy("Superseded")

    game = models.ForeignKey(Game, on_delete=models.CASCADE, related_name="turn_rows")
    number = models.PositiveSmallIntegerField()
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.OPEN)
    opened_at = models.DateTimeField()
    due_at = models.DateTimeField(null=True, blank=True)
    resume_at = models.DateTimeField(null=True, blank=True)
    called = models.BooleanField(default=False)
    closed_at = models.DateTimeField(null=True, blank=True)
    close_reason = models.CharField(max_length=20, blank=True)
    opened_sequence = models.PositiveIntegerField()
    closed_sequence = models.PositiveIntegerField(null=True, blank=True)
    last_sequence = models.PositiveIntegerField(null=True, blank=True)
    snapshot = models.TextField()

    class Meta:
        ordering = ("opened_sequence",)
        constraints = [
            models.UniqueConstraint(
                fields=["game", "number"],
                condition=~Q(status="superseded"),
                name="games_one_standing_turn",
            ),
            models.UniqueConstraint(fields=["game", "opened_sequence"], name="games_turn_opening"),
            models.CheckConstraint(
                condition=Q(last_sequence__isnull=True)
                | Q(last_sequence__gte=F("opened_sequence")),
                name="games_turn_range",
            ),
        ]
        indexes = [models.Index(fields=["status", "due_at"])]

    def __str__(self) -> str:
        return f"{self.game_id} turn {self.number} ({self.status})"
