"""Studies of the lab: many games by doctrine, in arms and batches.

A study holds the documents that it plays, so later edits of a scenario never change it. Batches are
the unit of work: each plays the games of a range of numbers and is counted once.
"""

from __future__ import annotations

import json
import uuid
from typing import Any

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy

from apps.simulation.variants import turned


class Study(models.Model):
    """A question put to many games."""

    class Kind(models.TextChoices):
        GAMES = "games", gettext_lazy("Many games of one scenario")
        COMPARE = "compare", gettext_lazy("Two versions under the same dice")
        TORNADO = "tornado", gettext_lazy("Which numbers matter")

    class Status(models.TextChoices):
        RUNNING = "running", gettext_lazy("Running")
        DONE = "done", gettext_lazy("Done")
        CANCELLED = "cancelled", gettext_lazy("Cancelled")
        FAILED = "failed", gettext_lazy("Failed")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    title = models.CharField(max_length=120)
    kind = models.CharField(max_length=10, choices=Kind.choices, default=Kind.GAMES)
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.RUNNING)
    scenario = models.CharField(max_length=60)
    documents = models.TextField(help_text="JSON list: the document, and the one compared with it")
    seed = models.CharField(max_length=80)
    games = models.PositiveIntegerField(help_text="games of each arm")
    turns = models.PositiveSmallIntegerField(null=True, blank=True)
    seats = models.JSONField(default=dict, blank=True)
    outcome = models.CharField(max_length=80, blank=True)
    results = models.TextField(blank=True, help_text="JSON, written once when all is done")
    error = models.TextField(blank=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="studies"
    )
    created_at = models.DateTimeField(auto_now_add=True)
    moved_at = models.DateTimeField(auto_now_add=True, help_text="when a batch last finished")
    finished_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-created_at"]
        verbose_name_plural = "studies"

    def __str__(self) -> str:
        return self.title

    def document(self, number: int = 0) -> dict[str, Any]:
        """The document that is played (0), or that it is compared with (1)."""
        document: dict[str, Any] = json.loads(self.documents)[number]
        return document


class Arm(models.Model):
    """One version of the scenario that a study plays."""

    study = models.ForeignKey(Study, on_delete=models.CASCADE, related_name="arms")
    number = models.PositiveIntegerField()
    label = models.CharField(max_length=200)
    change = models.JSONField(default=dict, blank=True)

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["study", "number"], name="arm_number_once_a_study")
        ]

    def __str__(self) -> str:
        return self.label

    def document(self) -> dict[str, Any]:
        """The document that this arm plays."""
        change = self.change
        document = self.study.document(change.get("document", 0))
        if "kind" not in change:
            return document
        return turned(document, change["kind"], change["id"], change["direction"])


class Batch(models.Model):
    """Some games of an arm: numbers `first` to `first + count - 1`."""

    arm = models.ForeignKey(Arm, on_delete=models.CASCADE, related_name="batches")
    first = models.PositiveIntegerField()
    count = models.PositiveIntegerField()
    result = models.TextField(blank=True, help_text="JSON: the games, and which rules fired")
    finished_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["arm", "first"]
        verbose_name_plural = "batches"
        constraints = [models.UniqueConstraint(fields=["arm", "first"], name="batch_once_an_arm")]
        indexes = [models.Index(fields=["arm", "finished_at"])]

    def __str__(self) -> str:
        return f"games {self.first} to {self.first + self.count - 1} of {self.arm}"
