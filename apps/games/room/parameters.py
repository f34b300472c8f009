"""Parameters of a move as fields of a form, and a posted form as parameters.

Nothing is refused here but what cannot be read: the rules say what is wrong with a value, and a
draft is saved as it was typed.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as _

from apps.games.room.opened import Room

PREFIX = "p-"
"""Before the name of a parameter in a form, so that none can clash with the form's own fields."""


def fields_of(room: Room, move: str, values: Mapping[str, Any]) -> list[dict[str, Any]]:
    """A field for each parameter of a move, with its choices and the value it has."""
    body = room.document["moves"][move]
    return [
        field_of(room, name, parameter, values.get(name, parameter.get("default")), values)
        for name, parameter in (body.get("parameters") or {}).items()
    ]


def field_of(
    room: Room,
    name: str,
    parameter: Mapping[str, Any],
    value: Any,
    values: Mapping[str, Any],
) -> dict[str, Any]:
    """One field: `kind` names its control in `_parameter.html`."""
    kind = parameter["type"]
    field = {
        "name": PREFIX + name,
        "kind": kind,
        "title": parameter["title"],
        "text": parameter.get("text", ""),
        "optional": bool(parameter.get("optional")),
        "value": "" if value is None else value,
        "unit": parameter.get("unit", ""),
    }
    if kind == "number":
        low, high = parameter["range"]
        field |= {"low": low, "high": high, "step": parameter.get("step") or "any"}
    elif kind == "text":
        field["most"] = parameter.get("max", 280)
    elif kind == "clauses":
        # A draft holds ids; an order that the rules have taken holds each with its phase-in.
        chosen = [c["clause"] if isinstance(c, Mapping) else c for c in value or []]
        field |= {
            "groups": clause_groups(room, parameter["body"], chosen),
            "least": parameter.get("min", 1),
            "most": parameter.get("max", 20),
            "count": len(chosen),
        }
    elif kind != "flag":
        field["choices"] = choices_of(room, kind, parameter)
    return field


def choices_of(room: Room, kind: str, parameter: Mapping[str, Any]) -> list[tuple[str, str]]:
    """The values of a parameter that is chosen, with their titles."""
    if kind == "choice":
        return list(parameter["choices"].items())
    if kind == "government":
        offered = parameter.get("choices") or list(room.parties)
        return [(g, room.party(g).name) for g in offered if g != room.seat]
    if kind == "draft":
        return drafts_of(room, parameter["body"])
    agreements = room.document.get("agreements") or {}
    offered = parameter.get("choices") or list(agreements)
    return [(a, agreements[a]["title"]) for a in offered if a in agreements]


def drafts_of(room: Room, body: str) -> list[tuple[str, str]]:
    """The drafts of a body's docket, by their clauses."""
    return [
        (draft["draft"], draft.get("title") or draft["draft"])
        for draft in room.view["docket"]
        if draft["body"] == body
    ]


def drafts_known(room: Room) -> dict[str, str]:
    """Every draft that was voted on, by its clauses: orders of past turns name them."""
    return {
        held["draft"]: " · ".join(clause["title"] for clause in held["clauses"])
        for held in room.view["resolutions"]
    }


def clause_groups(room: Room, body: str, chosen: list[str]) -> list[dict[str, Any]]:
    """The clauses of a body by group, with their effects in words."""
    attributes = room.document["bodies"][body].get("draft_attributes") or {}
    groups: dict[str, list[dict[str, Any]]] = {}
    for key, clause in (room.document.get("clauses") or {}).items():
        if clause["body"] != body:
            continue
        groups.setdefault(clause.get("group", ""), []).append(
            {
                "id": key,
                "title": clause["title"],
                "text": clause.get("text", ""),
                "chosen": key in chosen,
                "effects": effects_of(clause, attributes),
                "barred": [
                    room.document["clauses"][other]["title"]
                    for other in clause.get("excludes") or []
                    if other in chosen
                ],
            }
        )
    return [
        {
            "title": title.replace("_", " ").capitalize(),
            "clauses": clauses,
            "chosen": sum(clause["chosen"] for clause in clauses),
        }
        for title, clauses in groups.items()
    ]


def effects_of(clause: Mapping[str, Any], attributes: Mapping[str, Any]) -> str:
    """What a clause adds to a draft, in words: "Severity +3, Humanitarian harm +1"."""
    return ", ".join(
        f"{attributes[name]['title']} {amount:+g}"
        for name, amount in (clause.get("attributes") or {}).items()
        if name in attributes and amount
    )


def read_parameters(document: Mapping[str, Any], move: str, posted: QueryDict) -> dict[str, Any]:
    """The parameters that a posted form holds for `move`; an empty optional one is left out."""
    found: dict[str, Any] = {}
    parameters = (document["moves"].get(move) or {}).get("parameters") or {}
    for name, parameter in parameters.items():
        field, kind = PREFIX + name, parameter["type"]
        if kind == "clauses":
            found[name] = posted.getlist(field)
        elif kind == "flag":
            found[name] = field in posted
        elif posted.get(field, "") != "":
            text = str(posted[field])
            found[name] = as_number(text) if kind == "number" else text
    return found


def name_of_choice(room: Room, field: Mapping[str, Any], value: Any) -> Any:
    """A value in words. A draft may have left the docket since it was ordered about."""
    names = dict(field.get("choices", []))
    if field["kind"] == "draft":
        return (drafts_known(room) | names).get(value, _("withdrawn"))
    return names.get(value, value)


def as_number(text: str) -> float | int | str:
    """A number where the text is one, else the text as it was typed, for the rules to refuse."""
    try:
        number = float(text.replace(",", "."))
    except ValueError:
        return text
    if number != number or number in (float("inf"), float("-inf")):
        return text
    return int(number) if number.is_integer() else number


def spelled(room: Room, move: str, values: Mapping[str, Any]) -> list[str]:
    """An order's parameters in words, for lists of orders."""
    words = []
    for field in fields_of(room, move, values):
        value = field["value"]
        if field["kind"] == "clauses":
            titles = [c["title"] for g in field["groups"] for c in g["clauses"] if c["chosen"]]
            words.append(", ".join(titles) or _("no clause yet"))
        elif field["kind"] == "flag":
            words.append(f"{field['title']}: {_('yes') if value else _('no')}")
        elif value != "":
            shown = name_of_choice(room, field, value)
            words.append(f"{field['title']}: {shown} {field['unit']}".strip())
    return words
