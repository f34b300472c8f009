"""What holds after any fault: the game goes on, and everybody sees what a fresh page shows."""

from __future__ import annotations

from apps.games import services
from apps.journal import store
from tests.faults.conftest import assert_sound
from tests.games.cast import Table, draft
from tests.live.browsers import all_fresh, browsers, open_all


def assert_goes_on(sitting: Table, server_url: str, *, closed: list[int]) -> None:
    """Play the open turn in front of browsers: one result, no order lost, all pages fresh.

    `closed` are the turns that the journal has closed so far.
    """
    turn = sitting.again().turn
    with browsers(server_url) as web:
        clients = open_all(web, sitting)
        all_fresh(clients, sitting, seconds=60)
        order = draft(sitting.anna, "levy_toll")
        assert services.close_turn(game_id=sitting.game.pk, turn=turn, reason="facilitator")
        assert_sound(sitting.game.pk, closed=[*closed, turn])
        assert str(order.pk) in submitted(sitting, turn)
        all_fresh(clients, sitting, seconds=60)


def submitted(sitting: Table, turn: int) -> list[str]:
    """The ids of the orders that count for a turn."""
    return [
        order["id"]
        for record in store.read(sitting.game.pk)
        if record.kind == "OrdersSubmitted" and record.payload["turn"] == turn
        for order in record.payload["orders"]
    ]
