"""Who looks: the public, the facilitator or a seat; and whether an audience includes them."""

from __future__ import annotations

from collections.abc import Iterable

Viewer = str
PUBLIC = "public"
FACILITATOR = "facilitator"


def seat_of(viewer: Viewer) -> str | None:
    """The seat of a viewer such as "seat:NOR"; None for the public and the facilitator."""
    return viewer[5:] if viewer.startswith("seat:") else None


def audience_for(seats: Iterable[str]) -> str:
    """The audience of these seats; of nobody is the facilitator alone."""
    names = sorted(set(seats))
    if not names:
        return FACILITATOR
    return f"seat:{names[0]}" if len(names) == 1 else "seats:" + ",".join(names)


def includes(audience: str, viewer: Viewer) -> bool:
    """Whether the viewer belongs to the audience. The facilitator belongs to every one."""
    if audience == PUBLIC or viewer == FACILITATOR:
        return True
    seat = seat_of(viewer)
    if seat is None:
        return False
    if audience.startswith("seats:"):
        return seat in audience[6:].split(",")
    return audience == f"seat:{seat}"


def audience_of_seen(seen: tuple[str, ...]) -> str:
    """The audience of seats that see a figure; ("public",) is everybody."""
    if not seen:
        return FACILITATOR
    return PUBLIC if seen[0] == PUBLIC else audience_for(seen)
