"""The indicators of a moment: value, change, course so far, and why each one moved."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from apps.replay.citing import Citation, citations
from apps.replay.drawing import path_points
from apps.replay.names import Names


@dataclass(frozen=True, slots=True)
class Cause:
    """One part of a change: how much, by which rule, on which claims."""

    amount: str
    text: str
    cites: list[Citation]
    nearest: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Row:
    """One indicator as a line: ready for the page, and for a sentence."""

    id: str
    label: str
    title: str
    unit: str
    value: str
    change: str
    direction: str
    tone: str
    path: str
    why: list[Cause]
    clamped: str


@dataclass(frozen=True, slots=True)
class Group:
    """Indicators that belong together, under a title."""

    title: str
    rows: list[Row]


def groups(
    document: Mapping[str, Any],
    view: Mapping[str, Any],
    events: Iterable[Mapping[str, Any]],
    course: Mapping[str, Sequence[float]],
) -> list[Group]:
    """The indicators of a view in the scenario's order, grouped. `course` holds their history."""
    changes = {
        str(event["payload"]["name"]): event["payload"]
        for event in events
        if event["kind"] == "TrackChanged"
    }
    found: dict[str, list[Row]] = {}
    for track in view["tracks"]:
        title = str(track.get("group") or "")
        row = _row(document, track, changes.get(track["id"]), course.get(track["id"], ()))
        found.setdefault(title, []).append(row)
    return [Group(title.replace("_", " ").capitalize(), rows) for title, rows in found.items()]


def narrowed(groups: Iterable[Group], *, of_the_world: bool) -> list[Group]:
    """The groups with only the figures of the whole world, or only those of governments."""
    found = [
        Group(group.title, [row for row in group.rows if ("[" not in row.label) == of_the_world])
        for group in groups
    ]
    return [group for group in found if group.rows]


def number(value: float, decimals: int = 0) -> str:
    """A figure with a true minus sign and no needless zeros."""
    text = f"{value:.{decimals}f}"
    if text.strip("-0.") == "":
        text = text.replace("-", "")
    return text.replace("-", "−")


def signed(value: float, decimals: int = 1) -> str:
    """A change with its sign, such as "+3.5" or "−2"."""
    text = f"{abs(value):.{decimals}f}".rstrip("0").rstrip(".") if decimals else f"{abs(value):.0f}"
    if text in ("", "0"):
        return "0"
    return ("+" if value > 0 else "−") + text


def tone_of(change: float, better: str) -> str:
    """ "good", "bad" or "" for a change of a track whose `better` is higher, lower or neutral."""
    if not change or better not in ("higher", "lower"):
        return ""
    return "good" if (change > 0) == (better == "higher") else "bad"


def _row(
    document: Mapping[str, Any],
    track: Mapping[str, Any],
    change: Mapping[str, Any] | None,
    course: Sequence[float],
) -> Row:
    names = Names(document)
    decimals = int(track.get("decimals") or 0)
    value, previous = float(track["value"]), track.get("previous")
    moved = value - float(previous) if previous is not None else 0.0
    if abs(moved) < 0.5 * 10 ** -max(decimals, 1):
        moved = 0.0
    low, high = track["range"]
    return Row(
        id=str(track["id"]).replace("[", "-").replace("]", "").replace(", ", "-"),
        label=str(track["id"]),
        title=names.track(str(track["track"]), track.get("about") or ()),
        unit=str(track.get("unit") or ""),
        value=number(value, decimals),
        change=signed(moved, max(decimals, 1)) if moved else "",
        direction="up" if moved > 0 else "down",
        tone=tone_of(moved, str(track.get("better", ""))),
        path=path_points(list(course), low, high) if len(course) > 1 else "",
        why=_causes(document, names, change),
        clamped=_clamped(change, decimals),
    )


def _causes(
    document: Mapping[str, Any], names: Names, change: Mapping[str, Any] | None
) -> list[Cause]:
    if change is None:
        return []
    return [
        Cause(
            amount=signed(float(part["amount"])),
            text=_of_rule(names, part),
            cites=citations(document, part.get("claims") or ()),
        )
        for part in change.get("parts") or ()
    ]


def _of_rule(names: Names, part: Mapping[str, Any]) -> str:
    rule = part.get("rule")
    if not rule:
        return _("undisclosed causes")
    about = names.about(str(part.get("about") or ""))
    return names.rule(str(rule)) + (f" ({about})" if about else "")


def _clamped(change: Mapping[str, Any] | None, decimals: int) -> str:
    if not change or not change.get("clamped"):
        return ""
    raw, after = number(float(change["raw"]), 1), number(float(change["after"]), decimals)
    return _("The sum would have been %(raw)s; the range ends at %(after)s.") % {
        "raw": raw,
        "after": after,
    }
