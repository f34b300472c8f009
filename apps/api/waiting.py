"""Waiting for the game to move, without asking again and again."""

from __future__ import annotations

import asyncio
from typing import Any

from asgiref.sync import sync_to_async
from channels.layers import get_channel_layer
from django.http import HttpRequest
from ninja import Query, Router

from apps.api.routes import seat_of, status_of
from apps.api.tokens import AsyncSeatBearer
from apps.games.groups import game_group

router = Router(auth=AsyncSeatBearer())
LONGEST = 55  # seconds; below the usual minute after which a proxy gives up


@router.get("/wait", summary="Wait until the game moves past a turn, phase or cursor")
async def wait(
    request: HttpRequest,
    turn: int = Query(None, ge=0, le=1000),
    cursor: int = Query(None, ge=0, le=2**53),
    seconds: float = Query(25, ge=0, le=LONGEST),
) -> dict[str, Any]:
    """Answer with the status as soon as its turn is beyond `turn`, its cursor is beyond `cursor`,
    or the game has ended; or after `seconds`. `moved` tells which of the two it was.

    With neither given, any change counts.
    """
    layer = get_channel_layer()
    first = await _status(request)
    group = game_group(first["game"])
    channel = await layer.new_channel()
    await layer.group_add(group, channel)
    until = asyncio.get_running_loop().time() + seconds
    if turn is None and cursor is None:
        cursor = first["cursor"]
    try:
        # Read again now that nothing can be missed.
        found = await _status(request)
        while not _moved(found, turn, cursor):
            left = until - asyncio.get_running_loop().time()
            try:
                await asyncio.wait_for(layer.receive(channel), max(left, 0))
            except TimeoutError:
                return {**found, "moved": False}
            found = await _status(request)
        return {**found, "moved": True}
    finally:
        await layer.group_discard(group, channel)


def _moved(found: dict[str, Any], turn: int | None, cursor: int | None) -> bool:
    if found["phase"] == "finished":
        return True
    if turn is not None and found["turn"] > turn:
        return True
    return cursor is not None and found["cursor"] > cursor


@sync_to_async
def _status(request: HttpRequest) -> dict[str, Any]:
    _, game, government = seat_of(request)
    return status_of(game, government)
