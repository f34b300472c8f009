"""The floor of `benchmark push`: one Redis subscription and a plain broadcast, no Django.

Nothing simpler serves the same purpose on the same server. It has no sessions, no origin check,
no rendering, no resume and no protection from a slow reader.
"""

from __future__ import annotations

import asyncio
import os

from redis import asyncio as redis

CHANNEL = "benchmark.floor"

_sends: set = set()
_tasks: list[asyncio.Task] = []


async def _broadcast() -> None:
    client = redis.from_url(os.environ["WARGAME_REDIS_URL"], socket_timeout=None)
    subscription = client.pubsub()
    await subscription.subscribe(CHANNEL)
    async for message in subscription.listen():
        if message["type"] == "message":
            event = {"type": "websocket.send", "text": message["data"].decode()}
            for send in list(_sends):
                await send(event)


async def application(scope, receive, send):
    """Accept every socket and send it whatever is published."""
    if scope["type"] == "lifespan":
        while True:
            event = await receive()
            if event["type"] == "lifespan.startup":
                _tasks.append(asyncio.create_task(_broadcast()))
                await send({"type": "lifespan.startup.complete"})
            else:
                _tasks.pop().cancel()
                await send({"type": "lifespan.shutdown.complete"})
                return
    await receive()
    await send({"type": "websocket.accept"})
    _sends.add(send)
    try:
        while (await receive())["type"] != "websocket.disconnect":
            pass
    finally:
        _sends.discard(send)
