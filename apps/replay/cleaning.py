"""What goes when a game goes: its chapters, notes, links and questions, and its branches.

A branch holds its parent's journal up to the turn it branched from; when a session is deleted for
good, so is what was made of it.
"""

from __future__ import annotations

import uuid
from typing import Any

from django.db.models.signals import post_delete
from django.dispatch import receiver

from apps.games.models import Game
from apps.journal import store
from apps.replay.models import Chapter, Note, Opening, SavedGame, ShareLink, WhatIf


@receiver(post_delete, sender=Game)
def forget_session(sender: type[Game], instance: Game, **signal: Any) -> None:
    """A session was deleted; its journal is the business of who deleted it."""
    forget(instance.pk)


@receiver(post_delete, sender=SavedGame)
def forget_saved_game(sender: type[SavedGame], instance: SavedGame, **signal: Any) -> None:
    """A saved game was deleted; its journal has nobody else."""
    forget(instance.pk)
    store.delete_stream(instance.pk, reason="saved game deleted", actor=None)


def forget(stream: uuid.UUID) -> None:
    """Delete everything that replay keeps of a stream, and the branches that grew from it."""
    for model in (Chapter, Note, Opening, ShareLink, WhatIf):
        field = "pk" if model is Opening else "stream"
        model.objects.filter(**{field: stream}).delete()
    for branch in SavedGame.objects.filter(parent=stream):
        branch.delete()
