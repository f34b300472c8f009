"""Plays random games of a document and prints their digests; run as a script in any Python.

    python tests/properties/replay_digests.py DOCUMENT.json

Needs nothing but the engine: no Django, no installed package.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from apps.engine import adjudicate, compile_ruleset, initial_state, observe, visible_events
from apps.engine.doctrine import choose_orders_in


def digests(document: dict) -> list[str]:
    """The digest of every turn of three games, and of what a seat saw of it."""
    rules = compile_ruleset(document)
    found = []
    for seed in ("one", "two", "three"):
        state = initial_state(rules, turns=4)
        while state.ended is None:
            orders = [
                choice.order
                for government in rules.governments
                for choice in choose_orders_in(rules, state, government.id, "random", seed)
            ]
            result = adjudicate(rules, state, orders, [], seed)
            state = result.state
            found.append(state.digest())
            viewer = f"seat:{rules.governments[0].id}"
            seen = [visible_events(rules, result.events, viewer), observe(rules, state, viewer)]
            found.append(json.dumps(seen, sort_keys=True))
    return found


if __name__ == "__main__":
    json.dump(digests(json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))), sys.stdout)
