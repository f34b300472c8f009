"""What a viewer may know: of figures, measures, orders, and of everything a rule may read."""

from __future__ import annotations

from .ruleset import Measure, Ruleset
from .viewers import FACILITATOR, PUBLIC, Viewer, seat_of

_OPEN = frozenset(
    {
        "agreed",
        "broken",
        "adopted",
        "phased_in",
        "sponsor",
        "contains",
        "phase_in",
        "voted_yes",
        "voted_no",
        "abstained",
        "severity_of",
    }
)
_WIDE = frozenset({"sum_of", "mean_of", "min_of", "max_of"})


def sees_place(ruleset: Ruleset, viewer: Viewer, place: int) -> bool:
    """Whether the viewer sees the figure at a place."""
    if viewer == FACILITATOR:
        return True
    seen = ruleset.seen[place]
    return PUBLIC in seen or (seat_of(viewer) or PUBLIC) in seen


def sees_figure(ruleset: Ruleset, viewer: Viewer, label: str) -> bool:
    """Whether the viewer sees "temper" or "coin[NOR]"."""
    place = ruleset.layout.find(label)
    return place is not None and sees_place(ruleset, viewer, place)


def sees_measure(measure: Measure, viewer: Viewer, by: str | None) -> bool:
    """Whether the viewer sees that a measure of a holder is in force."""
    if viewer == FACILITATOR or PUBLIC in measure.visible:
        return True
    seat = seat_of(viewer)
    if measure.visible == ("own",):
        return seat is not None and seat in ((by,) if by else measure.holders)
    return seat is not None and seat in measure.visible


def sees_orders_of(ruleset: Ruleset, viewer: Viewer, move: str, seat: str) -> bool:
    """Whether the viewer knows of orders of a move by a seat when they are given."""
    if viewer == FACILITATOR or not ruleset.moves[move].secret:
        return True
    return seat_of(viewer) == seat


def sees_read(ruleset: Ruleset, viewer: Viewer, label: str) -> bool:
    """Whether the viewer may know a value that a rule saw, by the label of the record."""
    if viewer == FACILITATOR:
        return True
    if not label.endswith(")"):
        if label in ("turn", "turns") or label.startswith(("member.", "draft.")):
            return True
        return sees_figure(ruleset, viewer, label)
    family, _, rest = label[:-1].partition("(")
    if family in _OPEN:
        return True
    if family == "previous":
        return sees_figure(ruleset, viewer, rest)
    words = [word.strip() for word in rest.split(",")]
    if family in _WIDE:
        names = ruleset.layout.names
        return all(
            sees_place(ruleset, viewer, place)
            for place, track in enumerate(ruleset.track_of)
            if track == words[0] and names[place]
        )
    if family in ("in_force", "turns_in_force"):
        measure = ruleset.measures[words[0]]
        whose: tuple[str | None, ...] = tuple(words[1:]) or measure.holders or (None,)
        return all(sees_measure(measure, viewer, by) for by in whose)
    if family in ("ordered", "ever", "since"):
        return sees_orders_of(ruleset, viewer, words[0], words[1] if len(words) > 1 else "")
    return False


def hidden_terms(ruleset: Ruleset, body: str, viewer: Viewer) -> set[str]:
    """The terms of a body's support that read what the viewer does not see."""
    if viewer == FACILITATOR:
        return set()
    found = set()
    for term in ruleset.bodies[body].terms:
        for read in term.formula.node.reads():
            if read.family in ("member", "draft"):
                continue
            label = read.text()
            if "member" in label or not sees_read(ruleset, viewer, label):
                whole = read.family in ("track", "fact", "previous") and sees_read(
                    ruleset, viewer, f"sum_of({read.subject})"
                )
                if not whole and read.family != "sponsor":
                    found.add(term.id)
    return found
