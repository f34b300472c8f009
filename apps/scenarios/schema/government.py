"""Governments, and the roles within a team."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from apps.scenarios.schema.part import Id, Line, Part, Text

Color = Literal["blue", "red", "gold", "green", "violet", "teal", "orange", "gray"]


class Role(Part):
    """A person's part in a team."""

    title: Line
    """What the role is called: Head of delegation."""
    hint: Text | None = None
    """What the role looks after."""


class Government(Part):
    """A side that a team plays."""

    name: Line
    """The full name: United States."""
    short: Line
    """A name for tables and maps, of a few letters: US."""
    adjective: Line | None = None
    """As in "the American order"."""
    voice: Line | None = None
    """What dispatches call it: Washington; its name, if nothing is said."""
    color: Color = "gray"
    """A hue of the design system; never the only sign of a side."""
    brief: Text
    """The team's private brief."""
    article_view: Text | None = None
    """What the source says of this side."""
    red_lines: list[Line] = Field(default_factory=list, max_length=12)
    """What the side will not accept."""
    roles: dict[Id, Role] = Field(default_factory=dict, max_length=12)
    """The parts within the team."""
