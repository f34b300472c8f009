"""Waiting over a real server: the answer comes when the game moves, not when the time is up."""

from __future__ import annotations

import subprocess
import sys
import threading

import httpx
import pytest

from apps.games import services
from tests.games.cast import table
from tests.stack.processes import ROOT

pytestmark = [pytest.mark.stack, pytest.mark.django_db(transaction=True)]


def token_for(made, government="COR"):
    return services.issue_token(
        by=made.dana, game_id=made.game.pk, government=government, name="Robot"
    )


def test_a_waiting_program_hears_of_the_new_turn(server_url, celery_worker):
    made = table()
    headers = {"Authorization": f"Bearer {token_for(made)}"}
    with httpx.Client(base_url=f"{server_url}/api/v1/", headers=headers, timeout=60) as client:
        now = client.get("wait", params={"turn": 1, "seconds": 0}).json()
        assert (now["moved"], now["turn"]) == (False, 1)
        heard = []
        waiting = threading.Thread(
            target=lambda: heard.append(
                client.get("wait", params={"turn": 1, "seconds": 50}).json()
            )
        )
        waiting.start()
        services.close_now(by=made.dana, game_id=made.game.pk)
        waiting.join(timeout=55)
    assert [(answer["moved"], answer["turn"]) for answer in heard] == [(True, 2)]


def test_the_example_client_plays_a_turn(server_url):
    made = table()
    token = token_for(made)
    for member in (made.ben, made.carla):
        services.set_ready(membership=member, ready=True)
    played = subprocess.Popen(
        [
            sys.executable,
            str(ROOT / "examples" / "play_a_seat.py"),
            "--url",
            server_url,
            "--token",
            token,
            "--turns",
            "1",
        ],
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        assert played.stdout is not None
        assert played.stdout.readline().startswith("turn 1: ")
        made.close(1)
        assert played.wait(timeout=60) == 0
    finally:
        played.kill()
        played.wait()


@pytest.mark.parametrize("query", ["seconds=1000", "turn=-1", "seconds=nan", "turn=x"])
def test_a_senseless_wait_is_refused(server_url, query):
    made = table()
    headers = {"Authorization": f"Bearer {token_for(made)}"}
    answer = httpx.get(f"{server_url}/api/v1/wait?{query}", headers=headers)
    assert (answer.status_code, answer.json()["code"]) == (422, "misread")
