"""Telling the browsers that a game moved: one small pointer after the commit, no content.

A pointer that is lost heals with the next, and with the reader's cursor: so a Redis that is away is
logged, and never fails the act that was already committed.
"""

from __future__ import annotations

import time
import uuid

import structlog
from channels.layers import get_channel_layer
from django.db import transaction

from apps.games import sending
from apps.games.groups import game_group

log = structlog.get_logger(__name__)


def turn_pointer(game_id: uuid.UUID) -> None:
    """Send the pointer of `game_id` once the transaction that is open has committed."""
    transaction.on_commit(lambda: send_pointer(game_id), robust=True)


def send_pointer(game_id: uuid.UUID, *, fleeting: str = "") -> None:
    """Send the pointer now. Use `turn_pointer`, unless there is no transaction to wait for.

    `fleeting` names an audience of which something changed that moves no cursor, such as who edits
    which draft: it is rendered again although its cursor stands.
    """
    layer = get_channel_layer()
    if layer is None:
        return
    try:
        sending.send(
            layer.group_send(
                game_group(game_id),
                # The time serves the figure of the push's lag, and nothing else.
                {
                    "type": "game.moved",
                    "game": str(game_id),
                    "at": time.time(),
                    "fleeting": fleeting,
                },
            )
        )
    except Exception as error:  # whatever the layer raises, the act itself stands
        log.warning("pointer not sent", game=str(game_id), error=type(error).__name__)
