"""The product's Celery worker, which waits once with a turn written and not yet committed.

It makes STOP_FILE and goes on when GO_FILE is there.
"""

from __future__ import annotations

import os
import time
from pathlib import Path
from typing import Any

from celery.signals import worker_process_init

from wargame.celery import app

__all__ = ["app"]


@worker_process_init.connect
def arm(**_signal: Any) -> None:
    """Wrap the desk's commit."""
    from apps.games.desk import Desk

    commit = Desk.commit

    def waiting(desk: Desk) -> None:
        commit(desk)
        stop, go = Path(os.environ["STOP_FILE"]), Path(os.environ["GO_FILE"])
        if not stop.exists():
            stop.touch()
            while not go.exists():
                time.sleep(0.05)

    Desk.commit = waiting  # type: ignore[method-assign]
