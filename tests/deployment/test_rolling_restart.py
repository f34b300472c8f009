"""New containers beside the old ones, then the old ones stopped: nobody notices.

In the network of the containers the proxy finds them by name. Here two ports stand for two
containers of a service, so the proxy's configuration names them; all else of it is the product's.
"""

from __future__ import annotations

import asyncio
import re
import ssl
from collections import Counter
from collections.abc import AsyncIterator, Callable
from contextlib import ExitStack, asynccontextmanager
from pathlib import Path

import httpx
import pytest
import websockets

from tests.deployment.conftest import Deployment, behind_proxy
from tests.settings import DATABASE
from tests.stack.processes import ROOT
from wargame.embedded.ports import free_port

pytestmark = [
    pytest.mark.stack,
    pytest.mark.slow,
    pytest.mark.skipif(DATABASE != "sqlite", reason="brings its own PostgreSQL: once is enough"),
]
READERS = 4
ENOUGH = 20
"""Answers of each kind before, between and after the restarts."""


def caddyfile(folder: Path, places: dict[str, tuple[int, int]]) -> Path:
    """The product's configuration with two addresses of this machine for each service."""
    text = (ROOT / "deploy" / "Caddyfile").read_text()
    for service, ports in places.items():
        named = rf"dynamic a {{\${service.upper()}_HOST:[^{{}}]*}} {{[^{{}}]*}} {{[^{{}}]*}}"
        here = "to " + " ".join(f"127.0.0.1:{port}" for port in ports)
        text, found = re.subn(named, here, text)
        assert found == 1, service
    file = folder / "Caddyfile"
    file.write_text(text)
    return file


class Traffic:
    """People who read pages, post a form and hold a socket, without a pause."""

    def __init__(self, site: str) -> None:
        self.site = site
        self.answers: dict[str, int] = {"read": 0, "posted": 0, "sockets": 0}
        self.failures: list[str] = []
        self._answered = asyncio.Condition()

    async def reads(self) -> None:
        async with httpx.AsyncClient(verify=False, base_url=self.site, timeout=60) as client:
            while True:
                await self._asked("read", client.get("/sign-in/"))

    async def posts(self) -> None:
        async with httpx.AsyncClient(verify=False, base_url=self.site, timeout=60) as client:
            page = await client.get("/join/")
            token = page.text.split('name="csrfmiddlewaretoken" value="')[1].split('"')[0]
            headers = {"Referer": f"{self.site}/join/", "Origin": self.site}
            form = {"language": "en", "next": "/join/", "csrfmiddlewaretoken": token}
            while True:
                await self._asked("posted", client.post("/language/", data=form, headers=headers))

    async def _asked(self, kind: str, request) -> None:
        try:
            answer = await request
        except httpx.HTTPError as error:
            self.failures.append(f"{kind}: {error!r}")
            return
        if answer.status_code in {200, 302}:
            await self._count(kind)
        else:
            self.failures.append(f"{kind}: {answer.status_code} {answer.text[:200]}")

    async def _count(self, kind: str) -> None:
        async with self._answered:
            self.answers[kind] += 1
            self._answered.notify_all()

    async def holds_sockets(self) -> None:
        """A socket is opened again whenever its server has closed it: that must succeed at once."""
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        context.check_hostname = False
        context.verify_mode = ssl.CERT_NONE
        address = (
            self.site.replace("https", "wss") + f"/ws/games/{'0' * 8}-0000-4000-8000-{'0' * 12}/"
        )
        while True:
            try:
                async with websockets.connect(address, ssl=context, origin=self.site) as socket:
                    await socket.wait_closed()
                    await self._count("sockets")
            except (OSError, websockets.WebSocketException) as error:
                self.failures.append(f"socket: {error!r}")

    async def more(self) -> None:
        """Wait for `ENOUGH` further answers of each kind."""
        wanted = {kind: count + ENOUGH for kind, count in self.answers.items()}
        async with asyncio.timeout(300), self._answered:
            await self._answered.wait_for(
                lambda: all(self.answers[kind] >= count for kind, count in wanted.items())
            )


@asynccontextmanager
async def traffic(site: str) -> AsyncIterator[Traffic]:
    going = Traffic(site)
    work: list[Callable] = [*[going.reads] * READERS, *[going.posts] * 2, going.holds_sockets]
    tasks = [asyncio.create_task(one()) for one in work]
    try:
        yield going
    finally:
        for task in tasks:
            task.cancel()
        ended = await asyncio.gather(*tasks, return_exceptions=True)
        assert all(isinstance(one, asyncio.CancelledError) for one in ended), ended


@pytest.fixture
def places(deployment: Deployment) -> dict[str, tuple[int, int]]:
    return {name: (free_port(), free_port()) for name in deployment.ports}


async def test_containers_are_replaced_under_traffic_and_no_request_fails(
    deployment, tmp_path, places
):
    with ExitStack() as started:
        old = {
            name: started.enter_context(deployment.another(name, ports[0]))
            for name, ports in places.items()
        }
        file = caddyfile(tmp_path, places)
        site, proxy = started.enter_context(behind_proxy(deployment, file))
        async with traffic(site) as going:
            await going.more()
            for name, ports in places.items():
                new = deployment.another(name, ports[1])
                await asyncio.to_thread(started.enter_context, new)
                await going.more()
                old[name].popen.terminate()
                ended = await asyncio.to_thread(old[name].popen.wait, 60)
                assert ended in {0, -15}, old[name].output()
                await going.more()
        assert not going.failures, (Counter(going.failures), proxy.output())
