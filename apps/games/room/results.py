"""The results of a turn: dispatches, our intents against outcomes, effects by cause, votes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from apps.games.room.causes import causes_in, grouped, outline, sentence_of_change
from apps.games.room.news import news_in
from apps.games.room.opened import Room, changes_in
from apps.games.room.parameters import spelled

OUTCOMES = ("ResolutionAdopted", "ResolutionFailed", "ResolutionVetoed")


def headlines(room: Room) -> dict[str, Any]:
    """The dispatches of the last turn, and how the game ended if it has."""
    return {"dispatches": dispatches_of(room, room.last_turn), "ended": room.view.get("ended")}


def movers(room: Room) -> dict[str, Any]:
    """The figures that the last turn moved most, for the situation."""
    events = room.events_of(room.last_turn) if room.last_turn else []
    return {"movers": movers_in(room, events)[:9]}


def results(room: Room) -> dict[str, Any]:
    """The results of the last closed turn, and links to those before."""
    return {
        **(turn_results(room, room.last_turn) if room.last_turn else {}),
        "turns": room.closed_turns[::-1],
        "ended": room.view.get("ended"),
        "held": room.phase == "review",
    }


def turn_results(room: Room, turn: int) -> dict[str, Any]:
    """Everything that a closed turn did, as this audience may know it."""
    events = room.events_of(turn)
    return {
        "shown": turn,
        "dispatches": dispatches_of(room, turn),
        "orders": orders_in(room, events),
        "public": public_orders(room, events),
        "causes": outline(grouped(causes_in(room, events))),
        "objectives": objectives_in(room, events),
        "resolutions": [e for e in events if e["kind"] in OUTCOMES],
        "movers": movers_in(room, events),
    }


def dispatches_of(room: Room, turn: int) -> list[Mapping[str, Any]]:
    """The news of a turn as this audience may know it."""
    return news_in(room.events_of(turn) if turn else [])


def orders_in(room: Room, events: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Our orders: what we meant, what we expected, and what came of each."""
    found = []
    causes = causes_in(room, events)
    for event in events:
        if event["kind"] not in ("OrderAccepted", "OrderRejected"):
            continue
        order = event["payload"].get("order") or {}
        if not room.seat or order.get("seat") != room.seat:
            continue
        body = room.document["moves"].get(order["move"]) or {}
        own = [c for c in causes if c["move"] == order["move"] and c["actor"] == room.seat]
        found.append(
            {
                "title": body.get("title", order["move"]),
                "words": spelled(room, order["move"], order.get("parameters") or {})
                if body
                else [],
                "intent": order.get("intent", ""),
                "expects": order.get("expects", ""),
                "rejected": event["kind"] == "OrderRejected",
                "reason": event["payload"].get("reason", ""),
                "effects": [effect for cause in own for effect in cause["effects"]],
            }
        )
    return found


def public_orders(room: Room, events: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """What the other governments did, as far as we know."""
    found = []
    for event in events:
        if event["kind"] not in ("OrderAccepted", "OrderRevealed"):
            continue
        order = event["payload"].get("order") or {}
        if order and order.get("seat") != room.seat:
            body = room.document["moves"].get(order["move"]) or {}
            found.append(
                {
                    "party": room.party(order["seat"]),
                    "title": body.get("title", order["move"]),
                    "words": spelled(room, order["move"], order.get("parameters") or {}),
                    "revealed": event["kind"] == "OrderRevealed",
                }
            )
    return found


def movers_in(room: Room, events: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Every figure that the turn changed, by how much of its range, the largest first."""
    changes = changes_in(events)
    sentences = [sentence_of_change(room, label, told) for label, told in changes.items()]
    found = [sentence for sentence in sentences if sentence]
    found.sort(key=lambda change: -change["share"])
    return found


def objectives_in(room: Room, events: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """How far our objectives stood after the turn."""
    known = (room.document.get("objectives") or {}).get(room.seat) or {}
    return [
        {
            "title": known.get(e["payload"]["objective"], {}).get("title", ""),
            "percent": round(100 * e["payload"]["value"]),
            "reached": e["payload"].get("reached"),
        }
        for e in events
        if e["kind"] == "ObjectiveMeasured" and e["payload"].get("seat") == room.seat
    ]
