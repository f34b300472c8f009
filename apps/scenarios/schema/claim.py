"""Sources, and the claims that rules encode."""

from __future__ import annotations

from pydantic import Field

from apps.scenarios.schema.part import Id, Line, Part, Text


class Source(Part):
    """A text on which the scenario rests."""

    title: Line
    """Its title."""
    author: Line | None = None
    """Who wrote it."""
    published: Line | None = None
    """When: a year or a date, in quotes."""
    paragraphs: int | None = Field(None, ge=1, le=10_000)
    """How many paragraphs it has; claims may cite 1 to this number."""
    note: Text | None = None
    """How paragraphs are counted, where the text is to be found."""


class Claim(Part):
    """One statement of a source that a rule makes true, in the author's own words."""

    source: Id
    """The source that makes the claim."""
    paragraphs: list[int] = Field(default_factory=list, max_length=20)
    """The paragraphs that make it, counted from 1."""
    text: Text
    """A paraphrase; never a copy."""
    mechanism: Text | None = None
    """How the rules make it true."""
