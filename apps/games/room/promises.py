"""Promises: the ledger of agreements with every obligation, open, kept or broken."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from apps.games.room.opened import Room


def status_words(status: str) -> str:
    """What became of an obligation, in a word."""
    return {"open": _("open"), "kept": _("kept"), "broken": _("broken")}.get(status, status)


def ledger(room: Room) -> dict[str, Any]:
    """The agreements that this audience knows of, newest first."""
    agreements = [
        {
            **agreement,
            "parties": parties_in(room, agreement["parties"]),
            "obligations": [
                {
                    **promise,
                    "party": room.party(name_of(promise["by"])),
                    "words": status_words(promise["status"]),
                }
                for promise in agreement["obligations"]
            ],
        }
        for agreement in room.view["agreements"]
    ]
    agreements.sort(key=lambda agreement: -(agreement.get("since") or 0))
    return {"agreements": agreements}


def parties_in(room: Room, parties: Any) -> list[Any]:
    """The governments of an agreement, however the view holds them."""
    names = parties.values() if isinstance(parties, dict) else parties
    return [room.party(name) for name in dict.fromkeys(names)]


def name_of(by: Any) -> str:
    """The government that owes, where the view holds one or a list."""
    return by if isinstance(by, str) else ", ".join(by)
