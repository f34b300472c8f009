"""A Celery worker that stops for good in the middle of its second batch of a study.

Started by tests alone (`celery -A tests.faults.batch_worker worker`), so that they can kill it
there: with one batch counted, and a message taken and not acknowledged. PAUSE_FILE names the file
that it writes when it has come there.
"""

from __future__ import annotations

import os
import threading
from pathlib import Path
from typing import Any

from celery.signals import worker_process_init

from wargame.celery import app

__all__ = ["app"]


@worker_process_init.connect
def set_the_trap(**_signal: Any) -> None:
    from apps.simulation import services

    really = services.play_batch
    begun = 0

    def play_one_and_stop(*args: Any, **kwargs: Any) -> Any:
        nonlocal begun
        begun += 1
        if begun > 1:
            Path(os.environ["PAUSE_FILE"]).touch()
            threading.Event().wait()
        return really(*args, **kwargs)

    services.play_batch = play_one_and_stop
