"""PostgreSQL restarted in mid-turn, under web, worker and beat with their connections open."""

from __future__ import annotations

import os
import signal
import subprocess
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from django.db import OperationalError, connection, connections

from apps.games import services
from tests.faults.conftest import assert_sound, until, wait_ready
from tests.faults.going_on import submitted
from tests.games.cast import draft, table
from tests.live.browsers import all_fresh, browsers, open_all, sign_in
from wargame.embedded.ports import answers

pytestmark = [
    pytest.mark.stack,
    pytest.mark.slow,
    pytest.mark.restarts_database,
    pytest.mark.django_db(transaction=True),
]


class Server:
    """The PostgreSQL that this run's database is in, which can be stopped and started again."""

    def __init__(self) -> None:
        with connection.cursor() as cursor:
            cursor.execute("SHOW data_directory")
            folder = Path(cursor.fetchone()[0])
        self.pid = int((folder / "postmaster.pid").read_text().splitlines()[0])
        process = Path(f"/proc/{self.pid}")
        self.command = (process / "cmdline").read_bytes().decode().split("\0")[:-1]
        self.folder = (process / "cwd").resolve()
        self.owner = process.stat()
        self.lock = folder / "postmaster.pid"
        self.again: subprocess.Popen[bytes] | None = None

    def stop_at_once(self) -> None:
        """An immediate shutdown, in the middle of whatever is under way."""
        host, port = connection.settings_dict["HOST"], int(connection.settings_dict["PORT"])
        os.kill(self.pid, signal.SIGQUIT)
        until(lambda: not answers(host, port), what="the end of PostgreSQL")
        until(lambda: not self.lock.exists(), what="the end of PostgreSQL's lock")

    def start(self) -> None:
        """Start it with the words with which it was started first, and wait for it."""
        owner = {"user": self.owner.st_uid, "group": self.owner.st_gid, "extra_groups": []}
        quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
        self.again = subprocess.Popen(self.command, cwd=self.folder, **owner, **quiet)
        until(answers_queries, what="PostgreSQL")


def answers_queries() -> bool:
    connection.close()
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except OperationalError:
        return False
    return True


RESTARTED: list[Server] = []
"""They serve the rest of the run and end with it."""


@pytest.fixture(scope="session", autouse=True)
def _end_restarted() -> Iterator[None]:
    yield
    connections.close_all()
    for server in RESTARTED:
        if server.again is not None:
            server.again.send_signal(signal.SIGINT)
            server.again.wait(20)


@pytest.fixture
def postgresql(postgresql_only: None) -> Server:
    if os.environ.get("WARGAME_TEST_POSTGRESQL_URL"):
        pytest.skip("the PostgreSQL that WARGAME_TEST_POSTGRESQL_URL names is not ours to stop")
    RESTARTED.append(Server())
    return RESTARTED[-1]


def test_postgresql_restarted_in_mid_turn_rolls_back_and_closes_once(
    postgresql, server_url, start_worker, start_beat, tmp_path
):
    sitting = table(name="restart")
    order = draft(sitting.anna, "levy_toll")
    stop, go = tmp_path / "closing", tmp_path / "go"
    armed = {"STOP_FILE": str(stop), "GO_FILE": str(go)}
    worker = start_worker("tests.faults.waiting_worker", **armed)
    wait_ready(worker)
    beat = start_beat()
    cookie = sign_in(sitting.anna.person)
    room = f"{server_url}/games/{sitting.game.pk}/"
    with browsers(server_url) as web, httpx.Client(headers={"Cookie": cookie}) as anna:
        clients = open_all(web, sitting)
        all_fresh(clients, sitting)
        assert anna.get(room).status_code == 200
        services.close_now(by=sitting.dana, game_id=sitting.game.pk)
        until(stop.exists, what="the close, written and not committed")
        connections.close_all()
        postgresql.stop_at_once()
        go.touch()
        until(lambda: "OperationalError" in worker.output(), what="the failure of the close")
        postgresql.start()
        # Every connection that the web process kept is dead; nobody meets an error for it.
        assert [anna.get(room).status_code for _ in range(12)] == [200] * 12
        # The call was committed, its close was not: the sweep finds the turn still open.
        until(lambda: sitting.again().turn == 2, what="the new turn")
        all_fresh(clients, sitting, seconds=60)
    assert_sound(sitting.game.pk, closed=[1])
    assert submitted(sitting, 1) == [str(order.pk)]
    assert worker.alive()
    assert beat.alive()
