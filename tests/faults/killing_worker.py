"""The product's Celery worker, which kills itself once at a named point of closing a turn.

`celery -A tests.faults.killing_worker worker` with KILL_AT (a key of POINTS) and KILL_FLAG (a file
that says that it has happened). The whole process group dies by SIGKILL: parent, children, and
what they have not acknowledged.
"""

from __future__ import annotations

import os
import signal
from collections.abc import Callable
from pathlib import Path
from typing import Any

from celery.signals import worker_process_init

from wargame.celery import app

__all__ = ["POINTS", "app"]


def die() -> None:
    """Kill the whole worker, the first time."""
    flag = Path(os.environ["KILL_FLAG"])
    if not flag.exists():
        flag.touch()
        os.killpg(os.getpgid(0), signal.SIGKILL)


def before(function: Callable[..., Any]) -> Callable[..., Any]:
    def dying(*arguments: Any, **options: Any) -> Any:
        die()
        return function(*arguments, **options)

    return dying


def after(function: Callable[..., Any]) -> Callable[..., Any]:
    def dying(*arguments: Any, **options: Any) -> Any:
        result = function(*arguments, **options)
        die()
        return result

    return dying


POINTS = {
    "before the engine": ("apps.games.services.closing", "adjudicate_session", before),
    "after the engine": ("apps.games.services.closing", "adjudicate_session", after),
    "in the transaction, all written": ("apps.games.desk.Desk", "commit", after),
    "after the commit": ("apps.games.notify", "send_pointer", before),
    "after the notice": ("apps.games.notify", "send_pointer", after),
}


@worker_process_init.connect
def arm(**_signal: Any) -> None:
    """Put the trap in its place."""
    from django.utils.module_loading import import_string

    place, name, how = POINTS[os.environ["KILL_AT"]]
    try:
        holder = import_string(place)
    except ImportError:
        from importlib import import_module

        holder = import_module(place)
    setattr(holder, name, how(getattr(holder, name)))
