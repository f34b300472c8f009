"""Warming: a process that has just started makes ready what its first reader would wait for.

To compile a scenario's rules takes a second or two, to import every page and to read its templates
another. It is done in a thread beside the first requests: whoever asks for rules that are being
compiled waits for those, and does not compile them again.

What stands then, stands as long as the process. The garbage collector is told so: else it would
walk over a million objects of libraries and rules now and then, in the middle of a turn.
"""

from __future__ import annotations

import gc
from threading import Thread

import structlog
from django.db import DatabaseError, connections
from django.urls import get_resolver

from apps import engine
from apps.games.fragments import fragments_for
from apps.games.models import Game
from apps.games.rulesets import ruleset_for

GAMES = 8
"""Running games whose rules are compiled, the newest first; most share one scenario."""

log = structlog.get_logger(__name__)


def begin(*, adjudicates: bool = False) -> Thread:
    """Warm this process in a thread that ends with it; `adjudicates` says that it closes turns."""
    thread = Thread(target=_begun, args=(adjudicates,), name="warm", daemon=True)
    thread.start()
    return thread


def _begun(adjudicates: bool) -> None:
    warm(adjudicates=adjudicates)
    gc.collect()
    gc.freeze()


def warm(*, adjudicates: bool = False) -> int:
    """Import the pages, compile the rules of running games and render one; how many games.

    Where turns are closed, each rule set adjudicates a turn without orders, which compiles its
    stages, and no page is needed. A database that is away or not migrated yet is no error here:
    the first request says so.
    """
    if not adjudicates:
        _ = get_resolver().url_patterns  # asking for them imports them
    try:
        running = Game.objects.filter(archived_at=None).exclude(phase=Game.Phase.FINISHED)
        games = list(running.order_by("-created_at")[:GAMES])
        for game in games:
            ruleset = ruleset_for(game)
            if adjudicates:
                engine.adjudicate(ruleset, engine.initial_state(ruleset), [], [], "")
        for game in () if adjudicates else games[:1]:
            fragments_for(game, "public")
    except DatabaseError as error:
        log.info("not warmed", error=type(error).__name__)
        return 0
    finally:
        connections.close_all()
    return len(games)
