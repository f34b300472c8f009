"""Projections: the rows that follow from events, so that pages need not fold.

Each function writes what one kind of event means for the tables.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

import orjson

from apps.games.models import Game, Membership, Message, Offer, OrderDraft, Seat, Turn
from apps.games.session import Session, session_to_json
from apps.journal.store import Record


def project(
    game: Game,
    records: Iterable[Record],
    session: Session,
    snapshots: Mapping[int, Session],
    *,
    people: bool = True,
) -> None:
    """Write what `records` mean. `session` is the session after the last of them; `snapshots`
    are the sessions right after each TurnOpened, by sequence. The caller saves `game`.

    Without `people`, nobody takes part by these records: a copy of a game has its own people.
    """
    for record in records:
        if not people and record.kind in ABOUT_PEOPLE:
            continue
        if record.kind == "TurnOpened":
            _turn_opened(game, record, snapshots[record.sequence])
        elif change := CHANGES.get(record.kind):
            change(game, record)
    _follow_session(game, session)


def _follow_session(game: Game, session: Session) -> None:
    """What the game's row and its seats say of the session as it stands."""
    game.phase, game.turn, game.review = session.phase, session.turn, session.review
    game.due_at, game.seconds_per_turn = session.clock.due, session.clock.seconds
    stored = {seat.government: seat for seat in game.seats.all()}
    changed = []
    for name, seat in session.seats.items():
        row = stored[name]
        now = (seat.mode, seat.doctrine, seat.ready, seat.absence)
        if now != (row.mode, row.doctrine, row.ready, row.absence):
            row.mode, row.doctrine, row.ready, row.absence = now
            changed.append(row)
    Seat.objects.bulk_update(changed, ["mode", "doctrine", "ready", "absence"])
    if session.turn:
        Turn.objects.filter(game=game, number=session.turn, status=Turn.Status.OPEN).update(
            due_at=session.clock.due,
            resume_at=session.clock.resume_at,
            called=session.clock.called,
        )


def _game_created(game: Game, record: Record) -> None:
    Seat.objects.bulk_create(
        Seat(
            game=game,
            government=seat["government"],
            position=position,
            mode=seat["mode"],
            doctrine=seat.get("doctrine", ""),
        )
        for position, seat in enumerate(record.payload["seats"])
    )


def _person_joined(game: Game, record: Record) -> None:
    told = record.payload
    Membership.objects.create(
        id=told["membership"],
        game=game,
        person_id=told["person"],
        role=told["role"],
        joined_at=record.at,
        last_seen=record.at,
    )


def _membership(game: Game, record: Record) -> Any:
    return Membership.objects.filter(game=game, pk=record.payload["membership"])


def _person_removed(game: Game, record: Record) -> None:
    _membership(game, record).update(
        removed_at=record.at, government="", seat_role="", deputy_for=""
    )


def _seat_taken(game: Game, record: Record) -> None:
    told = record.payload
    _membership(game, record).update(government=told["government"], seat_role=told["role"])


def _seat_left(game: Game, record: Record) -> None:
    _membership(game, record).update(government="", seat_role="")


def _deputy_named(game: Game, record: Record) -> None:
    _membership(game, record).update(deputy_for=record.payload["government"])


def _deputy_dismissed(game: Game, record: Record) -> None:
    _membership(game, record).update(deputy_for="")


def _game_started(game: Game, record: Record) -> None:
    game.started_at = record.at


def _turn_opened(game: Game, record: Record, session: Session) -> None:
    Turn.objects.filter(game=game, last_sequence=None).update(last_sequence=record.sequence - 1)
    Turn.objects.create(
        game=game,
        number=record.payload["turn"],
        opened_at=record.at,
        due_at=session.clock.due,
        opened_sequence=record.sequence,
        snapshot=orjson.dumps(session_to_json(session)).decode(),
    )


def _turn_closed(game: Game, record: Record) -> None:
    turn = _standing_turn(game, record.payload["turn"])
    turn.status, turn.closed_at = Turn.Status.CLOSED, record.at
    turn.close_reason, turn.closed_sequence = record.payload["reason"], record.sequence
    turn.due_at = turn.resume_at = None
    # Not its snapshot, which is long and stands.
    turn.save(
        update_fields=[
            "status",
            "closed_at",
            "close_reason",
            "closed_sequence",
            "due_at",
            "resume_at",
        ]
    )


def _results_held(game: Game, record: Record) -> None:
    Turn.objects.filter(pk=_standing_turn(game, record.payload["turn"]).pk).update(
        status=Turn.Status.HELD
    )


def _results_released(game: Game, record: Record) -> None:
    Turn.objects.filter(pk=_standing_turn(game, record.payload["turn"]).pk).update(
        status=Turn.Status.CLOSED
    )


def _turn_reopened(game: Game, record: Record) -> None:
    """Later turns are superseded; the orders that were submitted are drafts again."""
    turns = Turn.objects.filter(game=game, number__gte=record.payload["turn"])
    turns.exclude(status=Turn.Status.SUPERSEDED).update(
        status=Turn.Status.SUPERSEDED, due_at=None, resume_at=None
    )
    Offer.objects.filter(
        game=game, status=Offer.Status.OPEN, made_turn__gte=record.payload["turn"]
    ).update(status=Offer.Status.EXPIRED, answered_at=record.at)
    OrderDraft.objects.filter(game=game, turn__gt=record.payload["turn"]).delete()
    game.finished_at, game.ending = None, ""


def _standing_turn(game: Game, number: int) -> Turn:
    return Turn.objects.exclude(status=Turn.Status.SUPERSEDED).get(game=game, number=number)


def _message(kind: str, sender_key: str) -> Callable[[Game, Record], None]:
    def write(game: Game, record: Record) -> None:
        told = record.payload
        Message.objects.bulk_create(
            Message(
                game=game,
                sequence=record.sequence,
                number=Message.objects.filter(game=game, thread=thread).count() + 1,
                turn=told["turn"],
                kind=kind,
                thread=thread,
                sender=told[sender_key],
                title=told.get("title", ""),
                text=told["text"],
                author=record.actor,
                sent_at=record.at,
            )
            for thread in told.get("threads", [record.audience])
        )

    return write


def _offer_made(game: Game, record: Record) -> None:
    told = record.payload
    Offer.objects.create(
        key=told["offer"],
        game=game,
        agreement=told["agreement"],
        proposer=told["proposer"],
        parties=told["parties"],
        audience=record.audience,
        text=told["text"],
        counter_to=told.get("counter_to"),
        made_turn=told["turn"],
        expires_turn=told["expires_turn"],
        made_at=record.at,
        sequence=record.sequence,
    )


def _offer_accepted(game: Game, record: Record) -> None:
    offer = Offer.objects.get(game=game, key=record.payload["offer"])
    offer.answers = {**offer.answers, record.payload["government"]: "accepted"}
    asked = set(offer.parties.values()) - {offer.proposer}
    if asked <= set(offer.answers):
        offer.status, offer.answered_at = Offer.Status.ACCEPTED, record.at
    offer.answer_text = record.payload.get("text", "")
    offer.save()


def _offer_closed(status: str) -> Callable[[Game, Record], None]:
    def write(game: Game, record: Record) -> None:
        Offer.objects.filter(game=game, key=record.payload["offer"]).update(
            status=status,
            answered_at=record.at,
            answer_text=record.payload.get("text", ""),
        )

    return write


def _game_ended(game: Game, record: Record) -> None:
    game.ending = record.payload["ending"]


def _game_finished(game: Game, record: Record) -> None:
    game.finished_at = record.at
    Turn.objects.filter(game=game, last_sequence=None).update(last_sequence=record.sequence)


def _game_archived(game: Game, record: Record) -> None:
    game.archived_at = record.at


ABOUT_PEOPLE = frozenset(
    {
        "PersonJoined",
        "PersonRemoved",
        "PersonMoved",
        "SeatTaken",
        "SeatLeft",
        "DeputyNamed",
        "DeputyDismissed",
    }
)

CHANGES: dict[str, Callable[[Game, Record], None]] = {
    "GameCreated": _game_created,
    "PersonJoined": _person_joined,
    "PersonRemoved": _person_removed,
    "PersonMoved": _seat_taken,
    "SeatTaken": _seat_taken,
    "SeatLeft": _seat_left,
    "DeputyNamed": _deputy_named,
    "DeputyDismissed": _deputy_dismissed,
    "GameStarted": _game_started,
    "TurnClosed": _turn_closed,
    "ResultsHeld": _results_held,
    "ResultsReleased": _results_released,
    "TurnReopened": _turn_reopened,
    "MessageSent": _message(Message.Kind.MESSAGE, "sender"),
    "StatementPublished": _message(Message.Kind.STATEMENT, "government"),
    "BroadcastSent": _message(Message.Kind.BROADCAST, "sender"),
    "InjectSent": _message(Message.Kind.INJECT, "sender"),
    "OfferMade": _offer_made,
    "OfferAccepted": _offer_accepted,
    "OfferCountered": _offer_closed(Offer.Status.COUNTERED),
    "OfferDeclined": _offer_closed(Offer.Status.DECLINED),
    "OfferWithdrawn": _offer_closed(Offer.Status.WITHDRAWN),
    "OfferExpired": _offer_closed(Offer.Status.EXPIRED),
    "GameEnded": _game_ended,
    "GameFinished": _game_finished,
    "GameArchived": _game_archived,
}
"""What each kind means for the tables; TurnOpened is above, other kinds mean nothing to them."""
