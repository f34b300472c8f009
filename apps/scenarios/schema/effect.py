"""Effects: what a rule or an inject does."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field, Tag

from apps.scenarios.schema.part import Expression, Id, Part, Target
from apps.scenarios.schema.variant import TAG_PREFIX, by_key


class Change(Part):
    """Adds to a track; the changes of one stage are summed, then clamped to the track's range."""

    change: Target
    """The track: `tension`, `support[actor]`, `relation[a, b]`."""
    by: Expression
    """How much is added, in the track's unit."""


class SetFact(Part):
    """Gives a fact a value."""

    set: Target
    """The fact: `consulted`, `warned[actor]`."""
    to: Expression
    """The value."""


class Impose(Part):
    """Brings a measure into force."""

    impose: Id
    """The measure."""
    by: Id | None = None
    """Its holder: a government or a binding such as `actor`; none where there are no holders."""
    for_: Expression | None = Field(None, alias="for")
    """For how many turns; without it, until it is lifted."""


class Lift(Part):
    """Ends a measure."""

    lift: Id
    """The measure."""
    by: Id | None = None
    """Its holder."""


class Publish(Part):
    """Publishes a dispatch."""

    dispatch: Id
    """The dispatch."""


KINDS = ("change", "set", "impose", "lift", "dispatch")

Effect = Annotated[
    Annotated[Change, Tag(TAG_PREFIX + "change")]
    | Annotated[SetFact, Tag(TAG_PREFIX + "set")]
    | Annotated[Impose, Tag(TAG_PREFIX + "impose")]
    | Annotated[Lift, Tag(TAG_PREFIX + "lift")]
    | Annotated[Publish, Tag(TAG_PREFIX + "dispatch")],
    by_key(KINDS, "an effect has exactly one of: " + ", ".join(KINDS)),
]
