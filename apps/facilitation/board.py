"""What the control room's board shows of one session, read from the rows and the journal's state.

A facilitator sees presence and progress here, never what a draft says: for that there is "view as".
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

import redis
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from apps.accounts.models import Person
from apps.accounts.permissions import Permission, Role
from apps.games.models import Game, Message, OrderDraft, ThreadMark
from apps.games.rulesets import document_for
from apps.games.selectors import allows, clock_for, cursor_for, seats_for, view_for
from wargame.health import Unready, check_worker

SHORT = timedelta(minutes=1)

PHASES = {
    "lobby": lazy("Before the start"),
    "reading": lazy("Reading"),
    "talks": lazy("Talks"),
    "orders": lazy("Orders"),
    "review": lazy("Under review"),
    "finished": lazy("Finished"),
}
TONES = {
    "lobby": "",
    "reading": "action",
    "talks": "action",
    "orders": "action",
    "review": "warn",
    "finished": "good",
}
OPEN_NEXT = {"talks": lazy("Open the talks"), "orders": lazy("Open the orders")}
LEFT = {
    "reading": lazy("left for reading"),
    "talks": lazy("left for the talks"),
    "orders": lazy("left in this turn"),
}
ENDS = {
    "reading": lazy("The talks or orders open when you open them."),
    "talks": lazy("The orders open when you open them."),
    "orders": lazy("The turn closes when all are ready, or when you close it."),
}


def board_for(game: Game, person: Person) -> dict[str, Any]:
    """The board of `game` as `person`, who runs or watches it, sees it."""
    clock = clock_for(game)
    drafts = _drafts(game)
    unread = unread_by_seat(game)
    seats = [
        {
            **seat,
            "drafts": drafts[seat["government"]],
            "unread": unread[seat["government"]],
            "people": [
                {**one, "ago": ago(clock["now"], one["last_seen"])} for one in seat["people"]
            ],
        }
        for seat in seats_for(game)
    ]
    people = [seat for seat in seats if seat["mode"] == "people"]
    members = game.memberships.filter(removed_at=None, role=Role.PLAYER).select_related("person")
    shown = _game(game, clock)
    return {
        **heading_for(game, person),
        "clock": clock,
        "seats": seats,
        "unseated": [str(one.person) for one in members if not one.government],
        "people_count": len(members),
        "ready": sum(seat["ready"] for seat in people),
        "expected": len(people),
        "waiting": [seat for seat in people if not seat["ready"]],
        "acts": _acts(game, person, shown),
        "warnings": _warnings(shown, seats, clock),
    }


def ago(now: datetime, seen: datetime | None) -> str:
    """How long ago somebody was seen, in one short word: "7 min", "2 h", "3 d"; "" for never."""
    if seen is None:
        return ""
    minutes = max(1, int((now - seen).total_seconds() // 60))
    if minutes < 60:
        return _("%(n)s min") % {"n": minutes}
    if minutes < 24 * 60:
        return _("%(n)s h") % {"n": minutes // 60}
    return _("%(n)s d") % {"n": minutes // (24 * 60)}


def heading_for(game: Game, person: Person) -> dict[str, Any]:
    """What every page of the control room shows of the session, and which pages there are."""
    return {
        "game": _game(game, clock_for(game)),
        "may": {
            "people": allows(person, game, Permission.ASSIGN_SEATS),
            "news": allows(person, game, Permission.INJECT),
            "review": allows(person, game, Permission.REVIEW),
            "turns": allows(person, game, Permission.REOPEN),
            "record": allows(person, game, Permission.PIN_NOTES),
            "archive": allows(person, game, Permission.ARCHIVE),
            "manage": allows(person, game, Permission.MANAGE_PEOPLE),
        },
        "governments": document_for(game)["governments"],
        "cursor": cursor_for(game, "facilitator"),
    }


def _game(game: Game, clock: Mapping[str, Any]) -> dict[str, Any]:
    running = game.turn_is_open
    view = view_for(game, "facilitator")
    return {
        "id": game.id,
        "title": game.title,
        "scenario": game.resolved.title,
        "code": game.join_code,
        "phase": game.phase,
        "phase_title": PHASES[game.phase],
        "turn": game.turn,
        "turns": game.turns,
        "date": view["date"] if view else "",
        "running": running,
        "deciding": game.phase == Game.Phase.ORDERS,
        "phases": [
            {"id": phase, "title": PHASES[phase], "now": phase == game.phase}
            for phase in clock["phases"]
        ],
        "left": LEFT.get(game.phase, ""),
        "ends": ENDS.get(game.phase, ""),
        "next": OPEN_NEXT.get(clock["next_phase"] or "", ""),
        "paused": running and clock["paused"],
        "deadline": clock["due"] if running else None,
        "review": game.review,
        "class_group": game.class_group,
        "archived": game.archived_at is not None,
    }


def _drafts(game: Game) -> Counter[str]:
    rows = OrderDraft.objects.filter(game=game, turn=game.turn)
    return Counter(rows.values_list("government", flat=True))


def unread_by_seat(game: Game) -> Counter[str]:
    """How many messages of others wait for each delegation that nobody of it has read."""
    read: dict[tuple[str, str], int] = {}
    marks = ThreadMark.objects.filter(membership__game=game, membership__removed_at=None)
    for thread, own, deputy, sequence in marks.values_list(
        "thread", "membership__government", "membership__deputy_for", "sequence"
    ):
        for seat in {own, deputy} - {""}:
            read[seat, thread] = max(sequence, read.get((seat, thread), 0))
    unread: Counter[str] = Counter()
    rows = Message.objects.filter(
        game=game, kind=Message.Kind.MESSAGE, thread__startswith="seats:", turn__gte=game.turn - 1
    )
    for thread, sender, sequence in rows.values_list("thread", "sender", "sequence"):
        for seat in thread.partition(":")[2].split(","):
            if seat != sender and sequence > read.get((seat, thread), 0):
                unread[seat] += 1
    return unread


def _acts(game: Game, person: Person, shown: Mapping[str, Any]) -> dict[str, bool]:
    clock = allows(person, game, Permission.RUN_CLOCK)
    return {
        "start": clock and game.phase == Game.Phase.LOBBY,
        "pause": clock and bool(shown["deadline"]),
        "resume": clock and shown["paused"],
        "extend": clock and (bool(shown["deadline"]) or shown["paused"]),
        "next": clock and bool(shown["next"]),
        "review": game.phase == Game.Phase.REVIEW and allows(person, game, Permission.REVIEW),
        "rehearse": shown["running"] and (game.rehearsal or game.parent_id is not None),
        "close": shown["running"] and allows(person, game, Permission.CLOSE_TURN),
    }


def _warnings(
    shown: Mapping[str, Any], seats: list[dict[str, Any]], clock: Mapping[str, Any]
) -> list[dict[str, str]]:
    found = []
    empty = [seat["name"] for seat in seats if seat["mode"] == "people" and not seat["people"]]
    if empty and shown["phase"] != Game.Phase.FINISHED:
        text = _("Nobody sits for: %(names)s.") % {"names": ", ".join(empty)}
        found.append({"tone": "warn", "text": text})
    if shown["running"] and (silence := _worker_silence()) is not None:
        found.append({"tone": "bad", "text": silence})
    if shown["deadline"] and shown["deadline"] - clock["now"] < SHORT:
        found.append({"tone": "warn", "text": _("Less than a minute is left in this phase.")})
    return found


def _worker_silence() -> str | None:
    """What to say where no worker was heard lately; None where one was."""
    try:
        check_worker()
    except Unready:
        return str(
            _(
                "No worker was heard lately. Turns are safe, and close as soon as one is back: "
                "tell whoever runs the server."
            )
        )
    except redis.RedisError:
        return str(_("Redis does not answer. Turns are safe, and close as soon as it is back."))
    return None
