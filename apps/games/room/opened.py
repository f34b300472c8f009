"""An opened room: everything that its parts read, fetched once for one audience."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from apps.games.room.doorway import Doorway


@dataclass(kw_only=True)
class Room(Doorway):
    """One audience's look at a game, and at nothing that this audience may not see.

    `view` is the engine's view, `events_of(turn)` the visible events of a closed turn, `status`
    what the session tells everybody (phase, clock, who is ready).
    """

    turn: int
    turns: int
    view: Mapping[str, Any]
    status: Mapping[str, Any]
    events_of: Callable[[int], list[dict[str, Any]]]
    moves_of: Callable[[], list[Any]] = list
    befores_of: Callable[[], dict[int, dict[str, float]]] | None = None
    offers_of: Callable[[], list[dict[str, Any]]] = list

    @property
    def turn_is_open(self) -> bool:
        """Whether a turn is open, in whichever of its phases."""
        return self.phase in ("reading", "talks", "orders")

    @property
    def last_turn(self) -> int:
        """The last turn whose results are out; 0 before the first."""
        return max(self.closed_turns, default=0)

    @property
    def closed_turns(self) -> list[int]:
        """The turns whose results are out, in order."""
        return list(self.status.get("closed", ()))

    @cached_property
    def changed(self) -> dict[str, dict[str, Any]]:
        """What the last closed turn changed: the label of a figure to its event."""
        return changes_in(self.events_of(self.last_turn)) if self.last_turn else {}

    @cached_property
    def history(self) -> dict[str, list[float]]:
        """Every visible figure at the opening of each turn, the present one last.

        Counted back from the present by the changes that this audience saw.
        """
        now = {track["id"]: track["value"] for track in self.view["tracks"]}
        back = {label: [value] for label, value in now.items()}
        befores = self.befores_of() if self.befores_of else {}
        for turn in reversed(self.closed_turns):
            before = befores.get(turn) if befores else befores_in(self.events_of(turn))
            for label, known in back.items():
                known.append((before or {}).get(label, known[-1]))
        return {label: values[::-1] for label, values in back.items()}


def label_of(track: str, about: list[str] | tuple[str, ...] | None) -> str:
    """The label of a figure: "tension", "support[US]", "relation[US, CHN]"."""
    return f"{track}[{', '.join(about)}]" if about else track


def changes_in(events: list[dict[str, Any]]) -> dict[str, dict[str, Any]]:
    """What a turn's events did to each figure, by its label: from where, to where, by which parts.

    A figure may change in several stages of a turn; the orders' cost is a part of its own.
    """
    found: dict[str, dict[str, Any]] = {}
    for event in events:
        told = event["payload"]
        if event["kind"] == "TrackChanged":
            label, parts = told["name"], told["parts"]
        elif event["kind"] == "CostPaid":
            label = label_of(told["track"], [told["seat"]])
            parts = [{"order": told["order"], "amount": -told["amount"]}]
        else:
            continue
        change = found.setdefault(
            label, {"before": told["before"], "parts": [], "undisclosed": 0.0, "clamped": False}
        )
        change["after"] = told["after"]
        change["parts"] = [*change["parts"], *parts]
        change["undisclosed"] += told.get("undisclosed") or 0.0
        change["clamped"] = change["clamped"] or bool(told.get("clamped"))
    return found


def befores_in(events: list[dict[str, Any]]) -> dict[str, float]:
    """Where each figure that a turn's events changed stood before it, by its label."""
    return {label: change["before"] for label, change in changes_in(events).items()}
