"""A client written from docs/live-protocol.md alone: it resumes, and backs off with jitter."""

from __future__ import annotations

import asyncio
import json
import random
from collections.abc import Callable

from websockets.asyncio.client import connect
from websockets.exceptions import ConnectionClosed, InvalidHandshake

STOPS = {1008, 1009, 4401, 4403, 4409}


class Client:
    """Shows the fragments that it was sent, as a browser would."""

    def __init__(
        self, url: str, *, person: str = "anna", audience: str = "public", cookie: str = ""
    ) -> None:
        self.url = url
        self.cookie = cookie or f"person={person}; audience={audience}"
        self.shown: dict[str, str] = {}
        self.stamp: str | None = None
        self.texts: list[str] = []
        self.stamps: list[str] = []
        self.values: list[int] = []
        self.opened = 0
        self.closed_with: int | None = None
        self.problems: list[str] = []
        self._changed = asyncio.Condition()
        self._task: asyncio.Task[None] | None = None

    @property
    def value(self) -> int:
        """The number that the rig's game shows; -1 before the first frame."""
        return int(self.shown["value"].partition(":")[0]) if "value" in self.shown else -1

    async def __aenter__(self) -> Client:
        self._task = asyncio.create_task(self._stay())
        return self

    async def __aexit__(self, *error: object) -> None:
        if self._task is not None:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)

    async def until(self, condition: Callable[[], bool], seconds: float = 20) -> None:
        """Wait until `condition` holds; it is looked at after every message and change."""
        async with asyncio.timeout(seconds), self._changed:
            await self._changed.wait_for(condition)

    async def _note(self) -> None:
        async with self._changed:
            self._changed.notify_all()

    async def _stay(self) -> None:
        attempt = 0
        while self.closed_with not in STOPS:
            try:
                if await self._once():
                    attempt = 0
            except (OSError, InvalidHandshake, TimeoutError) as error:
                self.problems.append(repr(error))
            await self._note()
            await asyncio.sleep(0.25 + random.random() * min(15, 0.5 * 2**attempt))
            attempt += 1

    async def _once(self) -> bool:
        host = self.url.split("/")[2]
        heard = False
        async with connect(
            self.url,
            origin=f"http://{host}",
            additional_headers={"Cookie": self.cookie},
            compression=None,
            open_timeout=20,
            max_size=2**22,
        ) as socket:
            self.opened += 1
            resume = {"type": "resume"} | ({"stamp": self.stamp} if self.stamp else {})
            try:
                await socket.send(json.dumps(resume))
                async for text in socket:
                    heard = True
                    self._apply(text)
                    await self._note()
            except ConnectionClosed:
                pass
            finally:
                self.closed_with = socket.close_code
        return heard

    def _apply(self, text: str) -> None:
        self.texts.append(text)
        message = json.loads(text)
        if message["type"] != "frame":
            return
        if message["stamp"] == self.stamp:
            self.problems.append("a frame came twice")
        self.stamp = message["stamp"]
        self.stamps.append(message["stamp"])
        self.shown |= message["fragments"]
        self.values.append(self.value)
