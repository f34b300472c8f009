"""Orders given whole: the way a program submits a turn."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.db import transaction

from apps.games.desk import open_desk
from apps.games.models import Membership
from apps.games.services.drafts import drafts_of, save_draft, seat_that_writes
from apps.games.services.readiness import set_ready


def submit_orders(
    *, membership: Membership, orders: Iterable[Mapping[str, Any]], turn: int | None = None
) -> None:
    """Replace the seat's drafts by `orders` and be ready; all of it or, with a refusal, nothing.

    Each order has `move` and may have `parameters`, `intent` and `expects`. A seat that was ready
    is ready anew with these orders. `turn` is the turn that they are for: Refusal("wrong_turn")
    when another is open.
    """
    with transaction.atomic():
        set_ready(membership=membership, ready=False, turn=turn)
        with open_desk(membership.game_id, actor=membership.person) as desk:
            drafts_of(desk, seat_that_writes(desk, membership)).delete()
        for order in orders:
            save_draft(
                membership=membership,
                move=order["move"],
                parameters=order.get("parameters") or {},
                intent=order.get("intent", ""),
                expects=order.get("expects", ""),
            )
        set_ready(membership=membership, ready=True)
