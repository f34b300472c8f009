"""The Celery application: queues by kind, late acknowledgement (see CELERY_* in settings)."""

from __future__ import annotations

import os

from celery import Celery
from celery.signals import setup_logging, task_prerun, worker_init, worker_process_init

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "wargame.settings")

app = Celery("wargame")
app.config_from_object("django.conf:settings", namespace="CELERY")
# Celery's own name for it, outside the namespace: a connection is kept for so many tasks.
app.conf.CELERY_DB_REUSE_MAX = 1000
app.autodiscover_tasks()

from wargame.observation import origins  # noqa: E402, F401 - connects its signals

CONNECTION_SECONDS = 60
"""How long a worker's process keeps its connection to the database."""


@worker_init.connect
def measure_tasks(**_signal: object) -> None:
    """Count and time tasks where they run, and nowhere else."""
    from wargame.observation import tasks

    tasks.serve_figures()


@worker_init.connect
def keep_connections(**_signal: object) -> None:
    """One kept connection for each process of a worker, tried before each task.

    Celery ends connection and pool before and after every task. With a pool each task, however
    small, then starts its threads and connects anew; a worker's process needs one connection.
    """
    from django.db import connections

    for name in connections:
        database = connections.settings[name]
        database["OPTIONS"].pop("pool", None)
        database["CONN_MAX_AGE"] = CONNECTION_SECONDS
    task_prerun.connect(try_connections)


def try_connections(**_signal: object) -> None:
    """Let go of a connection that is old, or dead since the database was restarted."""
    from django.db import close_old_connections

    close_old_connections()


@worker_process_init.connect
def warm_rules(**_signal: object) -> None:
    """Compile the rules of running games before the first turn is closed here."""
    from apps.games import warming

    warming.begin(adjudicates=True)


@setup_logging.connect
def keep_django_logging(**_signal: object) -> None:
    """Celery would replace the logging set-up; the worker writes the same lines as the web."""
    import logging.config

    from django.conf import settings

    logging.config.dictConfig(settings.LOGGING)
