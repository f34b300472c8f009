"""Celery tasks of the lab: each takes an id and calls one service."""

from __future__ import annotations

from celery import shared_task

from apps.simulation import services


@shared_task(name="apps.simulation.tasks.play_batch")
def play_batch(batch_id: int) -> bool:
    """Play a batch unless it is counted already; True if this run counted it."""
    return services.run_batch(batch_id=batch_id)


@shared_task(name="apps.simulation.tasks.resume_stalled")
def resume_stalled() -> int:
    """Send studies that stand still to the workers again; how many there were."""
    return services.resume_stalled()
