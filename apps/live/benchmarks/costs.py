"""What a page costs in one process: processor time, queries and size, caches warm and emptied.

Processor time and not the clock's, since that is the same whatever else the machine does.
"""

from __future__ import annotations

import statistics
import sys
import time
from types import ModuleType

from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from apps.accounts.models import Person
from wargame.kept import Kept

MADE_READY = ("apps.engine", "apps.scenarios", "apps.games.rulesets")
"""What a process makes ready while it starts, once for all games of a scenario: not emptied."""
WARM, EMPTIED = 15, 5


def of_page(person: Person, path: str) -> dict[str, float]:
    """The page at `path` as `person` gets it.

    Returns:
        Processor milliseconds and queries of a request with warm caches (`warm`, `queries`) and
        with all of them emptied (`cold`, `cold_queries`), medians; and the page's `kilobytes`.

    Raises:
        RuntimeError: the page was not answered with 200.
    """
    client = Client(headers={"host": "127.0.0.1"})
    client.force_login(person, backend=settings.AUTHENTICATION_BACKENDS[0])
    _once(client, path)
    warm = [_once(client, path) for _ in range(WARM)]
    cold = []
    for _ in range(EMPTIED):
        forget_everything()
        cold.append(_once(client, path))
    return {
        "warm": round(statistics.median(took for took, _, _ in warm), 1),
        "cold": round(statistics.median(took for took, _, _ in cold), 1),
        "queries": warm[-1][1],
        "cold_queries": cold[-1][1],
        "kilobytes": round(warm[-1][2] / 1000),
    }


def _once(client: Client, path: str) -> tuple[float, int, int]:
    with CaptureQueriesContext(connection) as queries:
        start = time.process_time()
        answer = client.get(path)
        took = (time.process_time() - start) * 1000
    if answer.status_code != 200:
        raise RuntimeError(f"{path} answered {answer.status_code}")
    return took, len(queries), len(answer.content)


def forget_everything() -> None:
    """Empty every cache of what was read or rendered that a module of ours keeps."""
    for name, module in list(sys.modules.items()):
        if name.startswith("apps.") and not name.startswith(MADE_READY):
            _forget(module)


def _forget(module: ModuleType) -> None:
    for value in vars(module).values():
        if isinstance(value, Kept):
            value.clear()
        elif getattr(value, "__module__", "") == module.__name__ and hasattr(value, "cache_clear"):
            value.cache_clear()
