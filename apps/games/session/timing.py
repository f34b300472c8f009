"""What events do to the clock of a turn."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from apps.games.session.state import Session


def clock_paused(session: Session, told: Mapping[str, Any], at: datetime) -> Session:
    """The clock stands, with the time that was left; until a moment, if one was given."""
    due = session.clock.due
    left = max(0.0, (due - at).total_seconds()) if due else 0.0
    resume_at = told.get("resume_at")
    clock = replace(
        session.clock,
        due=None,
        left=left,
        resume_at=datetime.fromisoformat(resume_at) if resume_at else None,
    )
    return replace(session, clock=clock)


def clock_resumed(session: Session, _told: Mapping[str, Any], at: datetime) -> Session:
    """The clock runs on with the time that was left."""
    due = at + timedelta(seconds=session.clock.left or 0.0)
    return replace(session, clock=replace(session.clock, due=due, left=None, resume_at=None))


def deadline_extended(session: Session, told: Mapping[str, Any], at: datetime) -> Session:
    """More time, from the deadline or from now; a paused clock keeps it for later."""
    clock, seconds = session.clock, told["seconds"]
    if clock.paused:
        clock = replace(clock, left=(clock.left or 0.0) + seconds)
    else:
        clock = replace(clock, due=(clock.due or at) + timedelta(seconds=seconds))
    return replace(session, clock=clock)


def close_called(session: Session, _told: Mapping[str, Any], at: datetime) -> Session:
    """The facilitator has called the close: it is due at once, whatever the grace."""
    clock = replace(session.clock, due=at, left=None, resume_at=None, called=True)
    return replace(session, clock=clock)
