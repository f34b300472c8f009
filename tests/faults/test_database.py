"""The database under load, full, restarted, or altered by hand."""

from __future__ import annotations

import os
import subprocess
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager

import pytest
from django.db import OperationalError, connection, connections
from django.db.backends.utils import CursorWrapper
from django.db.utils import DatabaseError

from apps.games import services
from apps.games.models import Game, Message
from apps.games.refusals import Refusal
from apps.games.verifying import verify_game
from apps.journal import store
from tests.faults.conftest import assert_sound, wait_ready
from tests.faults.going_on import assert_goes_on
from tests.games.cast import draft, table
from tests.stack.database import journal_guards_aside
from tests.stack.processes import ROOT, environment, python

pytestmark = [pytest.mark.stack, pytest.mark.slow, pytest.mark.django_db(transaction=True)]

SECONDS = float(os.environ.get("WARGAME_TEST_WRITING_SECONDS", "15"))
"""How long web and worker write at once; the nightly run gives it a minute."""


def test_web_and_worker_write_at_once_and_no_lock_error_reaches_a_person(
    sqlite_only, start_worker, server_url
):
    sitting = table(name="writers", turns=12)
    worker = start_worker(concurrency=2)
    wait_ready(worker)
    end = time.monotonic() + SECONDS
    errors: list[str] = []
    written = [0]
    sent = [0] * 4

    def write(number: int) -> None:
        member = list(sitting.players.values())[number % 3]
        while time.monotonic() < end:
            try:
                services.send_message(membership=member, to=[], text=f"note {number}")
                sent[number] += 1
                draft(member, "levy_toll") if number == 0 else None
                written[0] += 1
            except Refusal:
                continue
            except DatabaseError as error:
                errors.append(repr(error))
        connections.close_all()

    def close() -> None:
        while time.monotonic() < end:
            try:
                services.close_now(by=sitting.dana, game_id=sitting.game.pk)
            except Refusal:
                break  # the last turn is over
            except DatabaseError as error:
                errors.append(repr(error))
            time.sleep(SECONDS / 12)  # a facilitator's pace: the load is the subject
        connections.close_all()

    with ThreadPoolExecutor(max_workers=5) as pool:
        for job in [*(pool.submit(write, number) for number in range(4)), pool.submit(close)]:
            job.result(timeout=SECONDS + 60)
    assert errors == []
    assert "database is locked" not in worker.output()
    assert written[0] > 20
    turn = sitting.again().turn
    assert turn > 2
    notes = Message.objects.filter(game=sitting.game, text__startswith="note ")
    assert notes.count() == sum(sent)
    assert_sound(sitting.game.pk, closed=closed_turns(sitting.game.pk))


def closed_turns(game_id) -> list[int]:
    """Turns 1, 2, 3 ... without a gap or a repetition, as many as the journal has."""
    count = sum(1 for record in store.read(game_id) if record.kind == "TurnClosed")
    return list(range(1, count + 1))


def fill(cursor: CursorWrapper, size: int) -> None:
    """Insert rows of `size` bytes until the database refuses one."""
    while True:
        cursor.execute(f"INSERT INTO filling VALUES (zeroblob({size}))")


@contextmanager
def full_disk() -> Iterator[None]:
    """A database file that may not grow, without a free page within it.

    Other tests of the run leave free pages, thousands of them: something else takes those up.
    """
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE filling (stuff BLOB)")
        cursor.execute("PRAGMA page_count")
        pages = cursor.fetchone()[0]
        cursor.execute(f"PRAGMA max_page_count = {pages}")
        try:
            for size in (1_000_000, 4_000, 100):
                with pytest.raises(OperationalError, match="full"):
                    fill(cursor, size)
            cursor.execute("PRAGMA freelist_count")
            assert cursor.fetchone()[0] == 0
            yield
        finally:
            cursor.execute("PRAGMA max_page_count = 1073741823")
            cursor.execute("DROP TABLE filling")


def test_a_full_disk_refuses_the_act_whole_and_the_game_goes_on_afterwards(sqlite_only, server_url):
    sitting = table(name="full")
    before = [record.digest for record in store.read(sitting.game.pk)]

    def write_until_refused() -> None:
        for _ in range(200):  # the tables' own last pages have room for a few
            services.send_message(membership=sitting.ben, to=["OST"], text="x" * 1500)

    with full_disk(), pytest.raises(OperationalError, match="full"):
        write_until_refused()
    records = store.read(sitting.game.pk)
    assert [r.digest for r in records][: len(before)] == before
    game = Game.objects.get(pk=sitting.game.pk)
    assert game.sequence == records[-1].sequence
    assert game.head_digest == records[-1].digest
    services.send_message(membership=sitting.ben, to=["OST"], text="We can speak again.")
    assert_goes_on(sitting, server_url, closed=[])


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE journal_entry SET content = replace(content, 'levy_toll', 'free_toll') "
        "WHERE kind = 'OrderAccepted'",
        "UPDATE journal_entry SET audience = 'public' WHERE kind = 'OrdersSubmitted'",
        "DELETE FROM journal_entry WHERE kind = 'TurnClosed'",
    ],
)
def test_a_row_altered_by_hand_is_found_by_verify(change):
    sitting = table(name="altered")
    draft(sitting.anna, "levy_toll")
    assert sitting.close()
    assert verify_game(sitting.again()) == []
    with journal_guards_aside(connection), connection.cursor() as cursor:
        cursor.execute(change)
        assert cursor.rowcount >= 1, "the change changed nothing"
    assert store.verify_chain(sitting.game.pk) is not None
    problems = verify_game(sitting.again())
    assert problems
    assert "event" in problems[0]


def test_every_saved_game_replays_alike_in_other_processes_and_hash_seeds(stack_environment):
    sitting = table(name="alike", turns=3)
    draft(sitting.anna, "levy_toll")
    assert sitting.close()
    assert sitting.close()
    command = python("manage.py", "shell", "-v0", "-c", DIGEST.format(game=sitting.game.pk))
    told = set()
    for seed in ("0", "1", "4242"):
        variables = environment(**stack_environment, PYTHONHASHSEED=seed)
        ran = subprocess.run(
            command, cwd=ROOT, env=variables, capture_output=True, text=True, check=True
        )
        told.add(ran.stdout.strip().splitlines()[-1])
    assert len(told) == 1
    assert told.pop().endswith("[]")


DIGEST = """
from apps.games.models import Game
from apps.games.sessions import session_for
from apps.games.verifying import verify_game
game = Game.objects.get(pk="{game}")
print(session_for(game).state.digest(), verify_game(game))
"""
