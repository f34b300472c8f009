"""The lifespan of an ASGI server: what a process does once it serves, not where it is imported."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from apps.games import warming

Receive = Callable[[], Awaitable[Mapping[str, Any]]]
Send = Callable[[Mapping[str, Any]], Awaitable[None]]


async def lifespan(scope: Mapping[str, Any], receive: Receive, send: Send) -> None:
    """Begin to warm the process at its start; the server waits for neither that nor its end."""
    while True:
        message = await receive()
        if message["type"] == "lifespan.startup":
            warming.begin()
            await send({"type": "lifespan.startup.complete"})
        else:
            await send({"type": "lifespan.shutdown.complete"})
            return
