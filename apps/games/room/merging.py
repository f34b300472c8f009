"""Two teammates edit one draft: each field is merged with what the other saved meanwhile.

A form sends with every field what the field held when it was last in step with the server
("was-"). A field that only one of the two changed keeps that change; clauses are merged as sets.
Only where both changed the same words there is a conflict, and then both texts are shown.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.http import QueryDict

from apps.games.room.parameters import PREFIX, read_parameters

WAS = "was-"
WORDS = ("intent", "expects")


@dataclass(frozen=True, slots=True)
class Text:
    """What a draft says: its parameters and the two lines of words, by the form's field names."""

    fields: Mapping[str, Any]

    @property
    def parameters(self) -> dict[str, Any]:
        """The parameters alone, by their own names; an empty one is left out."""
        return {
            name.removeprefix(PREFIX): value
            for name, value in self.fields.items()
            if name.startswith(PREFIX) and value is not None
        }


def text_of_form(document: Mapping[str, Any], move: str, posted: QueryDict) -> Text:
    """What the form holds now."""
    return _text(document, move, posted)


def text_before(document: Mapping[str, Any], move: str, posted: QueryDict) -> Text | None:
    """What the form held when it was last in step; None for a form that does not say."""
    if not any(name.startswith(WAS) for name in posted):
        return None
    before = QueryDict(mutable=True)
    for name in posted:
        if name.startswith(WAS):
            before.setlist(name.removeprefix(WAS), posted.getlist(name))
    return _text(document, move, before)


def text_of_draft(document: Mapping[str, Any], draft: Any) -> Text:
    """What a stored draft says."""
    names = (document["moves"][draft.move].get("parameters") or {}).keys()
    fields: dict[str, Any] = {PREFIX + name: draft.parameters.get(name) for name in names}
    return Text(fields | {"intent": draft.intent, "expects": draft.expects})


def merge(before: Text, mine: Text, theirs: Text) -> tuple[Text, dict[str, Any]]:
    """The merged text, and what the other wrote in the fields where both disagree."""
    merged: dict[str, Any] = {}
    conflicts: dict[str, Any] = {}
    for name, value in mine.fields.items():
        was, other = before.fields.get(name), theirs.fields.get(name)
        if _same(value, was):
            merged[name] = other
        elif _same(other, was) or _same(other, value):
            merged[name] = value
        elif isinstance(value, list):
            merged[name] = _merged_list(was or [], value, other or [])
        else:
            merged[name] = other
            conflicts[name] = other
    return Text(merged), conflicts


def _text(document: Mapping[str, Any], move: str, posted: QueryDict) -> Text:
    names = (document["moves"][move].get("parameters") or {}).keys()
    given = read_parameters(document, move, posted)
    fields: dict[str, Any] = {PREFIX + name: given.get(name) for name in names}
    return Text(fields | {name: posted.get(name, "").strip() for name in WORDS})


def _same(a: Any, b: Any) -> bool:
    return bool(a == b or (a in (None, "", []) and b in (None, "", [])))


def _merged_list(was: list[Any], mine: list[Any], theirs: list[Any]) -> list[Any]:
    added = [item for item in mine if item not in was and item not in theirs]
    removed = [item for item in was if item not in mine]
    return [item for item in theirs if item not in removed] + added
