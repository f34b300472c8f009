"""A session as plain JSON values, for the snapshot at the opening of a turn."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from apps.engine import Ruleset, State
from apps.games.session.state import Clock, OpenOffer, SeatState, Session


def session_to_json(session: Session) -> dict[str, Any]:
    """The session as plain JSON values. What few sessions have is left out where it is empty, so
    that a snapshot that was written before there was such a thing reads the same."""
    rare = {
        "timetable": dict(session.timetable),
        "scheduled": dict(session.scheduled),
        "heads_submit": session.heads_submit,
    }
    return {
        **{key: value for key, value in rare.items() if value},
        "phase": session.phase,
        "turn": session.turn,
        "turns": session.turns,
        "seed": session.seed,
        "review": session.review,
        "archived": session.archived,
        "seats": {name: _seat_to_json(seat) for name, seat in session.seats.items()},
        "clock": _clock_to_json(session.clock),
        "offers": {key: _offer_to_json(offer) for key, offer in session.offers.items()},
        "accords": list(session.accords),
        "injects": list(session.injects),
        "held": None if session.held is None else list(session.held),
        "amendments": list(session.amendments),
        "state": None if session.state is None else session.state.to_json(),
    }


def session_from_json(ruleset: Ruleset, data: Mapping[str, Any]) -> Session:
    """The session that `session_to_json` wrote, under the same rules."""
    state = data["state"]
    return Session(
        phase=data["phase"],
        turn=data["turn"],
        turns=data["turns"],
        seed=data["seed"],
        review=data["review"],
        archived=data["archived"],
        seats={name: _seat_from_json(seat) for name, seat in data["seats"].items()},
        clock=_clock_from_json(data["clock"]),
        offers={key: _offer_from_json(offer) for key, offer in data["offers"].items()},
        accords=tuple(data["accords"]),
        injects=tuple(data["injects"]),
        held=None if data["held"] is None else tuple(data["held"]),
        amendments=tuple(data["amendments"]),
        timetable=data.get("timetable") or {},
        scheduled=data.get("scheduled") or {},
        heads_submit=data.get("heads_submit", False),
        state=None if state is None else State.from_json(ruleset.layout, state),
    )


def _instant(at: datetime | None) -> str | None:
    return at.isoformat() if at else None


def _seat_to_json(seat: SeatState) -> dict[str, Any]:
    return {
        "mode": seat.mode,
        "doctrine": seat.doctrine,
        "ready": seat.ready,
        "absence": seat.absence,
        "orders": None if seat.orders is None else list(seat.orders),
        "votes": dict(seat.votes),
        "standing": list(seat.standing),
        "said": list(seat.said),
        **({"irreversible": True} if seat.irreversible else {}),
    }


def _seat_from_json(data: Mapping[str, Any]) -> SeatState:
    orders = data["orders"]
    return SeatState(
        mode=data["mode"],
        doctrine=data["doctrine"],
        ready=data["ready"],
        absence=data["absence"],
        orders=None if orders is None else tuple(orders),
        votes=data["votes"],
        standing=tuple(data["standing"]),
        said=tuple(data.get("said", ())),
        irreversible=bool(data.get("irreversible", False)),
    )


def _clock_to_json(clock: Clock) -> dict[str, Any]:
    return {
        "seconds": clock.seconds,
        "due": _instant(clock.due),
        "left": clock.left,
        "resume_at": _instant(clock.resume_at),
        "called": clock.called,
    }


def _clock_from_json(data: Mapping[str, Any]) -> Clock:
    def moment(text: str | None) -> datetime | None:
        return datetime.fromisoformat(text) if text else None

    return Clock(
        data["seconds"],
        moment(data["due"]),
        data["left"],
        moment(data["resume_at"]),
        data["called"],
    )


def _offer_to_json(offer: OpenOffer) -> dict[str, Any]:
    return {
        "agreement": offer.agreement,
        "proposer": offer.proposer,
        "parties": dict(offer.parties),
        "accepted": list(offer.accepted),
        "expires_turn": offer.expires_turn,
    }


def _offer_from_json(data: Mapping[str, Any]) -> OpenOffer:
    return OpenOffer(
        data["agreement"],
        data["proposer"],
        data["parties"],
        tuple(data["accepted"]),
        data["expires_turn"],
    )
