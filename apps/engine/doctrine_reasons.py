"""Why a doctrine decided as it did: everything that it weighed, for people to read afterwards."""

from __future__ import annotations

from dataclasses import dataclass

from .doctrine import View
from .recall import board_of_view
from .ruleset import Ruleset


@dataclass(frozen=True, slots=True)
class Weighed:
    """One inclination of a doctrine whose condition held in its seat's view.

    `weight` is what it weighs before chance shifts it by up to a fifth. `closed` is the reason why
    the move was not open to the seat, empty where it was; `irreversible` that it cannot be undone.
    """

    move: str
    weight: float
    reason: str
    closed: str
    irreversible: bool


def weigh_orders(ruleset: Ruleset, view: View, seat: str, doctrine: str) -> list[Weighed]:
    """What a doctrine of the scenario weighs in this view of its own seat, the strongest first.

    Empty for a doctrine that the scenario does not have: "passive" and "random" weigh nothing.
    """
    held = ruleset.doctrines.get(seat, {}).get(doctrine)
    own = view.get("own")
    if held is None or not own or view["ended"]:
        return []
    board, actor = board_of_view(ruleset, view), ruleset.layout.index[seat]
    options = {option["move"]: option for option in own["moves"]}
    found = []
    for item in held.orders:
        if item.condition is not None and not item.condition.run(board, actor):
            continue
        option = options.get(item.move, {})
        found.append(
            Weighed(
                move=item.move,
                weight=float(item.weight.run(board, actor)),
                reason=item.reason,
                closed="" if option.get("open") else str(option.get("reason") or "not open"),
                irreversible=ruleset.moves[item.move].irreversible,
            )
        )
    return sorted(found, key=lambda one: -one.weight)
