"""The bounded queue and the writer of one socket.

A socket that does not read must cost its neighbors nothing: whoever broadcasts never waits for
the network, only the socket's own writer does. A socket whose queue is full is closed; its
client resumes from its stamp and gets one message instead of many.

Waking a task for every socket costs as much again as the send itself. So a message for an idle
socket is sent at once, as far as that goes without waiting; what would wait is left to the
writer. (Python 3.12 has eager tasks for this; we support 3.11.)
"""

from __future__ import annotations

import asyncio
import logging
from collections import deque
from collections.abc import Callable, Coroutine, Generator
from contextlib import suppress
from typing import Any

from apps.live.codes import Close
from wargame.observation.metrics import SOCKETS_CLOSED

log = logging.getLogger(__name__)

QUEUE_LIMIT = 32
CLOSE_SECONDS = 5.0

Send = Callable[[dict], Coroutine[Any, Any, None]]


class _Rest:
    """The rest of a coroutine that was started by hand and now waits for `future`."""

    def __init__(self, coroutine: Coroutine[Any, Any, None], future: Any) -> None:
        self._coroutine, self._future = coroutine, future

    def __await__(self) -> Generator[Any, Any, None]:
        try:
            yield self._future
        except BaseException as error:
            self._coroutine.throw(error)
            raise
        yield from self._coroutine.__await__()


class Outbox:
    """Messages that wait for one socket, at most `limit` of them.

    When the queue overflows it is emptied and the socket closed with 4408.
    """

    def __init__(self, send: Send, *, limit: int = QUEUE_LIMIT) -> None:
        self._send = send
        self._limit = limit
        self._waiting: deque[str] = deque()
        self._rest: _Rest | None = None
        self._idle = True
        self._sending = False
        self._wake = asyncio.Event()
        self._close: int | None = None
        self._task = asyncio.create_task(self._write())

    @property
    def closed(self) -> bool:
        """Whether the socket is closed or about to be."""
        return self._close is not None

    def put(self, message: str) -> bool:
        """Queue a message; False if the socket is closed, or is closed now for its slowness."""
        if self._close is not None:
            return False
        if self._idle:
            return self._send_at_once(message)
        if len(self._waiting) >= self._limit:
            log.info("a socket is closed: too slow, %d messages wait", self._limit)
            self.close(Close.TOO_SLOW)
            return False
        self._waiting.append(message)
        self._wake.set()
        return True

    def _send_at_once(self, message: str) -> bool:
        coroutine = self._send({"type": "websocket.send", "text": message})
        try:
            future = coroutine.send(None)
        except StopIteration:
            return True
        except Exception:
            self.close(Close.GOING_AWAY)
            return False
        self._idle, self._rest = False, _Rest(coroutine, future)
        self._wake.set()
        return True

    def close(self, code: int) -> None:
        """Close the socket with `code` without sending what still waits."""
        if self._close is None:
            self._close = int(code)
            SOCKETS_CLOSED.labels(str(int(code))).inc()
            self._waiting.clear()
            self._wake.set()
            if code == Close.TOO_SLOW and self._sending:
                # The writer itself hangs in a send that the peer never reads.
                self._task.cancel()

    async def ended(self) -> None:
        """Wait until the writer has ended, for whatever reason."""
        await asyncio.wait([self._task])

    async def done(self) -> None:
        """Stop the writer; called when the socket is gone."""
        self._close = self._close or int(Close.GOING_AWAY)
        self._task.cancel()
        with suppress(asyncio.CancelledError):
            await self._task

    async def _write(self) -> None:
        waiting, wake = self._waiting, self._wake
        try:
            while self._close is None:
                self._sending = True
                if self._rest is not None:
                    rest, self._rest = self._rest, None
                    await rest
                while waiting:
                    await self._send({"type": "websocket.send", "text": waiting.popleft()})
                self._sending, self._idle = False, True
                wake.clear()
                await wake.wait()
        except asyncio.CancelledError:
            if self._close != Close.TOO_SLOW:
                raise
        except Exception:
            self._close = self._close or int(Close.GOING_AWAY)
            return
        with suppress(Exception):
            async with asyncio.timeout(CLOSE_SECONDS):
                await self._send({"type": "websocket.close", "code": self._close})
