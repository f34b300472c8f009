"""The head of the room: turn, date, phase, clock; and what is asked of the delegation now."""

from __future__ import annotations

from datetime import UTC, date
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from apps.games.room.opened import Room
from apps.games.room.orders import budget, unfinished_words
from apps.games.services.submitters import head_role

PHASES = {
    "lobby": (gettext_lazy("taking seats"), ""),
    "reading": (gettext_lazy("reading"), "action"),
    "talks": (gettext_lazy("talks"), "action"),
    "orders": (gettext_lazy("delegations decide"), "action"),
    "review": (gettext_lazy("the facilitator reviews the results"), "warn"),
    "finished": (gettext_lazy("the game is over"), "good"),
}
NAMES = {
    "reading": gettext_lazy("Reading"),
    "talks": gettext_lazy("Talks"),
    "orders": gettext_lazy("Orders"),
}
"""The phases of a turn as its steps are named in the head."""


def head(room: Room) -> dict[str, Any]:
    """Turn, date, phase and clock. No time of now in it: the page's clock knows that."""
    words, tone = PHASES.get(room.phase, (room.phase, ""))
    clock = room.status["clock"]
    due = clock.due.astimezone(UTC).isoformat() if clock.due else ""
    return {
        "date": spelled_date(room),
        "phase": {"words": words, "tone": tone},
        "clock": {
            "deadline": due if room.turn_is_open else "",
            "remaining": round(clock.left) if clock.left is not None else None,
            "closes": room.phase == "orders",
            "without": without_clock(room),
        },
        "steps": steps(room),
    }


def without_clock(room: Room) -> str:
    """What ends the open phase where no clock does; "" where no turn is open."""
    if not room.turn_is_open:
        return ""
    if room.alone:
        return _("No clock: the turn closes when you are ready.")
    if room.phase == "orders":
        return _("No clock: the turn closes when all are ready.")
    return _("No clock: the facilitator opens the next phase.")


def steps(room: Room) -> list[dict[str, Any]]:
    """The phases of the open turn in their order; empty where a turn is one phase."""
    phases = list(room.status.get("phases") or ())
    if room.phase not in phases or len(phases) < 2:
        return []
    here = phases.index(room.phase)
    return [
        {"words": NAMES[phase], "now": place == here, "done": place < here}
        for place, phase in enumerate(phases)
    ]


def may_do(room: Room) -> str:
    """What may be done in a phase before the orders, and what comes after it; "" elsewhere."""
    if not room.seat or room.phase not in ("reading", "talks"):
        return ""
    if room.phase == "talks":
        return _("Talk, offer, and draft orders. They are submitted in the phase after this one.")
    if "talks" in room.status["phases"]:
        return _("Read, and confer within our delegation. Talks with others open next.")
    return _("Read, and confer within our delegation. Orders open next.")


def spelled_date(room: Room) -> str:
    """The date of the turn as the game's calendar counts, in the active language.

    "12 September 2016", or "October 2016" where a step is counted in months.
    """
    text = str(room.view.get("date") or "")
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return text
    step = (room.document["scenario"].get("calendar") or {}).get("step") or {}
    return date_format(day, "YEAR_MONTH_FORMAT" if "months" in step else "DATE_FORMAT")


def desk(room: Room) -> dict[str, Any]:
    """What a delegation needs in sight on every panel."""
    seats = room.status["seats"]
    return {
        "asked": asked(room),
        "budget": budget(room) if room.phase in ("talks", "orders") else None,
        "may_do": may_do(room),
        "readiness": readiness(room),
        "waiting": [
            {
                "party": room.party(name),
                "mode": seat["mode"],
                "ready": seat["ready"],
                "people": len(seat["people"]),
            }
            for name, seat in seats.items()
            if room.turn_is_open or room.phase == "lobby"
        ],
    }


def readiness(room: Room) -> dict[str, Any] | None:
    """Our ready button, while a turn is open and people lead our seat."""
    ours = room.status["seats"].get(room.seat) or {}
    if not room.seat or room.phase != "orders" or ours.get("mode") != "people":
        return None
    return {
        "ready": ours["ready"],
        "count": len(room.status["orders"]["drafts"]),
        "submitters": submitters(room),
        "otherwise": _what_closes(room),
    }


def _what_closes(room: Room) -> str:
    """When the turn closes, in words."""
    if room.status["clock"].due:
        return _("If the clock runs out first, the drafts are submitted as they stand.")
    if room.alone:
        return _("The turn closes as soon as you are ready: the doctrines decide at once.")
    return _("When every delegation is ready, the turn closes.")


def submitters(room: Room) -> list[dict[str, Any]]:
    """Who of our delegation submits, where heads do; empty where everybody may."""
    if not room.status.get("heads_submit"):
        return []
    role = head_role(room.document, room.seat)
    people = room.status["seats"][room.seat]["people"]
    return [person for person in people if person["deputy"] or person["role"] == role]


def asked(room: Room) -> list[dict[str, Any]]:
    """What is asked of whoever looks, most urgent first; never empty."""
    if not room.seat:
        return [{"words": _("You watch: nothing is asked of you.")}]
    if room.phase == "lobby":
        return [{"words": _("Read our brief while the others take their seats."), "link": "#brief"}]
    if room.phase == "finished":
        return [
            {"words": _("Read how it ended."), "link": "#results"},
            {"words": _("Watch the replay."), "link": f"/replay/{room.game_id}/"},
        ]
    if room.phase == "review":
        return [{"words": _("Wait for the results: the facilitator reviews them.")}]
    items = []
    if room.last_turn:
        words = _("Read the results of turn %d.") % room.last_turn
        items.append({"words": words, "link": "#results"})
    if room.phase == "reading":
        return items or [{"words": _("Read our brief and the situation."), "link": "#brief"}]
    if room.phase == "talks":
        return items + asked_of_rolls(room) + asked_of_talks(room) + asked_before_orders(room)
    return (
        items
        + asked_of_rolls(room)
        + asked_of_talks(room)
        + asked_of_council(room)
        + asked_of_orders(room)
    )


def asked_of_rolls(room: Room) -> list[dict[str, Any]]:
    """The roll calls of the turn that has just closed."""
    return [
        {
            "words": _("Hear the roll call in the Council."),
            "link": f"#call-{resolution['draft']}-{resolution['turn']}",
        }
        for resolution in room.view["resolutions"]
        if room.last_turn and resolution["turn"] == room.last_turn
    ][:1]


def asked_of_talks(room: Room) -> list[dict[str, Any]]:
    """Offers that wait for our answer."""
    waiting = sum(1 for offer in room.offers_of() if offer["can_answer"])
    if not waiting:
        return []
    words = ngettext("Answer %d offer.", "Answer %d offers.", waiting) % waiting
    return [{"words": words, "link": "#room-offers"}]


def asked_before_orders(room: Room) -> list[dict[str, Any]]:
    """What can be prepared while talks go on."""
    if room.status["orders"]["drafts"]:
        return [{"words": _("Settle our drafts with the others."), "link": "#room-drafts"}]
    return [{"words": _("Draft our orders while we talk."), "link": "#orders"}]


def asked_of_council(room: Room) -> list[dict[str, Any]]:
    """Votes that we have to instruct this turn, one item for each draft."""
    items = []
    for draft in room.view["docket"]:
        body = (room.document.get("bodies") or {}).get(draft["body"]) or {}
        votes = any(m.get("government") == room.seat for m in body.get("members", {}).values())
        if votes and draft.get("votes_on") == room.turn:
            done = draft["draft"] in (room.status.get("votes") or {})
            words = _("Instruct our vote in the %s.") % body["title"]
            items.append({"words": words, "link": f"#docket-{draft['draft']}", "done": done})
    return items


def asked_of_orders(room: Room) -> list[dict[str, Any]]:
    """Drafting, finishing drafts, and being ready."""
    written = room.status["orders"]["drafts"]
    ready = bool((room.status["seats"].get(room.seat) or {}).get("ready"))
    if ready:
        return [{"words": _("We are ready; waiting for the others."), "done": True}]
    if not written:
        return [
            {"words": _("Choose our orders, or be ready without any."), "link": "#orders"},
        ]
    unfinished = sum(1 for d in written if d["problem"] or unfinished_words(d))
    if unfinished:
        words = ngettext("Finish %d draft.", "Finish %d drafts.", unfinished) % unfinished
        return [{"words": words, "link": "#room-drafts"}]
    return [{"words": _("All drafts are complete: press ready.")}]
