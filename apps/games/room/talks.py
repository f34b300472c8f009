"""Talks: the threads that a delegation reads, the offers, and the messages of one thread.

A thread is named in addresses by its governments, "CHN-US", or "public". Messages are numbered
within their thread from 1, so that no number counts what a reader may not see.
"""

from __future__ import annotations

from typing import Any

from django.db.models import Max
from django.utils.translation import gettext as _

from apps.engine.viewers import audience_for, includes
from apps.games.models import Game, Membership, Message, ThreadMark
from apps.games.room.opened import Room

PAGE = 40
"""Messages that a thread shows at first, and that "older" adds."""


def slug_of(thread: str) -> str:
    """A thread's audience as part of an address: "seats:CHN,US" is "CHN-US"."""
    return "public" if thread == "public" else thread.partition(":")[2].replace(",", "-")


def thread_of(slug: str) -> str:
    """The audience of a thread that an address names."""
    return "public" if slug == "public" else audience_for(slug.split("-"))


def counts(game: Game, audience: str) -> dict[str, dict[str, Any]]:
    """How many messages each thread holds that `audience` reads, and which moved last."""
    rows = (
        Message.objects.filter(game=game)
        .order_by()
        .values("thread")
        .annotate(count=Max("number"), last=Max("sequence"))
    )
    return {row["thread"]: dict(row) for row in rows if includes(row["thread"], audience)}


def threads(room: Room) -> dict[str, Any]:
    """Every thread of the audience: the public, our own, one with each other government, and
    those of more that were begun. Latest first, the empty ones after."""
    known = counts(room.game, room.audience)
    names = ["public"]
    if room.seat:
        names.append(f"seat:{room.seat}")
        names += [audience_for([room.seat, other]) for other in room.parties if other != room.seat]
    names += [name for name in known if name not in names]
    rows = [row_of(room, name, known.get(name)) for name in names]
    fixed, rest = rows[: 2 if room.seat else 1], rows[2 if room.seat else 1 :]
    rest.sort(key=lambda row: -row["last"])
    return {"threads": fixed + rest}


def row_of(room: Room, thread: str, known: dict[str, Any] | None) -> dict[str, Any]:
    """A thread in the list."""
    return {
        "slug": slug_of(thread),
        "title": title_of(room, thread),
        "parties": others_in(room, thread),
        "count": known["count"] if known else 0,
        "last": known["last"] if known else 0,
    }


def others_in(room: Room, thread: str) -> list[Any]:
    """The governments of a thread but our own."""
    names = [] if thread == "public" else thread.partition(":")[2].split(",")
    return [room.party(name) for name in names if name and name != room.seat]


def title_of(room: Room, thread: str) -> str:
    """A thread's name for people."""
    if thread == "public":
        return _("Public statements and news")
    others = others_in(room, thread)
    return ", ".join(party.short for party in others) or _("Our delegation")


def page_of(
    room: Room, thread: str, *, before: int | None = None, after: int | None = None
) -> dict[str, Any]:
    """A window of a thread: its last page, the page before a position, or all after one."""
    rows = Message.objects.filter(game=room.game, thread=thread)
    if after is not None:
        found = list(rows.filter(number__gt=after).order_by("number"))
    else:
        older = rows if before is None else rows.filter(number__lt=before)
        found = list(older.order_by("-number")[:PAGE])[::-1]
    names = names_of(room.game, [row.author for row in found])
    first = found[0].number if found else 1
    return {
        "messages": [message_of(room, row, names) for row in found],
        "from": first,
        "until": found[-1].number if found else 0,
        "older": first > 1,
    }


def message_of(room: Room, row: Message, names: dict[Any, str]) -> dict[str, Any]:
    """A message for the page."""
    return {
        "position": row.number,
        "party": room.parties.get(row.sender),
        "sender": room.party(row.sender).name,
        "author": names.get(row.author, "") if row.sender == room.seat else "",
        "kind": row.kind,
        "title": row.title,
        "text": row.text,
        "turn": row.turn,
        "at": row.sent_at,
        "ours": bool(room.seat) and row.sender == room.seat,
    }


def names_of(game: Game, people: list[Any]) -> dict[Any, str]:
    """The display names of people by id."""
    members = Membership.objects.filter(game=game, person__in=set(people) - {None})
    return {m.person_id: str(m.person) for m in members.select_related("person")}


def marks_of(membership: Membership) -> dict[str, int]:
    """How many messages of each thread somebody has read, by the thread's slug."""
    read = {}
    for mark in ThreadMark.objects.filter(membership=membership):
        rows = Message.objects.filter(game=membership.game_id, thread=mark.thread)
        seen = rows.filter(sequence__lte=mark.sequence).aggregate(n=Max("number"))["n"]
        read[slug_of(mark.thread)] = seen or 0
    return read


def readers_of(room: Room, thread: str) -> list[str]:
    """Who has read a thread to its end: the government, and by name within our own."""
    last = Message.objects.filter(game=room.game, thread=thread).aggregate(n=Max("sequence"))["n"]
    if not last:
        return []
    marks = ThreadMark.objects.filter(
        membership__game=room.game, thread=thread, sequence__gte=last
    ).select_related("membership__person")
    seen = []
    for mark in marks:
        member = mark.membership
        name = (
            str(member.person)
            if member.government == room.seat
            else room.party(str(member.government)).name
        )
        if member.government and name not in seen:
            seen.append(name)
    return seen


def offers(room: Room) -> dict[str, Any]:
    """The structured offers that we know of, and the agreements that we could offer."""
    shown = []
    for offer in room.offers_of():
        agreement = room.document["agreements"][offer["agreement"]]
        shown.append(
            {
                **offer,
                "from": room.party(offer["proposer"]),
                "tone": {"accepted": "good", "open": "action"}.get(offer["status"], ""),
                "sides": [
                    {"party": room.party(gov), "role": role.replace("_", " ")}
                    for role, gov in offer["parties"].items()
                ],
                "promises": promises_of(room, agreement, offer["parties"]),
                "waiting": [
                    room.party(g)
                    for g in offer["asked"]
                    if g not in offer["accepted"] and offer["status"] == "open"
                ],
            }
        )
    return {
        "open": [o for o in shown if o["status"] == "open"],
        "past": [o for o in shown if o["status"] != "open"],
        "agreements": offerable(room) if room.seat and room.phase in ("talks", "orders") else [],
        "answerable": [o for o in shown if o["can_answer"]],
    }


def promises_of(room: Room, agreement: Any, parties: dict[str, str]) -> list[dict[str, Any]]:
    """What each side of an agreement would owe. An obligation names a party's role or a
    government."""
    found = []
    for obligation in (agreement.get("obligations") or {}).values():
        by: Any = obligation["by"]
        names: list[str] = by if isinstance(by, list) else [by]
        found.append(
            {
                "by": [room.party(parties.get(name) or name) for name in names],
                "text": obligation["text"],
            }
        )
    return found


def offerable(room: Room) -> list[dict[str, Any]]:
    """The agreements in which our government can be a party, with who may be the others."""
    found = []
    for key, agreement in (room.document.get("agreements") or {}).items():
        sides = [
            {"role": role, "title": role.replace("_", " "), "allowed": [room.party(g) for g in may]}
            for role, may in agreement["parties"].items()
        ]
        if any(room.seat == p.id for side in sides for p in side["allowed"]):
            found.append(
                {
                    "id": key,
                    "title": agreement["title"],
                    "text": agreement.get("text", ""),
                    "sides": sides,
                    "promises": promises_of(room, agreement, {}),
                }
            )
    return found
