"""Clients of real games, driven from a test that is not asynchronous."""

from __future__ import annotations

import asyncio
import re
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore

from apps.accounts.models import Person
from apps.accounts.permissions import Role
from apps.accounts.views import BACKEND
from apps.games import services
from apps.games.fragments import fragments_for
from tests.games.cast import Table, facilitator
from tests.live.client import Client


def sign_in(person: Person) -> str:
    """Make a session for `person`, as a sign-in does; returns the cookie header."""
    session = SessionStore()
    session[SESSION_KEY] = str(person.pk)
    session[BACKEND_SESSION_KEY] = BACKEND
    session[HASH_SESSION_KEY] = person.get_session_auth_hash()
    session.create()
    return f"{settings.SESSION_COOKIE_NAME}={session.session_key}"


class Browsers:
    """An event loop in a thread of its own, and the clients that live there."""

    def __init__(self, server_url: str) -> None:
        self._base = server_url.replace("http", "ws", 1)
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)
        self._thread.start()
        self._clients: list[Client] = []

    def open(
        self, game_id: object, cookie: str, *, stamp: str | None = None, query: str = ""
    ) -> Client:
        """Open a client on a game."""

        async def begin() -> Client:
            client = Client(f"{self._base}/ws/games/{game_id}/?{query}", cookie=cookie)
            client.stamp = stamp
            return await client.__aenter__()

        client = self.run(begin())
        self._clients.append(client)
        return client

    def close(self, client: Client) -> None:
        """Close one client; what it shows stays readable."""
        self._clients.remove(client)
        self.run(client.__aexit__())

    def run(self, coroutine, seconds: float = 30):
        """Run a coroutine in the clients' loop."""
        return asyncio.run_coroutine_threadsafe(coroutine, self._loop).result(seconds)

    def stop(self) -> None:
        """Close every client and end the thread."""
        for client in list(self._clients):
            self.close(client)
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(10)


def until(condition: Callable[[], bool], *, seconds: float = 60, what: str = "it") -> None:
    """Poll `condition` until it holds."""
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, f"{what} did not happen within {seconds:g} s"
        time.sleep(0.02)


@contextmanager
def browsers(server_url: str) -> Iterator[Browsers]:
    """`Browsers`, stopped at the end of the block."""
    made = Browsers(server_url)
    try:
        yield made
    finally:
        made.stop()


HASHED = re.compile(r"(/static/[\w/.-]+?)\.[0-9a-f]{12}(\.\w+)")


def shows_a_fresh_page(client: Client, sitting: Table, audience: str) -> bool:
    """Byte for byte, but that the server names static files by their digest and a test does not."""
    shown = {name: HASHED.sub(r"\1\2", html) for name, html in client.shown.items()}
    return shown == fragments_for(sitting.again(), audience)


def open_all(web: Browsers, sitting: Table) -> dict[str, Client]:
    """One client for each delegation and one observer."""
    watcher = facilitator("olga")
    services.add_member(
        by=sitting.dana, game_id=sitting.game.pk, person=watcher, role=Role.OBSERVER
    )
    people = {f"seat:{seat}": m.person for seat, m in sitting.players.items()}
    people["public"] = watcher
    return {a: web.open(sitting.game.pk, sign_in(person)) for a, person in people.items()}


def all_fresh(clients: dict[str, Client], sitting: Table, *, seconds: float = 20) -> None:
    """Wait until each client shows what a fresh page of its audience holds."""
    for audience, client in clients.items():
        until(
            lambda c=client, a=audience: shows_a_fresh_page(c, sitting, a),
            seconds=seconds,
            what=f"a fresh page for {audience}",
        )
