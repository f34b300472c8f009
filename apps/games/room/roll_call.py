"""Roll calls: the votes that were taken, each as the journal holds it, member by member.

How a delegation votes is its own secret until the turn closes; what is read out afterwards is the
journal's VoteCast events, in their order, with what each made of the count.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from apps.games.room.council import chamber, members_of
from apps.games.room.opened import Room

CHOICES = ("yes", "no", "abstain")


def rolls(room: Room) -> dict[str, Any]:
    """Past votes, newest first, with each member's reasons; the last turn's are read out."""
    return {"rolls": [roll_of(room, found) for found in reversed(room.view["resolutions"])]}


def roll_of(room: Room, resolution: Mapping[str, Any]) -> dict[str, Any]:
    """One vote: the outcome, the count, the chamber, and the call in its order."""
    body = room.document["bodies"].get(resolution.get("body") or first_body(room), {})
    cast = votes_cast(room, resolution)
    members = members_of(room, body, cast)
    members = [member for member in members if member["id"] in cast] or members
    outcome = resolution["outcome"]
    title = " · ".join(clause["title"] for clause in resolution["clauses"])
    call = call_of(members, list(cast))
    tally = call[-1]["tally"] if call else resolution.get("tally") or {}
    vetoes = [m for m in members if m["veto"] and m["choice"] == "no" and outcome == "vetoed"]
    words = outcome_words(outcome)
    needed = (body.get("adoption") or {}).get("affirmative", 0)
    return {
        "id": resolution["draft"],
        "title": title,
        "turn": resolution["turn"],
        "latest": resolution["turn"] == room.last_turn,
        "outcome": outcome,
        "words": words,
        "tone": "good" if outcome == "adopted" else "bad",
        "tally": tally,
        "needed": needed,
        "why": why_words(outcome, tally, needed, vetoes),
        "said": said_words(title, words, tally),
        "members": members,
        "call": call,
        "cells": cells_of(members, needed),
        "clauses": resolution["clauses"],
        "chamber": chamber(members),
    }


def call_of(members: list[dict[str, Any]], order: list[str]) -> list[dict[str, Any]]:
    """The members in the order in which they voted, each with the count after its vote."""
    place = {member: index for index, member in enumerate(order)}
    count = dict.fromkeys(CHOICES, 0)
    call = []
    for member in sorted(members, key=lambda member: place.get(member["id"], len(place))):
        if member["choice"] in count:
            count[member["choice"]] += 1
        call.append({**member, "tally": dict(count)})
    return call


def cells_of(members: list[dict[str, Any]], needed: int) -> dict[str, Any]:
    """A strip with a cell for each member: yes from the left, no from the right; in it the mark
    that the yes votes have to reach. Lengths in the picture's pixels."""
    step, size = 20, 18
    counts = {c: sum(1 for m in members if m["choice"] == c) for c in CHOICES}
    row = ["yes"] * counts["yes"] + ["abstain"] * counts["abstain"] + ["no"] * counts["no"]
    return {
        "width": step * max(1, len(row)),
        "mark": step * needed - (step - size) // 2,
        "cells": [{"x": step * index, "choice": choice} for index, choice in enumerate(row)],
    }


def outcome_words(outcome: str) -> str:
    """What became of a draft, in words."""
    words = {"adopted": _("Adopted"), "failed": _("Not adopted"), "vetoed": _("Vetoed")}
    return words.get(outcome, outcome)


def why_words(
    outcome: str, tally: Mapping[str, int], needed: int, vetoes: list[dict[str, Any]]
) -> str:
    """What the outcome hung on: a veto, or the votes that were there or missing."""
    if vetoes:
        names = ", ".join(member["name"] for member in vetoes)
        return _("The no of a permanent member stops it: %s.") % names
    words = {"yes": tally.get("yes", 0), "needed": needed}
    if outcome == "failed":
        return _("%(yes)d of the %(needed)d affirmative votes that it needs.") % words
    return _("%(yes)d affirmative votes; %(needed)d are needed.") % words


def said_words(title: str, words: str, tally: Mapping[str, int]) -> str:
    """The end of a roll call as it is said to a screen reader: one sentence, not fifteen."""
    return _(
        "Roll call on %(title)s: %(outcome)s, %(yes)d yes, %(no)d no, %(abstain)d abstaining."
    ) % {
        "title": title,
        "outcome": words,
        **{choice: tally.get(choice, 0) for choice in CHOICES},
    }


def first_body(room: Room) -> str:
    """The scenario's first body, for records that name none."""
    return next(iter(room.document.get("bodies") or {}), "")


def votes_cast(room: Room, resolution: Mapping[str, Any]) -> dict[str, Mapping[str, Any]]:
    """The votes by member, in the order of the journal; its events add reasons and words."""
    listed = {vote["member"]: vote for vote in resolution.get("votes") or []}
    cast: dict[str, Mapping[str, Any]] = {}
    if resolution["turn"] in room.closed_turns:
        for event in room.events_of(resolution["turn"]):
            told = event["payload"]
            if event["kind"] == "VoteCast" and told.get("draft") == resolution["draft"]:
                cast[told["member"]] = {**listed.get(told["member"], {}), **told}
    return cast | {name: vote for name, vote in listed.items() if name not in cast}
