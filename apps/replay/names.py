"""What things are called: ids of a scenario document turned into words for people."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

VIEWER_WORDS = {
    "public": gettext_lazy("The public"),
    "facilitator": gettext_lazy("The facilitator"),
}


def joined(words: Sequence[str]) -> str:
    """Names in a row: "US", "US and China", "US, China and Japan"."""
    if len(words) < 2:
        return "".join(words)
    return _("%(names)s and %(last)s") % {"names": ", ".join(words[:-1]), "last": words[-1]}


class Names:
    """The titles of one resolved scenario. An id that it does not know is shown as it is."""

    def __init__(self, document: Mapping[str, Any]) -> None:
        self._document = document
        self._governments = document.get("governments", {})

    def government(self, government: str) -> str:
        """The full name, such as "Russian Federation"."""
        return str(self._body("governments", government).get("name", government))

    def short(self, government: str) -> str:
        """The short name that stands beside the color."""
        return str(self._body("governments", government).get("short", government))

    def color(self, government: str) -> str:
        """The color's name in the design system, gray if the scenario gives none."""
        return str(self._body("governments", government).get("color", "gray"))

    def track(self, track: str, about: Sequence[str] = ()) -> str:
        """The title of a track, with the governments that it is about."""
        title = str(self._body("tracks", track).get("title", track))
        return f"{title}: {joined([self.short(one) for one in about])}" if about else title

    def figure(self, label: str) -> str:
        """The title of a track or fact by its label, such as "relation[CHN, US]"."""
        name, _bracket, rest = label.partition("[")
        about = [one.strip() for one in rest.rstrip("]").split(",")] if rest else []
        if name in self._document.get("facts", {}):
            return str(self._body("facts", name).get("title", name))
        return self.track(name, about)

    def draft(self, draft: str) -> str:
        """A draft by who tabled it and when, read from its id: body, turn, seat."""
        found = re.fullmatch(r".+-(\d+)-(.+?)(-\d+)?", draft)
        if found is None or found[2] not in self._governments:
            return draft
        return _("draft of %(sponsor)s, turn %(turn)s") % {
            "sponsor": self.short(found[2]),
            "turn": found[1],
        }

    def about(self, about: str) -> str:
        """The governments that a firing was about, in words; "" where it names none."""
        found = [one for one in re.split(r"[|,\s]+", about) if one in self._governments]
        return ", ".join(self.short(one) for one in dict.fromkeys(found))

    def move(self, move: str) -> str:
        """The title of a move."""
        return str(self._body("moves", move).get("title", move))

    def agreement(self, agreement: str) -> str:
        """The title of an agreement."""
        return str(self._body("agreements", agreement).get("title", agreement))

    def measure(self, measure: str) -> str:
        """The title of a measure."""
        return str(self._body("measures", measure).get("title", measure))

    def member(self, body: str, member: str) -> str:
        """The name of a member of a body."""
        members = self._body("bodies", body).get("members", {})
        return str(members.get(member, {}).get("name", member))

    def clause(self, clause: str) -> str:
        """The title of a clause."""
        return str(self._body("clauses", clause).get("title", clause))

    def rule(self, rule: str) -> str:
        """The title of a rule."""
        return str(self._body("rules", rule).get("title", rule))

    def ending(self, ending: str) -> str:
        """The title of an ending."""
        return str(self._body("endings", ending).get("title", ending))

    def viewer(self, viewer: str) -> str:
        """Who looks, in words."""
        if viewer.startswith("seat:"):
            return self.government(viewer[5:])
        return str(VIEWER_WORDS.get(viewer, viewer))

    def parameters(self, move: str, parameters: Mapping[str, Any]) -> list[tuple[str, str]]:
        """An order's parameters as (title, value) in words."""
        described = self._body("moves", move).get("parameters", {})
        return [
            (
                str(described.get(key, {}).get("title", key)),
                self._value(described.get(key, {}), value),
            )
            for key, value in parameters.items()
            if value not in (None, "", [], {})
        ]

    def _value(self, parameter: Mapping[str, Any], value: Any) -> str:
        if isinstance(value, bool):
            return _("yes") if value else _("no")
        if isinstance(value, float) and value.is_integer():
            return str(int(value))
        if isinstance(value, Mapping) and "clause" in value:
            phase = value.get("phase_in") or 0
            title = self.clause(str(value["clause"]))
            return (
                _("%(title)s (phased in over %(phase)s)") % {"title": title, "phase": f"{phase:g}"}
                if phase
                else title
            )
        if isinstance(value, list):
            return ", ".join(self._value(parameter, one) for one in value)
        if isinstance(value, Mapping):
            return ", ".join(f"{self.clause(str(k))} ({v})" for k, v in value.items())
        kind = parameter.get("type")
        if kind == "government":
            return self.government(str(value))
        if kind == "clauses":
            return self.clause(str(value))
        if kind == "draft":
            return self.draft(str(value))
        if kind == "agreement":
            return self.agreement(str(value))
        choices = parameter.get("choices")
        if isinstance(choices, Mapping):
            return str(choices.get(value, value))
        return str(value)

    def _body(self, part: str, key: str) -> Mapping[str, Any]:
        body = self._document.get(part, {}).get(key, {})
        return body if isinstance(body, Mapping) else {}
