"""Closing a turn, once, whoever asks and however often."""

from __future__ import annotations

import uuid
from datetime import timedelta

from apps.accounts.models import Person
from apps.games.desk import Desk, open_desk
from apps.games.models import OrderDraft
from apps.games.services.doctrine_seats import (
    doctrine_answers,
    doctrine_orders,
    record_doctrine_votes,
)
from apps.games.services.drafts import order_of
from apps.games.services.readiness import record_orders
from apps.games.services.turns import open_next_turn_or_finish
from apps.games.session import ORDERS, adjudicate_session
from wargame.observation.metrics import TURNS_CLOSED, turn_stage

REASONS = ("all_ready", "deadline", "called", "facilitator")
"""Why a turn closes. "called" holds while the facilitator's call stands, which a reopening ends;
"facilitator" is an order of this very moment, from a command or a branch."""


def close_turn(*, game_id: uuid.UUID, turn: int, reason: str, by: Person | None = None) -> bool:
    """Close `turn` if it is open and `reason` holds: adjudicate, record, open the next.

    True if this call closed it. Everything is one transaction under the game's lock: a worker
    that is killed anywhere leaves the turn open, and the next run gives the same result, because
    every draw is keyed by seed, turn and rule.
    """
    with turn_stage("total"), open_desk(game_id, actor=by) as desk:
        if not _should_close(desk, turn, reason):
            return False
        with turn_stage("submit"):
            submit_the_rest(desk)
            doctrine_answers(desk)
            told = "facilitator" if reason == "called" else reason
        desk.record("TurnClosed", {"turn": turn, "reason": told})
        with turn_stage("adjudicate"):
            outcome = adjudicate_session(desk.ruleset, desk.session)
        with turn_stage("record"):
            if desk.session.review:
                held = [event.to_json() for event in outcome.events]
                desk.record("ResultsHeld", {"turn": turn, "events": held}, "facilitator")
            else:
                desk.record_results(outcome.events)
                open_next_turn_or_finish(desk)
    TURNS_CLOSED.labels(reason).inc()
    return True


def _should_close(desk: Desk, turn: int, reason: str) -> bool:
    session = desk.session
    if session.archived or not session.turn_is_open or session.turn != turn:
        return False
    if reason == "all_ready":
        return session.everybody_ready()
    if reason == "called":
        return session.clock.called
    if reason == "deadline":
        # The clock of another phase ends that phase and not the turn.
        due = session.clock.due if session.phase == ORDERS else None
        return due is not None and due + timedelta(seconds=desk.game.grace_seconds) <= desk.now
    return reason == "facilitator"


def submit_the_rest(desk: Desk) -> None:
    """Submit for every seat that has not: its drafts as they stand, or what leads it instead."""
    drafts: dict[str, list[OrderDraft]] = {}
    for draft in OrderDraft.objects.filter(game=desk.game, turn=desk.session.turn):
        drafts.setdefault(draft.government, []).append(draft)
    for seat, standing in desk.session.seats.items():
        if standing.orders is not None or standing.mode == "nobody":
            continue
        if standing.mode == "doctrine":
            record_orders(desk, seat, doctrine_orders(desk, seat, standing.doctrine), by="doctrine")
            record_doctrine_votes(desk, seat, standing.doctrine)
            continue
        orders = [order_of(draft).to_json() for draft in drafts.get(seat, ())]
        by = "clock"
        if not orders and standing.absence == "standing":
            orders, by = [dict(order) for order in standing.standing], "standing"
        elif not orders and standing.absence == "doctrine":
            orders, by = doctrine_orders(desk, seat, standing.doctrine), "doctrine"
        record_orders(desk, seat, orders, by=by)
