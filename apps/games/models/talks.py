"""Talks between delegations: messages, offers, and how far each person has read."""

from __future__ import annotations

import uuid

from django.db import models
from django.utils.translation import gettext_lazy

from apps.games.models.game import Game
from apps.games.models.people import Membership


class Message(models.Model):
    """A message of a thread, a public statement, or a broadcast of the facilitator.

    `thread` is the audience: "seats:CHN,US" for a talk of two, "seat:US" within a delegation,
    "public" for statements; the facilitator reads everything. `number` counts within the thread
    and is what readers are shown: `sequence` is the journal's, and would count hidden events.
    """

    class Kind(models.TextChoices):
        MESSAGE = "message", gettext_lazy("Message")
        STATEMENT = "statement", gettext_lazy("Public statement")
        BROADCAST = "broadcast", gettext_lazy("From the facilitator")
        INJECT = "inject", gettext_lazy("From outside")

    game = models.ForeignKey(Game, on_delete=models.CASCADE, related_name="messages")
    sequence = models.PositiveIntegerField()
    number = models.PositiveIntegerField()
    turn = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=10, choices=Kind.choices, default=Kind.MESSAGE)
    thread = models.CharField(max_length=120)
    sender = models.CharField(max_length=60)
    title = models.CharField(max_length=160, blank=True)
    text = models.TextField()
    author = models.UUIDField(null=True)
    sent_at = models.DateTimeField()

    class Meta:
        ordering = ("sequence",)
        constraints = [
            models.UniqueConstraint(
                fields=["game", "sequence", "thread"], name="games_message_once"
            )
        ]
        indexes = [models.Index(fields=["game", "thread", "sequence"])]

    def __str__(self) -> str:
        return f"{self.kind} {self.sequence} to {self.thread}"


class ThreadMark(models.Model):
    """How far a person has read a thread: the sequence of the last message seen."""

    membership = models.ForeignKey(Membership, on_delete=models.CASCADE, related_name="marks")
    thread = models.CharField(max_length=120)
    sequence = models.PositiveIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["membership", "thread"], name="games_one_mark")
        ]

    def __str__(self) -> str:
        return f"{self.membership_id} read {self.thread} to {self.sequence}"


class Offer(models.Model):
    """A structured offer of an agreement between governments.

    `parties` maps the agreement's party names to governments; `answers` maps the governments
    asked to "accepted"; an offer is in force once all of them have accepted. `key` names the
    offer in the journal; a branch of the game has the same offers under the same keys.
    """

    class Status(models.TextChoices):
        OPEN = "open", gettext_lazy("Open")
        ACCEPTED = "accepted", gettext_lazy("Accepted")
        DECLINED = "declined", gettext_lazy("Declined")
        COUNTERED = "countered", gettext_lazy("Countered")
        WITHDRAWN = "withdrawn", gettext_lazy("Withdrawn")
        EXPIRED = "expired", gettext_lazy("Expired")

    key = models.UUIDField(default=uuid.uuid4, editable=False)
    game = models.ForeignKey(Game, on_delete=models.CASCADE, related_name="offers")
    agreement = models.CharField(max_length=60)
    proposer = models.CharField(max_length=20)
    parties = models.JSONField(default=dict)
    audience = models.CharField(max_length=120)
    text = models.TextField(blank=True)
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.OPEN)
    answers = models.JSONField(default=dict)
    answer_text = models.TextField(blank=True)
    counter_to = models.UUIDField(null=True, blank=True)
    made_turn = models.PositiveSmallIntegerField()
    expires_turn = models.PositiveSmallIntegerField()
    made_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True, blank=True)
    sequence = models.PositiveIntegerField()

    class Meta:
        ordering = ("sequence",)
        constraints = [models.UniqueConstraint(fields=["game", "key"], name="games_offer_key")]
        indexes = [models.Index(fields=["game", "status"])]

    def __str__(self) -> str:
        return f"{self.agreement} by {self.proposer} ({self.status})"
