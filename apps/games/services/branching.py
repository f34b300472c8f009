"""Branches and restored games: a journal, or its beginning, as a game of its own.

The records are copied with their digests, so that a branch is as provable as its parent. People
are not copied: a branch has its own facilitator, and nobody else takes part.
"""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from apps.accounts.models import Person
from apps.accounts.permissions import Permission, Role
from apps.games.desk import Desk, desk_of_new_game, open_desk
from apps.games.models import Game, ResolvedScenario, Turn
from apps.games.permissions import require
from apps.games.projections import project
from apps.games.refusals import Refusal
from apps.games.rulesets import document_for, ruleset_for
from apps.games.services.closing import close_turn
from apps.games.services.creating import checked_lead, new_join_code
from apps.games.services.readiness import record_orders
from apps.games.session import Session, advance
from apps.games.words import TITLE, clean_words
from apps.journal import store
from apps.journal.store import GENESIS, Record


@transaction.atomic
def branch_game(
    *,
    by: Person,
    game_id: uuid.UUID,
    turn: int,
    title: str = "",
    orders: Mapping[str, Sequence[Mapping[str, Any]]] | None = None,
    votes: Mapping[str, Sequence[Mapping[str, Any]]] | None = None,
    injects: Sequence[str] | None = None,
    seed: str | None = None,
) -> Game:
    """A new game that is alike to `game_id` until `turn` closes, but for what is named here.

    `orders` and `votes` replace what a government submitted in that turn, `injects` are called
    in it besides; the seed stays the same unless another is given, so that the difference is
    caused by what was changed. The branch stands open at `turn`; `run_branch` runs it on.
    """
    parent = Game.objects.select_related("resolved").filter(pk=game_id).first()
    if parent is None:
        raise Refusal("no_such_game", _("There is no such session."))
    require(by, parent, Permission.BRANCH)
    row = (
        Turn.objects.filter(game=parent, number=turn).exclude(status=Turn.Status.SUPERSEDED).first()
    )
    if row is None:
        raise Refusal("no_such_turn", _("Branch from a turn that was played."))
    until = row.closed_sequence - 1 if row.closed_sequence else parent.sequence
    game = restore_game(
        by=by,
        resolved=parent.resolved,
        records=store.read(parent.pk, until=until),
        title=title or f"{parent.title}, from turn {turn}",
        parent=parent,
        parent_turn=turn,
    )
    desk = Desk(game, by, game.created_at)
    desk.record(
        "GameBranched",
        {
            "parent": str(parent.pk),
            "turn": turn,
            "seed": seed or desk.session.seed,
            "changed": sorted({*(orders or ()), *(votes or ())}),
        },
        "facilitator",
    )
    game.seed = desk.session.seed
    _change_turn(desk, orders or {}, votes or {}, injects or ())
    desk.commit()
    return game


def run_branch(
    *,
    by: Person,
    game_id: uuid.UUID,
    doctrines: Mapping[str, str] | None = None,
    turns: int | None = None,
) -> int:
    """Close the branch's open turn as it stands, then run on with every seat led by doctrine.

    `doctrines` names another doctrine for a government than its first. Each turn is a
    transaction of its own, so that this can be stopped and run again. Returns how many turns
    closed; at most `turns`.
    """
    closed = 0
    while turns is None or closed < turns:
        with open_desk(game_id, actor=by) as desk:
            require(by, desk.game, Permission.CLOSE_TURN)
            if desk.game.parent_id is None and not desk.game.rehearsal:
                raise Refusal("not_a_branch", _("Only a branch or a rehearsal runs on by itself."))
            if not desk.session.turn_is_open or desk.session.archived:
                break
            if desk.session.turn != desk.game.parent_turn:
                _hand_to_doctrines(desk, doctrines or {})
            number = desk.session.turn
        if not close_turn(game_id=game_id, turn=number, reason="facilitator", by=by):
            break
        closed += 1
    return closed


@transaction.atomic
def restore_game(
    *,
    by: Person,
    resolved: ResolvedScenario,
    records: Sequence[Record],
    title: str,
    parent: Game | None = None,
    parent_turn: int | None = None,
) -> Game:
    """A game of its own from saved records of one; `by` becomes its facilitator.

    Raises ValueError where the records are no whole chain that begins with GameCreated.
    """
    if not records or records[0].kind != "GameCreated":
        raise ValueError("a saved session begins with GameCreated")
    told = records[0].payload
    game = Game(
        title=clean_words(title, what=_("a title"), limit=TITLE),
        resolved=resolved,
        seed=told["seed"],
        join_code=new_join_code(),
        turns=told["turns"],
        seconds_per_turn=None,
        review=told["review"],
        created_by=by,
        parent=parent,
        parent_turn=parent_turn,
        head_digest=GENESIS,
    )
    desk = desk_of_new_game(game, actor=by)
    game.created_at = desk.now
    game.save(force_insert=True)
    store.restore(game.pk, records)
    game.sequence, game.head_digest = records[-1].sequence, records[-1].digest
    session, snapshots = _replay(game, records)
    project(game, records, session, snapshots, people=False)
    game.save()
    desk = Desk(game, by, desk.now)
    desk.record(
        "PersonJoined",
        {"membership": str(uuid.uuid4()), "person": str(by.pk), "role": Role.FACILITATOR.value},
        "facilitator",
    )
    desk.commit()
    return game


def _replay(game: Game, records: Sequence[Record]) -> tuple[Session, dict[int, Session]]:
    ruleset = ruleset_for(game)
    session = Session()
    openings: dict[int, Session] = {}
    snapshots: dict[int, Session] = {}
    for record in records:
        session = advance(ruleset, session, record, record.at, openings=openings)
        if record.kind == "TurnOpened":
            openings[session.turn] = snapshots[record.sequence] = session
    return session, snapshots


def _change_turn(
    desk: Desk,
    orders: Mapping[str, Sequence[Mapping[str, Any]]],
    votes: Mapping[str, Sequence[Mapping[str, Any]]],
    injects: Sequence[str],
) -> None:
    for seat in {*orders, *votes}:
        if seat not in desk.session.seats:
            raise Refusal(
                "no_such_government", _("This game has no government %(seat)s.") % {"seat": seat}
            )
    for seat, changed in orders.items():
        record_orders(desk, seat, [{**order, "seat": seat} for order in changed], by="branch")
    for seat, cast in votes.items():
        for vote in cast:
            desk.record(
                "VoteInstructed",
                {"seat": seat, "draft": vote["draft"], "vote": dict(vote)},
                f"seat:{seat}",
            )
    known = document_for(desk.game).get("injects", {})
    for inject in injects:
        if inject not in known:
            raise Refusal("no_such_inject", _("The scenario has no such inject."))
        desk.record(
            "InjectSent",
            {
                "turn": desk.session.turn,
                "inject": inject,
                "title": known[inject]["title"],
                "text": known[inject].get("text", ""),
                "sender": known[inject].get("from", "News"),
            },
        )


def _hand_to_doctrines(desk: Desk, doctrines: Mapping[str, str]) -> None:
    document = document_for(desk.game)
    for government, seat in desk.session.seats.items():
        known = document.get("doctrines", {}).get(government)
        wanted = doctrines.get(government) or seat.doctrine
        lead = checked_lead(
            document, government, "doctrine" if known else "nobody", wanted if known else ""
        )
        if (seat.mode, seat.doctrine) != (lead["mode"], lead["doctrine"]):
            desk.record("SeatHandedOver", {"seat": government, **lead})
