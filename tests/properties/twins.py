"""A scenario in which every secret move has a twin: another move that does exactly the same.

Who orders the twin instead changes nothing that anybody else may know of, so that every byte that
others receive has to stay as it was.
"""

from __future__ import annotations

import functools
import re
from copy import deepcopy
from typing import Any

from apps.engine import Order, Ruleset, compile_ruleset
from tests.properties.library import document_of

TWIN = "_twin"


@functools.cache
def with_twins(name: str) -> Ruleset:
    """The scenario with a twin for each secret move, and all the effects that secret moves have.

    Left out is what depends on an order's own name: its chances are always won, dispatches have
    one variant, and it is never revealed.
    """
    document = deepcopy(document_of(name))
    secret = [key for key, move in document["moves"].items() if _is_secret(move)]
    document = _speaking_of_both(document, secret)
    for move in secret:
        document["moves"][move]["secrecy"] = {"secret": "never"}
        document["moves"][move + TWIN] = deepcopy(document["moves"][move])
        for rule_id, rule in list(document["rules"].items()):
            if rule.get("on") == move:
                rule.pop("chance", None)
                document["rules"][rule_id + TWIN] = {**deepcopy(rule), "on": move + TWIN}
    for dispatch in document.get("dispatches", {}).values():
        dispatch["variants"] = dispatch["variants"][:1]
    return compile_ruleset(document)


def twin_of(order: Order) -> Order:
    """The order of the twin move, meant otherwise by the team that gives it."""
    return Order(order.seat, order.move + TWIN, order.parameters, "otherwise", "nothing", "other")


def _is_secret(move: dict[str, Any]) -> bool:
    return bool(move.get("secrecy", "public") != "public")


def _speaking_of_both(part: Any, secret: list[str]) -> Any:
    """The document, with every question about a secret move asked of its twin too."""
    if isinstance(part, dict):
        return {key: _speaking_of_both(value, secret) for key, value in part.items()}
    if isinstance(part, list):
        return [_speaking_of_both(value, secret) for value in part]
    if not isinstance(part, str) or "(" not in part:
        return part
    for move in secret:
        asked = re.compile(rf"\b(ordered|ever|since)\({move}((?:, *\w+)?)\)")
        part = asked.sub(lambda found, move=move: _of_both(found, move), part)
    return part


def _of_both(found: re.Match[str], move: str) -> str:
    word, whose = found[1], found[2]
    one, other = f"{word}({move}{whose})", f"{word}({move}{TWIN}{whose})"
    return f"min({one}, {other})" if word == "since" else f"({one} or {other})"
