"""What if: a game played on from one of its turns, with something changed.

Both arms of the comparison go on by doctrine after the branching turn and under the same seed.
Every draw is keyed by seed, turn and rule, so that what differs between them follows from the
change alone. Nothing is written here.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, cast

from apps.engine import Vote
from apps.games.desk import Desk
from apps.games.services.doctrine_seats import (
    doctrine_answers,
    doctrine_orders,
    record_doctrine_votes,
)
from apps.games.services.readiness import record_orders
from apps.games.services.turns import open_next_turn_or_finish
from apps.games.session import ORDERS, Session, adjudicate_session, advance
from apps.journal.store import NewEvent, Record
from apps.replay.paper_desk import PaperDesk
from apps.replay.sources import Source


@dataclass(frozen=True, slots=True)
class Changes:
    """What is otherwise in the branching turn, and who leads the seats after it.

    `orders` replaces a seat's orders of that turn; `votes` maps draft -> member -> choice;
    `injects` are called in it; `doctrines` names the doctrine by which a seat goes on, where it
    is not to be its first one.
    """

    orders: Mapping[str, list[dict[str, Any]]] = field(default_factory=dict)
    votes: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    injects: Sequence[str] = ()
    doctrines: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Changes:
        """The changes as a WhatIf keeps them."""
        return cls(
            orders=data.get("orders", {}),
            votes=data.get("votes", {}),
            injects=tuple(data.get("injects", ())),
            doctrines=data.get("doctrines", {}),
        )

    def to_json(self) -> dict[str, Any]:
        """Plain values, for a WhatIf."""
        return {
            "orders": dict(self.orders),
            "votes": dict(self.votes),
            "injects": list(self.injects),
            "doctrines": dict(self.doctrines),
        }


@dataclass(frozen=True, slots=True)
class Played:
    """One arm: the events that followed the branching turn's decisions, and what they came to."""

    events: list[NewEvent]
    session: Session
    tracks: dict[str, list[float]]

    @property
    def ending(self) -> str:
        """Id of the ending, "" where none was reached."""
        return (self.session.state.ended if self.session.state else None) or ""


def play_on(
    source: Source,
    decided: Session,
    *,
    turn: int,
    changes: Changes,
    seed: str,
    at: datetime,
) -> Played:
    """Close the turn that `decided` holds, with `changes`, and go on by doctrine to the end."""
    desk = PaperDesk(source, decided, at)
    told = {
        "parent": str(source.stream),
        "turn": turn,
        "seed": seed,
        "changed": sorted({*changes.orders, *changes.votes, *changes.injects}),
    }
    desk.record("GameBranched", told, "facilitator")
    _change(source, desk, changes)
    course: dict[str, list[float]] = {}
    _close(desk)
    _keep_course(source, desk.session, course)
    if desk.session.phase == ORDERS:
        _hand_to_doctrine(source, desk, changes)
    while desk.session.phase == ORDERS:
        _decide_by_doctrine(desk)
        _close(desk)
        _keep_course(source, desk.session, course)
    return Played(desk.events, desk.session, course)


def decided_session(source: Source, opening: Session, records: Iterable[Record]) -> Session:
    """The session right before the turn closed: what every seat had decided by then."""
    session = opening
    for record in records:
        if record.kind == "TurnClosed":
            break
        session = advance(source.ruleset, session, record, record.at)
    return session


def doctrine_of(source: Source, seat: str, standing: str, changes: Changes) -> str:
    """The doctrine by which a seat goes on: the one chosen, else the one that it has (`standing`),
    else its first; "" if the scenario gives it none."""
    known = list(source.document.get("doctrines", {}).get(seat, {}))
    wanted = (changes.doctrines.get(seat, ""), standing, *known)
    return next((one for one in wanted if one in known), "")


def _change(source: Source, desk: PaperDesk, changes: Changes) -> None:
    """Put the changes in place of what was decided for the branching turn, as events."""
    for seat, orders in changes.orders.items():
        if seat in desk.session.seats:
            record_orders(cast(Desk, desk), seat, list(orders), by="what_if")
    assert desk.session.state is not None
    docket = {draft.id: draft.body for draft in desk.session.state.docket}
    for draft, choices in changes.votes.items():
        for member, choice in choices.items():
            if draft in docket:
                _instruct(source, desk, docket[draft], draft, member, choice)
    for inject in changes.injects:
        _call(source, desk, inject)


def _instruct(
    source: Source, desk: PaperDesk, body: str, draft: str, member: str, choice: str
) -> None:
    """Instruct the vote of a member that a government of the game stands behind."""
    seat = source.document["bodies"][body]["members"].get(member, {}).get("government")
    if seat in desk.session.seats:
        vote = Vote(body=body, draft=draft, member=member, choice=choice).to_json()
        desk.record("VoteInstructed", {"seat": seat, "draft": draft, "vote": vote}, f"seat:{seat}")


def _call(source: Source, desk: PaperDesk, inject: str) -> None:
    """Let an inject of the scenario happen in the branching turn."""
    about = source.document.get("injects", {}).get(inject)
    if about is not None:
        told = {
            "turn": desk.session.turn,
            "inject": inject,
            "title": about["title"],
            "text": about.get("text", ""),
            "sender": about.get("from", "News"),
        }
        desk.record("InjectSent", told, "facilitator")


def _hand_to_doctrine(source: Source, desk: PaperDesk, changes: Changes) -> None:
    """Every seat that has a doctrine is led by it from here on."""
    for seat, standing in desk.session.seats.items():
        doctrine = doctrine_of(source, seat, standing.doctrine, changes)
        mode = "doctrine" if doctrine else "nobody"
        desk.record("SeatHandedOver", {"seat": seat, "mode": mode, "doctrine": doctrine})


def _decide_by_doctrine(desk: PaperDesk) -> None:
    real = cast(Desk, desk)
    for seat, standing in desk.session.seats.items():
        if standing.mode == "doctrine":
            orders = doctrine_orders(real, seat, standing.doctrine)
            record_orders(real, seat, orders, by="doctrine")
            record_doctrine_votes(real, seat, standing.doctrine)
    doctrine_answers(real)


def _close(desk: PaperDesk) -> None:
    """Close the open turn by the very services that close a turn in play."""
    desk.record("TurnClosed", {"turn": desk.session.turn, "reason": "what_if"})
    desk.record_results(adjudicate_session(desk.ruleset, desk.session).events)
    open_next_turn_or_finish(cast(Desk, desk))


def _keep_course(source: Source, session: Session, course: dict[str, list[float]]) -> None:
    state = session.state
    assert state is not None
    for label in source.public_tracks:
        course.setdefault(label, []).append(float(state.value(label)))
