"""The fold: each kind of event has one function here; kinds without one change nothing.

Engine events go to `engine.apply`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import datetime
from itertools import groupby
from typing import Any, Protocol

from apps import engine
from apps.engine import Ruleset
from apps.engine.applying import fold as fold_state
from apps.games.session.state import (
    FINISHED,
    ORDERS,
    REVIEW,
    Clock,
    OpenOffer,
    SeatState,
    Session,
)
from apps.games.session.timing import (
    clock_paused,
    clock_resumed,
    close_called,
    deadline_extended,
)
from apps.journal.kinds import ENGINE as ENGINE_KINDS


class Happening(Protocol):
    """What the fold needs of an event, whether it is in the journal already or about to be."""

    @property
    def kind(self) -> str: ...
    @property
    def payload(self) -> Mapping[str, Any]: ...
    @property
    def audience(self) -> str: ...


def fold(
    ruleset: Ruleset,
    records: Iterable[Any],
    *,
    start: Session | None = None,
    openings: dict[int, Session] | None = None,
) -> Session:
    """The session after `records`, from `start` or from nothing.

    `openings` collects the session at each opening of a turn: a reopened turn goes back there.
    """
    session = start or Session()
    openings = {} if openings is None else openings
    for is_result, group in groupby(records, key=lambda record: record.kind in ENGINE_KINDS):
        if is_result:
            session = advance_results(ruleset, session, group)
            continue
        for record in group:
            session = advance(ruleset, session, record, record.at, openings=openings)
            if record.kind == "TurnOpened":
                openings[session.turn] = session
    return session


def advance_results(ruleset: Ruleset, session: Session, events: Iterable[Happening]) -> Session:
    """The session after engine events, folded together: much cheaper than one by one."""
    if session.state is None:
        return session
    told = [engine.Event(event.kind, event.payload, event.audience) for event in events]
    return replace(session, state=fold_state(ruleset, session.state, told))


def advance(
    ruleset: Ruleset,
    session: Session,
    event: Happening,
    at: datetime,
    *,
    openings: Mapping[int, Session] | None = None,
) -> Session:
    """The session after one more event, which happened at `at`."""
    if event.kind in ENGINE_KINDS:
        return advance_results(ruleset, session, [event])
    if event.kind == "TurnReopened":
        return _turn_reopened(session, event.payload, openings or {})
    if event.kind == "GameStarted":
        state = engine.initial_state(ruleset, turns=session.turns)
        return replace(session, phase=ORDERS, state=state)
    change = CHANGES.get(event.kind)
    return change(session, event.payload, at) if change else session


# --- One function for each kind of event ------------------------------------------------------


def _game_created(session: Session, told: Mapping[str, Any], _at: datetime) -> Session:
    seats = {
        seat["government"]: SeatState(mode=seat["mode"], doctrine=seat.get("doctrine", ""))
        for seat in told["seats"]
    }
    clock = Clock(seconds=told["seconds_per_turn"])
    return replace(
        session,
        turns=told["turns"],
        seed=told["seed"],
        review=told["review"],
        seats=seats,
        clock=clock,
        timetable=dict(told.get("timetable") or {}),
        heads_submit=bool(told.get("heads_submit")),
    )


def _game_branched(session: Session, told: Mapping[str, Any], _at: datetime) -> Session:
    """A branch has no clock and no review: it is run on, not played against time."""
    phase = ORDERS if session.turn_is_open else session.phase
    return replace(
        session,
        phase=phase,
        seed=told["seed"],
        review=False,
        clock=Clock(),
        timetable={},
        scheduled={},
    )


def _turn_opened(session: Session, told: Mapping[str, Any], _at: datetime) -> Session:
    due = told.get("due_at")
    seats = {
        name: replace(seat, ready=False, orders=None, votes={})
        for name, seat in session.seats.items()
    }
    clock = Clock(session.clock.seconds, datetime.fromisoformat(due) if due else None)
    return replace(
        session,
        phase=told.get("phase", ORDERS),
        turn=told["turn"],
        seats=seats,
        clock=clock,
        accords=(),
        injects=(),
        held=None,
        amendments=(),
    )


def _phase_opened(session: Session, told: Mapping[str, Any], _at: datetime) -> Session:
    due = told["due_at"]
    clock = Clock(session.clock.seconds, datetime.fromisoformat(due) if due else None)
    return replace(session, phase=told["phase"], clock=clock)


def _timetable_set(session: Session, told: Mapping[str, Any], _at: datetime) -> Session:
    """The clocks of the phases to come; the one that runs goes on as it is."""
    clock = replace(session.clock, seconds=told["seconds_per_turn"])
    return replace(session, clock=clock, timetable=dict(told["timetable"]))


def _inject_scheduled(session: Session, told: Mapping[str, Any], _at: datetime) -> Session:
    return replace(session, scheduled={**session.scheduled, told["schedule"]: dict(told)})


def _schedule_ended(session: Session, told: Mapping[str, Any], _at: datetime) -> Session:
    kept = {key: one for key, one in session.scheduled.items() if key != told["schedule"]}
    return replace(session, scheduled=kept)


def _orders_submitted(session: Session, told: Mapping[str, Any], _at: datetime) -> Session:
    return _with_seat(session, told["seat"], orders=tuple(told["orders"]))


def _seat_ready(session: Session, told: Mapping[str, Any], _at: datetime) -> Session:
    return _with_seat(session, told["seat"], ready=True)


def _seat_not_ready(session: Session, told: Mapping[str, Any], _at: datetime) -> Session:
    return _with_seat(session, told["seat"], ready=False, orders=None)


def _vote_instructed(session: Session, told: Mapping[str, Any], _at: datetime) -> Session:
    votes = dict(session.seats[told["seat"]].votes)
    votes[told["draft"]] = told["vote"]
    return _with_seat(session, told["seat"], votes=votes)


def _standing_orders_set(session: Session, told: Mapping[str, Any], _at: datetime) -> Session:
    return _with_seat(session, told["seat"], standing=tuple(told["orders"]))


def _absence_policy_set(session: Session, told: Mapping[str, Any], _at: datetime) -> Session:
    return _with_seat(session, told["seat"], absence=told["policy"])


def _seat_handed_over(session: Session, told: Mapping[str, Any], _at: datetime) -> Session:
    return _with_seat(
        session,
        told["seat"],
        mode=told["mode"],
        doctrine=told.get("doctrine", ""),
        irreversible=bool(told.get("irreversible", False)),
        ready=False,
        orders=None,
    )


def _statement_published(session: Session, told: Mapping[str, Any], _at: datetime) -> Session:
    if told.get("by") != "doctrine":
        return session
    said = session.seats[told["government"]].said
    return _with_seat(session, told["government"], said=(*said, told["text"]))


def _offer_made(session: Session, told: Mapping[str, Any], _at: datetime) -> Session:
    offer = OpenOffer(
        agreement=told["agreement"],
        proposer=told["proposer"],
        parties=told["parties"],
        accepted=(),
        expires_turn=told["expires_turn"],
    )
    return replace(session, offers={**session.offers, told["offer"]: offer})


def _offer_accepted(session: Session, told: Mapping[str, Any], _at: datetime) -> Session:
    offer = session.offers[told["offer"]]
    accepted = tuple(sorted({*offer.accepted, told["government"]}))
    if set(accepted) >= set(offer.asked):
        accord = {"agreement": offer.agreement, "parties": dict(offer.parties)}
        closed = _without_offer(session, told["offer"])
        return replace(closed, accords=(*session.accords, accord))
    offers = {**session.offers, told["offer"]: replace(offer, accepted=accepted)}
    return replace(session, offers=offers)


def _offer_closed(session: Session, told: Mapping[str, Any], _at: datetime) -> Session:
    return _without_offer(session, told["offer"])


def _inject_sent(session: Session, told: Mapping[str, Any], _at: datetime) -> Session:
    inject, schedule = told.get("inject"), told.get("schedule")
    if schedule and schedule in session.scheduled:
        sent = {**session.scheduled[schedule], "sent": True}
        session = replace(session, scheduled={**session.scheduled, schedule: sent})
    return replace(session, injects=(*session.injects, inject)) if inject else session


def _review_set(session: Session, told: Mapping[str, Any], _at: datetime) -> Session:
    return replace(session, review=told["review"])


def _turn_closed(session: Session, _told: Mapping[str, Any], _at: datetime) -> Session:
    return replace(session, clock=Clock(seconds=session.clock.seconds))


def _results_held(session: Session, told: Mapping[str, Any], _at: datetime) -> Session:
    return replace(session, phase=REVIEW, held=tuple(told["events"]), amendments=())


def _amended(session: Session, told: Mapping[str, Any], _at: datetime) -> Session:
    return replace(session, amendments=(*session.amendments, dict(told)))


def _amendment_withdrawn(session: Session, told: Mapping[str, Any], _at: datetime) -> Session:
    kept = [one for place, one in enumerate(session.amendments) if place != told["number"]]
    return replace(session, amendments=tuple(kept))


def _results_released(session: Session, _told: Mapping[str, Any], _at: datetime) -> Session:
    return replace(session, held=None, amendments=())


def _game_finished(session: Session, _told: Mapping[str, Any], _at: datetime) -> Session:
    return replace(session, phase=FINISHED, offers={}, clock=Clock(session.clock.seconds))


def _game_archived(session: Session, _told: Mapping[str, Any], _at: datetime) -> Session:
    return replace(session, archived=True, clock=Clock(session.clock.seconds))


def _turn_reopened(
    session: Session, told: Mapping[str, Any], openings: Mapping[int, Session]
) -> Session:
    """Back to the opening of the turn, but with the seats as the facilitator has set them since."""
    opening = openings[told["turn"]]
    seats = {
        name: replace(
            seat,
            mode=session.seats[name].mode,
            doctrine=session.seats[name].doctrine,
            irreversible=session.seats[name].irreversible,
        )
        for name, seat in opening.seats.items()
    }
    return replace(
        opening,
        seats=seats,
        review=session.review,
        archived=session.archived,
        clock=Clock(session.clock.seconds),
        timetable=session.timetable,
        scheduled={
            key: {**one, "sent": False} if one["turn"] >= told["turn"] else one
            for key, one in session.scheduled.items()
        },
    )


CHANGES: dict[str, Callable[[Session, Mapping[str, Any], datetime], Session]] = {
    "GameCreated": _game_created,
    "GameBranched": _game_branched,
    "TurnOpened": _turn_opened,
    "OrdersSubmitted": _orders_submitted,
    "SeatReady": _seat_ready,
    "SeatNotReady": _seat_not_ready,
    "VoteInstructed": _vote_instructed,
    "StandingOrdersSet": _standing_orders_set,
    "AbsencePolicySet": _absence_policy_set,
    "SeatHandedOver": _seat_handed_over,
    "StatementPublished": _statement_published,
    "OfferMade": _offer_made,
    "OfferAccepted": _offer_accepted,
    "OfferCountered": _offer_closed,
    "OfferDeclined": _offer_closed,
    "OfferWithdrawn": _offer_closed,
    "OfferExpired": _offer_closed,
    "InjectSent": _inject_sent,
    "InjectScheduled": _inject_scheduled,
    "InjectWithdrawn": _schedule_ended,
    "PhaseOpened": _phase_opened,
    "TimetableSet": _timetable_set,
    "ClockPaused": clock_paused,
    "ClockResumed": clock_resumed,
    "DeadlineExtended": deadline_extended,
    "ReviewSet": _review_set,
    "CloseCalled": close_called,
    "TurnClosed": _turn_closed,
    "ResultsHeld": _results_held,
    "EffectAmended": _amended,
    "EffectAdded": _amended,
    "EffectStruck": _amended,
    "AmendmentWithdrawn": _amendment_withdrawn,
    "ResultsReleased": _results_released,
    "GameFinished": _game_finished,
    "GameArchived": _game_archived,
}
"""The fold's functions by kind; GameStarted, TurnReopened and the engine's kinds are above."""


def _with_seat(session: Session, name: str, **changes: Any) -> Session:
    return replace(session, seats={**session.seats, name: replace(session.seats[name], **changes)})


def _without_offer(session: Session, offer_id: str) -> Session:
    return replace(session, offers={k: v for k, v in session.offers.items() if k != offer_id})
