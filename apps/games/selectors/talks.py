"""Threads, statements and offers as a reader sees them."""

from __future__ import annotations

from typing import Any

from apps.engine.viewers import includes
from apps.games.models import Game, Membership, Message, Offer, ThreadMark
from apps.games.rulesets import document_for

SHOWN = 60
"""How many messages of a thread a page shows; older ones are asked for."""


def threads_for(
    game: Game, viewer: str, *, limit: int = SHOWN, before: int | None = None
) -> list[dict[str, Any]]:
    """The talks that `viewer` may read, the latest first, each with its last `limit` messages.

    `before` shows messages older than the one with that number; `more` says that there are some.
    """
    messages = Message.objects.filter(game=game, kind=Message.Kind.MESSAGE)
    names = [
        thread
        for thread in messages.order_by().values_list("thread", flat=True).distinct()
        if includes(thread, viewer)
    ]
    threads: list[tuple[int, dict[str, Any]]] = []
    for name in names:
        rows = messages.filter(thread=name).order_by("-sequence")
        if before is not None:
            rows = rows.filter(number__lt=before)
        found = list(rows[: limit + 1])
        if not found:
            continue
        shown = {
            "thread": name,
            "governments": governments_of(name),
            "messages": [message_dict(row) for row in reversed(found[:limit])],
            "more": len(found) > limit,
            "last_number": found[0].number,
            "last_at": found[0].sent_at,
        }
        threads.append((found[0].sequence, shown))
    return [shown for _, shown in sorted(threads, key=lambda item: item[0], reverse=True)]


def unread_for(membership: Membership) -> dict[str, int]:
    """How many messages of each thread somebody has not read; own messages are read."""
    viewer = membership.audience
    marks = dict(ThreadMark.objects.filter(membership=membership).values_list("thread", "sequence"))
    others = Message.objects.filter(game=membership.game_id, kind=Message.Kind.MESSAGE).exclude(
        author=membership.person_id
    )
    unread: dict[str, int] = {}
    for thread in others.order_by().values_list("thread", flat=True).distinct():
        if includes(thread, viewer):
            count = others.filter(thread=thread, sequence__gt=marks.get(thread, 0)).count()
            if count:
                unread[thread] = count
    return unread


def statements_for(game: Game, viewer: str, *, limit: int = SHOWN) -> list[dict[str, Any]]:
    """Statements, broadcasts and news from outside that `viewer` may read, the latest first."""
    rows = (
        Message.objects.filter(game=game).exclude(kind=Message.Kind.MESSAGE).order_by("-sequence")
    )
    seen = []
    for row in rows.iterator(chunk_size=100):
        if includes(row.thread, viewer):
            seen.append(message_dict(row))
            if len(seen) >= limit:
                break
    return seen


def offers_for(game: Game, viewer: str, *, limit: int = SHOWN) -> list[dict[str, Any]]:
    """Offers that `viewer` may know of: the open ones first, then the latest that are closed."""
    seat = viewer.removeprefix("seat:") if viewer.startswith("seat:") else None
    document = document_for(game)
    shown = []
    for offer in Offer.objects.filter(game=game).order_by("-sequence"):
        if not includes(offer.audience, viewer):
            continue
        about = document["agreements"][offer.agreement]
        asked = sorted(set(offer.parties.values()) - {offer.proposer})
        is_open = offer.status == Offer.Status.OPEN
        shown.append(
            {
                "id": str(offer.key),
                "agreement": offer.agreement,
                "title": about["title"],
                "agreement_text": about.get("text", ""),
                "proposer": offer.proposer,
                "parties": offer.parties,
                "asked": asked,
                "accepted": sorted(offer.answers),
                "status": offer.status,
                "status_title": offer.get_status_display(),
                "text": offer.text,
                "answer_text": offer.answer_text,
                "made_turn": offer.made_turn,
                "expires_turn": offer.expires_turn,
                "made_at": offer.made_at,
                "counter_to": str(offer.counter_to) if offer.counter_to else None,
                "can_answer": is_open and seat in asked and seat not in offer.answers,
                "can_withdraw": is_open and seat == offer.proposer,
            }
        )
    shown.sort(key=lambda offer: offer["status"] != Offer.Status.OPEN)
    return shown[:limit]


def governments_of(audience: str) -> list[str]:
    """The governments of "seat:US" or "seats:CHN,US"; empty for the public."""
    _, _, names = audience.partition(":")
    return names.split(",") if names else []


def message_dict(row: Message) -> dict[str, Any]:
    """A message for a page or an export."""
    return {
        "number": row.number,
        "kind": row.kind,
        "turn": row.turn,
        "sender": row.sender,
        "title": row.title,
        "text": row.text,
        "author": str(row.author) if row.author else None,
        "sent_at": row.sent_at,
    }
