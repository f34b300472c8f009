"""A worker killed anywhere while it closes a turn: one turn, the same as without the kill."""

from __future__ import annotations

import pytest

from apps.games import services
from apps.games.services.readiness import set_ready
from apps.journal import store
from tests.faults.conftest import assert_sound, until, wait_ready
from tests.faults.going_on import assert_goes_on
from tests.faults.killing_worker import POINTS
from tests.games.cast import draft, table

pytestmark = [pytest.mark.stack, pytest.mark.slow]

COMMITTED = {"after the commit", "after the notice"}
TOLD = ("kind", "audience", "payload")


def results(game_id) -> list[tuple]:
    """What the rules said, without ids and times that differ between any two games."""
    records = store.read(game_id)
    start = next(r.sequence for r in records if r.kind == "TurnClosed")
    said = [r for r in records if r.sequence > start and r.kind != "TurnOpened"]
    return [(r.kind, r.audience, without_ids(r.payload)) for r in said]


def without_ids(payload):
    if isinstance(payload, dict):
        return {k: without_ids(v) for k, v in payload.items() if k != "id"}
    if isinstance(payload, list):
        return [without_ids(value) for value in payload]
    return payload


def played(name: str):
    """A table whose Corvania levies its toll, everybody but Ben ready."""
    sitting = table(name=name)
    draft(sitting.anna, "levy_toll")
    for member in (sitting.anna, sitting.carla):
        set_ready(membership=member, ready=True)
    return sitting


@pytest.mark.parametrize("point", POINTS)
def test_a_turn_is_closed_once_and_alike_wherever_the_worker_was_killed(
    point, start_worker, server_url, tmp_path
):
    flag = tmp_path / "killed"
    unharmed = played("unharmed")
    services.set_ready(membership=unharmed.ben, ready=True)
    assert services.close_turn(game_id=unharmed.game.pk, turn=1, reason="all_ready")

    sitting = played("killed")
    armed = {"KILL_AT": point, "KILL_FLAG": str(flag)}
    worker = start_worker("tests.faults.killing_worker", **armed)
    wait_ready(worker)
    services.set_ready(membership=sitting.ben, ready=True)  # the last press enqueues the task
    until(lambda: not worker.alive(), what="the kill")
    assert flag.exists()
    assert sitting.again().turn == (2 if point in COMMITTED else 1)
    start_worker()
    until(lambda: sitting.again().turn == 2, what="the new turn")
    assert_sound(sitting.game.pk, closed=[1])
    assert results(sitting.game.pk) == results(unharmed.game.pk)
    assert_goes_on(sitting, server_url, closed=[1])
