"""What replay keeps beside the journal: saved games, chapters, notes, share links, branches.

None of it can change a game. A chapter is a cache that may be thrown away at any time.
"""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy


class SavedGame(models.Model):
    """A game that is not being played: imported, branched off another, or shipped with a scenario.

    Its journal is the stream of the same id; played sessions have a `games.Game` instead.
    """

    class Origin(models.TextChoices):
        IMPORTED = "imported", "Imported from a file"
        BRANCH = "branch", "What-if branch"
        HISTORY = "history", "Historical path"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    origin = models.CharField(max_length=10, choices=Origin.choices)
    title = models.CharField(max_length=200)
    resolved = models.ForeignKey(
        "games.ResolvedScenario", on_delete=models.PROTECT, related_name="saved_games"
    )
    seed = models.CharField(max_length=80)
    turns = models.PositiveSmallIntegerField(help_text="Planned length in turns.")
    ending = models.CharField(max_length=60, blank=True)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    public = models.BooleanField(default=False, help_text="Anybody who signs in may open it.")
    created_at = models.DateTimeField(auto_now_add=True)
    parent = models.UUIDField(null=True, blank=True, help_text="The game this one branched off.")
    parent_turn = models.PositiveSmallIntegerField(null=True, blank=True)

    class Meta:
        ordering = ["-created_at"]

    def __str__(self) -> str:
        return self.title


class Chapter(models.Model):
    """One adjudicated turn of a stream, ready to open: a cache of the fold, and nothing more.

    `session` is the session's JSON after the turn, the engine's state in it. `summary` holds,
    for each viewer, what the scrubber and the gallery show (tracks, turning points, the ending).
    Turn 0 is the opening. A turn that was reopened has several takes; one of them stands.
    """

    stream = models.UUIDField()
    turn = models.PositiveSmallIntegerField()
    take = models.PositiveSmallIntegerField(default=1)
    superseded = models.BooleanField(default=False)
    first_sequence = models.PositiveIntegerField()
    last_sequence = models.PositiveIntegerField()
    session = models.TextField()
    summary = models.JSONField(default=dict)

    class Meta:
        ordering = ["stream", "first_sequence"]
        constraints = [
            models.UniqueConstraint(fields=["stream", "turn", "take"], name="replay_one_take"),
        ]

    def __str__(self) -> str:
        return f"{self.stream} turn {self.turn}"


class Opening(models.Model):
    """The decision to open every perspective of a finished session to those who played it."""

    stream = models.UUIDField(primary_key=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return str(self.stream)


class Note(models.Model):
    """A note or bookmark pinned to a moment by an instructor, facilitator or assessor."""

    stream = models.UUIDField(db_index=True)
    turn = models.PositiveSmallIntegerField()
    sequence = models.PositiveIntegerField(null=True, blank=True, help_text="The event, if any.")
    viewer = models.CharField(max_length=40, default="public")
    title = models.CharField(max_length=120, blank=True)
    body = models.TextField(blank=True, max_length=4000)
    in_outline = models.BooleanField(default=True, help_text="Shown in presenter's mode.")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["turn", "id"]

    def __str__(self) -> str:
        return self.title or _("Turn %(turn)s") % {"turn": self.turn}


class ShareLink(models.Model):
    """A read-only link to one game from one perspective. Only the token's hash is kept."""

    stream = models.UUIDField(db_index=True)
    token_hash = models.CharField(max_length=64, unique=True)
    viewer = models.CharField(max_length=40, default="public")
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True, blank=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+"
    )
    created_at = models.DateTimeField(auto_now_add=True)
    opened = models.PositiveIntegerField(default=0, help_text="How often the link was opened.")

    class Meta:
        ordering = ["-created_at"]

    def __str__(self) -> str:
        return f"{self.stream} as {self.viewer}"


class WhatIf(models.Model):
    """A question asked of a game: what if, in this turn, something had been otherwise?"""

    class Status(models.TextChoices):
        WAITING = "waiting", gettext_lazy("Waiting for a worker")
        RUNNING = "running", gettext_lazy("Running")
        DONE = "done", gettext_lazy("Done")
        CANCELLED = "cancelled", gettext_lazy("Cancelled")
        FAILED = "failed", gettext_lazy("Failed")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    stream = models.UUIDField(db_index=True, help_text="The game it branches off.")
    turn = models.PositiveSmallIntegerField(help_text="The turn that is played otherwise.")
    title = models.CharField(max_length=200)
    changes = models.JSONField(default=dict, help_text="Orders, votes, injects and doctrines.")
    seeds = models.PositiveSmallIntegerField(default=1)
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.WAITING)
    trouble = models.TextField(blank=True, help_text="Why it failed, in words for people.")
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    finished_at = models.DateTimeField(null=True, blank=True)
    parting = models.JSONField(
        default=list, help_text="Where the two arms part under the game's own seed, and why."
    )
    saved = models.ForeignKey(
        SavedGame, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        ordering = ["-created_at"]

    def __str__(self) -> str:
        return self.title


class WhatIfRun(models.Model):
    """One run of a what-if under one seed, beside the unchanged run under the same seed.

    `changed` and `unchanged` hold {"ending", "tracks": {label: [value after each turn]}}. Run 0
    has the game's own seed.
    """

    what_if = models.ForeignKey(WhatIf, on_delete=models.CASCADE, related_name="runs")
    number = models.PositiveSmallIntegerField()
    seed = models.CharField(max_length=80)
    changed = models.JSONField()
    unchanged = models.JSONField()

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["what_if", "number"], name="one_run_a_number"),
        ]

    def __str__(self) -> str:
        return f"{self.what_if} run {self.number}"
