"""Celery tasks of the replay room: each takes ids and calls one service."""

from __future__ import annotations

import uuid

from celery import shared_task

from apps.replay import what_ifs
from apps.replay.chapters import chapters_for
from apps.replay.sources import source_for


@shared_task(name="apps.replay.tasks.run_seed")
def run_seed(what_if_id: str, number: int) -> bool:
    """Run one seed of a what-if; running it twice keeps one run."""
    return what_ifs.run_seed(what_if_id=uuid.UUID(what_if_id), number=number)


@shared_task(name="apps.replay.tasks.build_chapters")
def build_chapters(stream: str) -> int:
    """Build a game's chapters, so that its path can be drawn; how many there are."""
    source = source_for(uuid.UUID(stream))
    return len(chapters_for(source)) if source else 0
