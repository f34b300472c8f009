"""The situation as a reader sees it: the engine's view, the moves, the orders, the promises."""

from __future__ import annotations

from typing import Any

from apps import engine
from apps.accounts.models import Person
from apps.engine import MoveOption, State
from apps.games.models import Game, OrderDraft, Turn
from apps.games.rulesets import ruleset_for
from apps.games.services.drafts import order_of
from apps.games.sessions import session_for
from apps.games.sights import moves_of, sight_of
from apps.journal import store


def view_for(game: Game, viewer: str) -> dict[str, Any] | None:
    """What `viewer` sees of the state; None before the game has begun. Read it, never change it."""
    state = session_for(game).state
    if state is None:
        return None
    return sight_of(ruleset_for(game), state, viewer)


def moves_for(game: Game, government: str) -> list[MoveOption]:
    """The engine's MoveOptions of a government: open, or closed with the reason."""
    state = session_for(game).state
    if state is None:
        return []
    return moves_of(ruleset_for(game), state, government)


def _instructors(game: Game, government: str) -> dict[str, str]:
    """Who of the delegation gave each of its instructions, by draft; the last one counts."""
    row = Turn.objects.filter(game=game, status=Turn.Status.OPEN).first()
    given = store.read(
        game.pk,
        after=row.opened_sequence - 1 if row else 0,
        kinds=["VoteInstructed"],
        audiences=[f"seat:{government}"],
    )
    names = Person.objects.in_bulk([record.actor for record in given if record.actor])
    return {
        record.payload["draft"]: str(names[record.actor])
        for record in given
        if record.actor in names
    }


def orders_for(game: Game, government: str) -> dict[str, Any]:
    """The seat's orders for the open turn: drafts with the problem of each, what is submitted,
    the votes instructed and by whom, and the standing orders. For that seat and the facilitator
    only."""
    session = session_for(game)
    seat = session.seats[government]
    drafts = OrderDraft.objects.filter(
        game=game, turn=session.turn, government=government
    ).select_related("updated_by")
    return {
        "ready": seat.ready,
        "submitted": [dict(order) for order in seat.orders or ()],
        "votes": {draft: dict(vote) for draft, vote in seat.votes.items()},
        "instructed_by": _instructors(game, government) if seat.votes else {},
        "standing": [dict(order) for order in seat.standing],
        "absence": seat.absence,
        "drafts": [
            {
                "id": str(draft.pk),
                "move": draft.move,
                "parameters": draft.parameters,
                "intent": draft.intent,
                "expects": draft.expects,
                "version": draft.version,
                "updated_by": str(draft.updated_by) if draft.updated_by else "",
                "updated_at": draft.updated_at,
                "problem": _problem(game, session.state, draft),
            }
            for draft in drafts
        ],
    }


def ledger_for(game: Game, viewer: str) -> list[dict[str, Any]]:
    """The promise ledger: every obligation that `viewer` may know of, with its status."""
    view = view_for(game, viewer)
    if view is None:
        return []
    return [
        {
            "agreement": agreement["id"],
            "title": agreement["title"],
            "parties": agreement["parties"],
            "since": agreement["since"],
            "expires": agreement.get("expires"),
            **obligation,
        }
        for agreement in view["agreements"]
        for obligation in agreement["obligations"]
    ]


def _problem(game: Game, state: State | None, draft: OrderDraft) -> str:
    if state is None:
        return ""
    rejection = engine.check_order(ruleset_for(game), state, order_of(draft))
    return rejection.reason if rejection else ""
