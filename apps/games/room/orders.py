"""Orders: what we can do, the drafts of this turn, and what they leave of our capital."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from apps.games.room.claims import claims_of
from apps.games.room.figures import spell
from apps.games.room.opened import Room
from apps.games.room.parameters import fields_of, spelled


def catalogue(room: Room) -> dict[str, Any]:
    """Every move of our government by theme: open with its cost, or closed with the reason."""
    themes: dict[str, list[dict[str, Any]]] = {}
    for option in room.moves_of():
        body = room.document["moves"][option.move]
        themes.setdefault(option.theme, []).append(
            {
                "id": option.move,
                "title": option.title,
                "text": option.text,
                "open": option.open and writes(room),
                "reason": option.reason or locked_words(room),
                "cost": spell(option.cost, 0 if float(option.cost).is_integer() else 1),
                "severity": f"{option.severity:g}",
                "secret": option.secret,
                "secrecy": secrecy_words(body.get("secrecy", "public")),
                "irreversible": option.irreversible,
                "roles": roles_words(room, option.roles),
                "claims": claims_of(room.document, body.get("claims") or []),
            }
        )
    for moves in themes.values():
        moves.sort(key=lambda move: not move["open"])
    return {
        "themes": [
            {"id": key, "title": key.replace("_", " ").capitalize(), "moves": moves}
            for key, moves in themes.items()
        ]
    }


def secrecy_words(secrecy: Any) -> str:
    """Who will know of an order, in words."""
    if secrecy == "public":
        return _("Everybody sees it.")
    terms = secrecy["secret"]
    if terms == "never":
        return _("Secret; it never comes to light by itself.")
    if terms.get("reveal_after"):
        return _("Secret; it comes to light after %d turns.") % terms["reveal_after"]
    return _("Secret until events bring it to light.")


def roles_words(room: Room, roles: tuple[str, ...] | list[str]) -> str:
    """The roles that may submit a move, by their titles."""
    known = room.document["governments"][room.seat].get("roles") or {}
    return ", ".join(known[role]["title"] for role in roles if role in known)


def locked_words(room: Room) -> str:
    """Why orders cannot be written now; empty if they can."""
    seat = (room.status.get("seats") or {}).get(room.seat) or {}
    if room.phase == "lobby":
        return _("Orders open when the facilitator starts the game.")
    if room.phase == "reading":
        return _("This is the time to read the results; orders are drafted in the next phase.")
    if room.phase == "review":
        return _("The facilitator reviews the results; orders open with the next turn.")
    if room.phase == "finished":
        return _("The game is over.")
    if seat.get("mode") != "people":
        return _("The facilitator has handed this seat over; it takes no orders.")
    if seat.get("ready"):
        return _("We are ready. Press “Not ready” to change orders.")
    return ""


def writes(room: Room) -> bool:
    """Whether our delegation can write orders now."""
    return not locked_words(room)


def drafts(room: Room) -> dict[str, Any]:
    """The drafts of the open turn as forms, or as text while they are locked."""
    options = {option.move: option for option in room.moves_of()}
    return {
        "drafts": [draft_of(room, draft, options) for draft in room.status["orders"]["drafts"]],
        "locked": locked_words(room),
        "standing": standing(room),
    }


ABSENCE = {
    "hold": gettext_lazy("the drafts are submitted as they stand."),
    "standing": gettext_lazy("our standing orders are submitted if there is no draft."),
    "doctrine": gettext_lazy("a doctrine decides for us in that turn."),
}


def standing(room: Room) -> dict[str, Any]:
    """What happens if nobody of the delegation is there, and the orders kept for that case."""
    kept = room.status["orders"]["standing"]
    moves = room.document["moves"]
    return {
        "count": len(kept),
        "titles": [moves[order["move"]]["title"] for order in kept if order["move"] in moves],
        "words": ABSENCE.get(room.status["orders"]["absence"], ""),
    }


def draft_of(room: Room, draft: dict[str, Any], options: dict[str, Any]) -> dict[str, Any]:
    """One draft with its fields, its cost, and what keeps it from being submitted."""
    body = room.document["moves"][draft["move"]]
    option = options.get(draft["move"])
    return {
        **draft,
        "title": body["title"],
        "text": body["text"],
        "secret": body.get("secrecy", "public") != "public",
        "cost": spell(option.cost, 1) if option else "–",
        "fields": fields_of(room, draft["move"], draft["parameters"]),
        "words": spelled(room, draft["move"], draft["parameters"]),
        "unfinished": unfinished_words(draft),
        "by": draft["updated_by"] or _("the delegation"),
    }


def unfinished_words(draft: dict[str, Any]) -> str:
    """What a draft still lacks before it can be submitted."""
    if not draft["intent"]:
        return _("Say what this is for before you are ready.")
    if not draft["expects"]:
        return _("Say what reaction you expect before you are ready.")
    return ""


def budget(room: Room) -> dict[str, Any] | None:
    """Capital, what the drafts cost, and what is left; None without a state."""
    own = room.view.get("own")
    if not own or not room.seat:
        return None
    capital = float(own.get("capital") or 0)
    costs = {option.move: option.cost for option in room.moves_of()}
    written = room.status["orders"]["drafts"]
    cost = sum(costs.get(draft["move"], 0) for draft in written)
    most = (room.document["scenario"].get("capital") or {}).get("orders_per_turn", 0)
    return {
        "capital": spell(capital, 1),
        "cost": spell(cost, 1),
        "left": spell(capital - cost, 1),
        "over": cost > capital + 1e-9 or len(written) > most,
        "full": max(capital, 0.1),
        "used": min(cost, max(capital, 0.1)),
        "count": len(written),
        "most": most,
    }


def count(room: Room) -> dict[str, Any]:
    """How many drafts there are, for the panel's tab."""
    return {"count": len(room.status["orders"]["drafts"])}
