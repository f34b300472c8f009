"""The compiled rules of a game: its own resolved scenario, compiled once in each process."""

from __future__ import annotations

from functools import lru_cache
from threading import Lock
from typing import Any

import orjson

from apps.engine import Ruleset, compile_ruleset
from apps.games.models import Game, ResolvedScenario

_compiling: dict[str, Lock] = {}


def ruleset_for(game: Game) -> Ruleset:
    """The rules that `game` was created with."""
    return rules_of(game.resolved_id)


def document_for(game: Game) -> dict[str, Any]:
    """The resolved scenario document of `game`. Shared: read it, never change it."""
    return document_of(game.resolved_id)


def rules_of(digest: str) -> Ruleset:
    """The rules of the resolved scenario with this digest. Threads that ask at once wait for one
    compilation."""
    with _compiling.setdefault(digest, Lock()):
        return _compiled(digest)


def document_of(digest: str) -> dict[str, Any]:
    """The resolved scenario with this digest. Shared: read it, never change it."""
    return _document(digest)


@lru_cache(maxsize=32)
def _document(digest: str) -> dict[str, Any]:
    document: dict[str, Any] = orjson.loads(ResolvedScenario.objects.get(pk=digest).content)
    return document


@lru_cache(maxsize=32)
def _compiled(digest: str) -> Ruleset:
    return compile_ruleset(_document(digest))
