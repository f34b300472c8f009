"""Ready and not ready: a delegation submits its orders, or takes them back."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from apps import engine
from apps.engine import Order
from apps.games import enqueue
from apps.games.desk import Acting, Desk, open_desk
from apps.games.models import Membership
from apps.games.permissions import require_player
from apps.games.refusals import Refusal
from apps.games.rulesets import document_for
from apps.games.services.drafts import drafts_of, order_of, seat_that_writes
from apps.games.services.phases import check_deciding
from apps.games.services.seen_turn import check_seen_turn
from apps.games.services.submitters import check_submitter
from apps.games.session import ORDERS


def set_ready(*, membership: Membership, ready: bool, turn: int | None = None) -> None:
    """Submit the delegation's drafts and be ready, or take them back.

    `turn` is the turn that the person saw when pressing: Refusal("wrong_turn") when another has
    opened since, so that what was meant for one turn never counts for the next.
    Refusal("orders_refused") names each draft that the rules would reject, that does not say what
    it is for and which reaction is expected, or that another role has to submit, in its details:
    "problems" maps a draft's id to a sentence.
    When the last delegation is ready, a worker closes the turn. Pressing twice changes nothing.
    """
    with open_desk(membership.game_id, actor=membership.person) as desk:
        check_seen_turn(desk.session, turn)
        if ready:
            _be_ready(desk, membership)
        else:
            _be_unready(desk, membership)


def _be_ready(desk: Desk, membership: Membership) -> None:
    acting = require_player(membership)
    if desk.session.phase == ORDERS and desk.session.seats[acting].ready:
        return
    seat = seat_that_writes(desk, membership)
    check_deciding(desk.session)
    check_submitter(desk, membership, seat)
    orders = [order_of(draft) for draft in drafts_of(desk, seat)]
    problems = _problems(desk, orders) | _not_theirs_to_submit(desk, membership, seat, orders)
    if problems:
        raise Refusal(
            "orders_refused",
            " ".join((_("Some orders cannot be submitted as they stand."), *problems.values())),
            problems=problems,
        )
    record_orders(desk, seat, [order.to_json() for order in orders], by="people")
    desk.record("SeatReady", {"seat": seat})
    if desk.session.everybody_ready():
        enqueue.close_turn_on_commit(desk.game.pk, desk.session.turn, "all_ready")


def _problems(desk: Desk, orders: list[Order]) -> dict[str, str]:
    """Why each of these orders cannot be submitted, by its draft; judged together, for cost."""
    assert desk.session.state is not None
    problems: dict[str, str] = {}
    for order, rejection in engine.check_orders(desk.ruleset, desk.session.state, orders):
        if rejection:
            problems[order.id] = rejection.reason
        elif not (order.intent and order.expects):
            problems[order.id] = _(
                "“%(title)s”: say in one line what it is for, and what reaction you expect."
            ) % {"title": document_for(desk.game)["moves"][order.move]["title"]}
    return problems


def _not_theirs_to_submit(
    desk: Desk, membership: Membership, seat: str, orders: list[Order]
) -> dict[str, str]:
    """Which orders another role has to submit, by draft.

    Where the scenario names roles for a move, one of them presses ready; unless nobody in the
    delegation has one, or a deputy acts for it: a small class must not be stopped.
    """
    if membership.deputy_for:
        return {}
    document = document_for(desk.game)
    titles = document["governments"][seat].get("roles") or {}
    held = set(
        desk.game.memberships.filter(government=seat, removed_at=None).values_list(
            "seat_role", flat=True
        )
    )
    found = {}
    for order in orders:
        move = document["moves"][order.move]
        roles = set(move.get("roles") or ()) & held
        if roles and membership.seat_role not in roles:
            names = " or ".join(titles[role]["title"] for role in titles if role in roles)
            found[order.id] = _(
                "“%(title)s” is for the %(names)s to submit: let them be ready."
            ) % {"title": move["title"], "names": names}
    return found


def _be_unready(desk: Desk, membership: Membership) -> None:
    seat = require_player(membership)
    check_submitter(desk, membership, seat)
    check_deciding(desk.session)
    if desk.session.phase != ORDERS:
        raise Refusal("not_open", _("The turn has closed: orders cannot be changed any more."))
    if desk.session.seats[seat].ready:
        desk.record("SeatNotReady", {"seat": seat})


def record_orders(desk: Acting, seat: str, orders: list[dict[str, Any]], *, by: str) -> None:
    """Record what a seat submits; `by` is people, clock, standing or doctrine."""
    desk.record(
        "OrdersSubmitted",
        {"seat": seat, "turn": desk.session.turn, "orders": orders, "by": by},
        f"seat:{seat}",
    )
