"""Close codes of the game socket, and what a client does about each."""

from __future__ import annotations

from enum import IntEnum


class Close(IntEnum):
    """Why the server closed a socket; `docs/live-protocol.md` describes each for clients."""

    GOING_AWAY = 1001
    BAD_MESSAGE = 1008
    TOO_BIG = 1009
    ERROR = 1011
    SIGN_IN = 4401
    NOT_A_MEMBER = 4403
    TOO_SLOW = 4408
    SUPERSEDED = 4409
    TOO_MANY = 4429
