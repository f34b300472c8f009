"""Governments as the screens name them: short name, color, place in the order of the scenario."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

COLORS = ("blue", "red", "gold", "green", "violet", "teal", "orange", "gray")
"""The colors that `static/design/tokens.css` draws for light and dark."""


@dataclass(frozen=True, slots=True)
class Party:
    """A government, or an outside sender that has only a name."""

    id: str
    name: str
    short: str
    color: str = "gray"

    @property
    def css(self) -> str:
        """The class that colors its mark."""
        return f"is-{self.color}"


def parties_of(document: Mapping[str, Any]) -> dict[str, Party]:
    """Every government of a scenario document, in its order."""
    parties = {}
    for index, (key, body) in enumerate(document["governments"].items()):
        color = body.get("color", "")
        if color not in COLORS:
            color = COLORS[index % len(COLORS)]
        parties[key] = Party(key, body["name"], body.get("short", key), color)
    return parties
