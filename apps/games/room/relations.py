"""Relations between governments: the map and the table that says the same."""

from __future__ import annotations

import math
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from apps.games.room import atlas
from apps.games.room.labels import Box, label_for
from apps.games.room.opened import Room
from apps.games.room.situation import indicator

DRAWN = "relation"
"""The track of pairs that the map draws; without it the first track of pairs is drawn."""
BOX_HEIGHT = 38
"""Of a government's mark, as _map.html draws it."""


def words_for(value: float) -> str:
    """A relation from -100 to 100 in words."""
    steps = (
        (60, _("allied")),
        (25, _("friendly")),
        (10, _("correct")),
        (-10, _("cool")),
        (-40, _("strained")),
        (-70, _("hostile")),
    )
    return next((words for least, words in steps if value >= least), _("enemies"))


def relations(room: Room) -> dict[str, Any]:
    """The picture (stations, lines, sites) and the rows of its table."""
    pairs: dict[tuple[str, str], dict[str, dict[str, Any]]] = {}
    titles: dict[str, str] = {}
    for track in room.view["tracks"]:
        about = track.get("about") or []
        if len(about) == 2:
            titles[track["track"]] = track["title"]
            pairs.setdefault((about[0], about[1]), {})[track["track"]] = track
    drawn = DRAWN if DRAWN in titles else next(iter(titles), "")
    stations = {p.id: atlas.station(p.id, i) for i, p in enumerate(room.parties.values())}
    rows, lines = [], []
    for (a, b), tracks in pairs.items():
        figures = [indicator(room, tracks[k]) if k in tracks else None for k in titles]
        row: dict[str, Any] = {
            "a": room.party(a),
            "b": room.party(b),
            "figures": figures,
            "words": "",
        }
        if drawn in tracks:
            value = tracks[drawn]["value"]
            row["words"] = words_for(value)
            line = atlas.line_between(stations[a], stations[b], value)
            figure = figures[list(titles).index(drawn)]
            changed = figure is not None and figure.marked
            lines.append({"line": line, "pair": f"{a} {b}", "value": value, "changed": changed})
        row["changed"] = any(f and f.change for f in figures)
        rows.append(row)
    lines.sort(key=lambda drawn_line: abs(drawn_line["value"]))
    shown = [_station(room, party_id, where, rows) for party_id, where in stations.items()]
    return {
        "width": atlas.WIDTH,
        "height": atlas.HEIGHT,
        "lands": [(land, room.parties.get(land)) for land in atlas.LANDS],
        "stations": shown,
        "lines": lines,
        "sites": _labeled(sites(room), shown),
        "rows": rows,
        "columns": list(titles.values()),
    }


def _station(
    room: Room, party_id: str, where: tuple[float, float], rows: list[dict[str, Any]]
) -> dict[str, Any]:
    party = room.party(party_id)
    others = [
        f"{(row['b'] if row['a'].id == party_id else row['a']).name} {row['words']}"
        for row in rows
        if party_id in (row["a"].id, row["b"].id) and row["words"]
    ]
    count = sum(1 for m in room.view["measures"] if m.get("by") == party_id)
    held = ngettext("%d measure in force", "%d measures in force", count) % count
    words = f"{party.name}: {', '.join(others) or _('no relation known')}; {held}."
    half = 11 + 7 * len(party.short)
    return {
        "party": party,
        "x": where[0],
        "y": where[1],
        "left": where[0] - half,
        "top": where[1] - BOX_HEIGHT // 2,
        "box": 2 * half,
        "count_x": where[0] + half - 2,
        "measures": count,
        "words": words,
    }


def sites(room: Room) -> list[dict[str, Any]]:
    """Places with something on them: measures that have a site, tests of the last turn."""
    found: dict[str, dict[str, Any]] = {}
    for measure in room.view["measures"]:
        site = atlas.SITES.get(measure["id"])
        if site:
            new = bool(room.last_turn) and measure.get("since") == room.last_turn
            _add(found, site, measure["title"], kind="measure", changed=new)
    for event in room.events_of(room.last_turn) if room.last_turn else []:
        order = event["payload"].get("order") or {}
        move = order.get("move") if event["kind"] == "OrderAccepted" else None
        if move in atlas.SITES and move in room.document["moves"]:
            title = room.document["moves"][move]["title"]
            _add(found, atlas.SITES[move], title, kind="test", changed=True)
    return list(found.values())


def _labeled(places: list[dict[str, Any]], stations: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The sites with a place for the name of each, clear of the governments and of each other."""
    taken = [Box(one["left"], one["top"], one["box"], BOX_HEIGHT) for one in stations]
    taken += [Box(x - 12, y - 12, 24, 24) for x, y in (site["at"] for site in places)]
    size = (atlas.WIDTH, atlas.HEIGHT)
    for site in places:
        own = Box(site["at"][0] - 12, site["at"][1] - 12, 24, 24)
        others = [box for box in taken if box != own]
        site["label"] = label_for(", ".join(site["titles"]), site["at"], others, size)
        taken.append(site["label"].box)
    return places


def _add(found: dict[str, dict[str, Any]], site: str, title: str, **more: Any) -> None:
    x, y = atlas.places()[site]
    entry = found.setdefault(
        site,
        {
            "star": star(x, y),
            "box_x": round(x - 5),
            "box_y": round(y - 5),
            "at": (x, y),
            "titles": [],
            "kind": "",
            "changed": False,
        },
    )
    entry["titles"].append(title)
    entry["kind"] = "test" if "test" in (entry["kind"], more["kind"]) else more["kind"]
    entry["changed"] = entry["changed"] or more["changed"]


def star(x: float, y: float) -> str:
    """An eight-pointed mark about a place, as an SVG path."""
    points = []
    for step in range(16):
        radius, angle = (12 if step % 2 == 0 else 5), math.pi * step / 8
        points.append(f"{x + radius * math.sin(angle):.1f} {y - radius * math.cos(angle):.1f}")
    return "M" + "L".join(points) + "z"
