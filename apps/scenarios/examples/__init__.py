"""Examples of rules, run: the situation that is given, the turn that is adjudicated, the verdict.

An example runs its rule alone: other rules and injects are switched off, so that `given` is what
the rule sees. Orders, costs, acts in bodies, votes and clauses work as in a game.
"""

from __future__ import annotations

from apps.scenarios.examples.verdict import failures_of

__all__ = ["failures_of"]
