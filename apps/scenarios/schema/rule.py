"""Rules: how orders and the situation change the situation."""

from __future__ import annotations

from typing import Literal, Self

from pydantic import Field, model_validator

from apps.scenarios.schema.effect import Effect
from apps.scenarios.schema.example import Example
from apps.scenarios.schema.part import Expression, Id, Line, Part, Text

TRIGGERS = ("on", "each", "adopted", "failed", "vetoed")


class Rule(Part):
    """What happens, when, and which claim of the source it encodes.

    At most one of on, each, adopted, failed, vetoed says how often the rule is asked: once for
    each accepted order of a move, each government or pair, or each draft decided this turn.
    Without one it is asked once a turn.
    """

    title: Line
    """A sentence for people: Sanctions cool relations with China."""
    text: Text | None = None
    """More about why, for the rule book."""
    stage: Id
    """The stage in which it is asked."""
    on: Id | None = None
    """A move: once for each accepted order; binds `actor` and the move's parameters."""
    each: Literal["government", "pair"] | None = None
    """government: binds `actor`; pair: binds `a` and `b`."""
    adopted: Id | None = None
    """A body: once for each draft that it adopts this turn; binds `draft`."""
    failed: Id | None = None
    """A body: once for each draft that fails for want of votes."""
    vetoed: Id | None = None
    """A body: once for each draft that a veto stops."""
    if_: Expression | None = Field(None, alias="if")
    """The condition; without it, always."""
    chance: Expression | None = None
    """How likely it is to fire once its condition holds, from 0 to 1."""
    effects: list[Effect] = Field(min_length=1, max_length=40)
    """What it does."""
    claims: list[Id] = Field(default_factory=list)
    """The claims that it encodes."""
    reason: Text | None = None
    """Why the rule is there where no claim asks for it: a modelling reason."""
    examples: list[Example] = Field(default_factory=list, max_length=30)
    """Cases that run as tests: at least one that fires."""

    @model_validator(mode="after")
    def one_trigger(self) -> Self:
        """At most one trigger."""
        given = [name for name in TRIGGERS if getattr(self, name) is not None]
        if len(given) > 1:
            raise ValueError(f"give at most one of {', '.join(TRIGGERS)}; here: {', '.join(given)}")
        return self
