"""The Council: the docket with its drafts and leanings, our vote, the chamber."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from apps.games.room.claims import claims_of
from apps.games.room.figures import spell
from apps.games.room.opened import Room
from apps.games.room.parameters import effects_of

SIGNS = {"yes": "✓", "no": "✕", "abstain": "–", "": "?"}
"""A vote's sign, so that color never stands alone."""


def choice_words(choice: str) -> str:
    """A vote in words."""
    return {"yes": _("yes"), "no": _("no"), "abstain": _("abstains")}.get(choice, _("not known"))


def docket(room: Room) -> dict[str, Any]:
    """The drafts that wait for a vote, body by body, with our instruction."""
    bodies = []
    for body_id, body in (room.document.get("bodies") or {}).items():
        drafts = [d for d in room.view["docket"] if d["body"] == body_id]
        bodies.append(
            {
                "id": body_id,
                "title": body["title"],
                "text": body.get("text", ""),
                "adoption": adoption_words(body),
                "drafts": [draft_of(room, body, draft) for draft in drafts],
                "chamber": chamber(members_of(room, body, {})) if not drafts else None,
            }
        )
    return {"bodies": bodies, "consultations": consultations(room)}


def adoption_words(body: Mapping[str, Any]) -> str:
    """How the body adopts a draft."""
    rule = body.get("adoption") or {}
    words = _("%d affirmative votes adopt a draft") % rule.get("affirmative", 0)
    return words + (_("; a permanent member's no vetoes it.") if rule.get("veto") else ".")


def draft_of(room: Room, body: Mapping[str, Any], draft: Mapping[str, Any]) -> dict[str, Any]:
    """One draft of the docket with everything that a delegation weighs."""
    attributes = body.get("draft_attributes") or {}
    clauses = room.document.get("clauses") or {}
    leanings = {e["member"]: e for e in draft.get("estimated") or []}
    members = members_of(room, body, leanings)
    instructed = (room.status.get("votes") or {}).get(draft["draft"]) or {}
    ours = next((m for m in members if room.seat and m["government"] == room.seat), None)
    tally = {key: sum(1 for m in members if m["choice"] == key) for key in ("yes", "no", "abstain")}
    return {
        "id": draft["draft"],
        "title": draft.get("title") or _("Draft resolution"),
        "tabled": draft.get("tabled"),
        "votes_on": draft.get("votes_on"),
        "now": draft.get("votes_on") == room.turn,
        "sponsors": [room.party(name) for name in draft.get("sponsors") or []],
        "clauses": [
            {
                **clause,
                "effects": effects_of(clauses.get(clause["id"], {}), attributes),
            }
            for clause in draft.get("clauses") or []
        ],
        "attributes": [
            {"title": attributes[name]["title"], "value": spell(value, 0)}
            for name, value in (draft.get("attributes") or {}).items()
            if name in attributes and value
        ],
        "members": members,
        "chamber": chamber(members),
        "tally": tally,
        "open": len(members) - sum(tally.values()),
        "amendments": amendments_of(room, draft["draft"]),
        "votes": ours is not None,
        "choice": instructed.get("choice", ""),
        "explanation": instructed.get("explanation", ""),
        "by": room.status.get("orders", {}).get("instructed_by", {}).get(draft["draft"], ""),
    }


def amendments_of(room: Room, draft: str) -> list[dict[str, Any]]:
    """How a draft was amended, newest first: which clauses came in and which went out."""
    clauses = room.document.get("clauses") or {}
    found = []
    for turn in reversed(room.closed_turns):
        for event in room.events_of(turn):
            told = event["payload"]
            if event["kind"] != "DraftAmended" or told["draft"] != draft:
                continue
            before = [item["clause"] for item in told["before"]]
            after = [item["clause"] for item in told["clauses"]]
            found.append(
                {
                    "turn": turn,
                    "party": room.party(told["by"]),
                    "added": [clauses[name]["title"] for name in after if name not in before],
                    "dropped": [clauses[name]["title"] for name in before if name not in after],
                }
            )
    return found


def consultations(room: Room) -> list[dict[str, Any]]:
    """Who was heard before the Council acted, as the facts and moves of the scenario record it.

    A move that consults is one whose id says so; its orders, as far as we know them, are the
    record.
    """
    found = []
    for turn in room.closed_turns:
        for event in room.events_of(turn):
            order = event["payload"].get("order")
            if event["kind"] == "OrderAccepted" and order["move"].startswith("consult"):
                title = room.document["moves"][order["move"]]["title"]
                found.append({"turn": turn, "party": room.party(order["seat"]), "title": title})
    return found[::-1]


def members_of(
    room: Room, body: Mapping[str, Any], votes: Mapping[str, Mapping[str, Any]]
) -> list[dict[str, Any]]:
    """The members that sit at the game's date, each with its vote or leaning and the reasons."""
    date = str(room.view.get("date") or "")
    support = body.get("support") or {}
    members = []
    for key, member in body["members"].items():
        sits = str(member.get("from", "")) <= date <= str(member.get("until", "9999"))
        if date and not sits and key not in votes:
            continue
        vote = votes.get(key) or {}
        choice = vote.get("choice", "")
        government = member.get("government", "")
        people = (room.status.get("seats") or {}).get(government, {}).get("mode") == "people"
        members.append(
            {
                "id": key,
                "name": member["name"],
                "veto": bool(member.get("veto")),
                "government": government,
                "party": room.parties.get(government),
                "choice": choice,
                "sign": SIGNS.get(choice, "?"),
                "words": choice_words(choice)
                if choice
                else _("its government decides")
                if people
                else choice_words(""),
                "support": spell(vote["support"]) if vote.get("support") is not None else "",
                "explanation": vote.get("explanation", ""),
                "by": vote.get("by", ""),
                "terms": [
                    {
                        "title": term.get("title") or term["id"],
                        "value": f"{term['value']:+.0f}".replace("-", "−"),
                        "claims": claims_of(
                            room.document,
                            term.get("claims") or support.get(term["id"], {}).get("claims") or [],
                        ),
                    }
                    for term in vote.get("terms") or []
                    if round(term["value"])
                ],
            }
        )
    return members


def chamber(members: list[dict[str, Any]]) -> dict[str, Any]:
    """The members around a horseshoe table, in the picture's pixels."""
    width, height, radius = 560, 325, 215
    seats = []
    for index, member in enumerate(members):
        share = index / max(1, len(members) - 1)
        angle = math.radians(200 - 220 * share)
        seats.append(
            {
                **member,
                "x": round(width / 2 + radius * math.cos(angle)),
                "y": round(height - 95 - radius * 0.86 * math.sin(angle)),
            }
        )
    return {"width": width, "height": height, "seats": seats}


def count(room: Room) -> dict[str, Any]:
    """How many drafts are voted on when this turn closes, for the panel's tab."""
    return {"count": sum(1 for d in room.view["docket"] if d.get("votes_on") == room.turn)}
