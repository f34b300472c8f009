"""What each viewer sees of a state, drawn once for as long as the turn is open.

A state is immutable and stays the same object in a process while a turn is open, so that rooms,
doctrines and votes that ask for the same view share one.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from threading import Lock
from typing import Any, TypeVar

from apps import engine
from apps.engine import MoveOption, Ruleset, State

KEPT = 256
Drawn = TypeVar("Drawn")
_kept: OrderedDict[tuple[str, int, str], tuple[State, Any]] = OrderedDict()
_lock = Lock()


def sight_of(ruleset: Ruleset, state: State, viewer: str) -> dict[str, Any]:
    """`engine.observe`, kept. The view is shared: read it, never change it."""
    return _once("view", state, viewer, lambda: engine.observe(ruleset, state, viewer))


def moves_of(ruleset: Ruleset, state: State, government: str) -> list[MoveOption]:
    """`engine.legal_orders`, kept."""
    return _once(
        "moves", state, government, lambda: engine.legal_orders(ruleset, state, government)
    )


def _once(what: str, state: State, viewer: str, draw: Callable[[], Drawn]) -> Drawn:
    key = (what, id(state), viewer)
    with _lock:
        found = _kept.get(key)
        if found is not None and found[0] is state:
            _kept.move_to_end(key)
            kept: Drawn = found[1]
            return kept
    drawn = draw()
    with _lock:
        # The state is kept too, so that its id cannot be given to another.
        _kept[key] = (state, drawn)
        while len(_kept) > KEPT:
            _kept.popitem(last=False)
    return drawn
