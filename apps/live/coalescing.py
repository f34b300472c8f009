"""One run of some work for everybody who asks while it is wanted."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable


class Coalesced:
    """Work that is run for many callers at once.

    Awaiting an instance waits for a run that *began after* the call. However many call while a
    run is under way, one more run follows it and serves them all.
    """

    def __init__(self, work: Callable[[], Awaitable[None]]) -> None:
        self._work = work
        self._running: asyncio.Task[None] | None = None
        self._next: asyncio.Task[None] | None = None

    async def __call__(self) -> None:
        """Wait for a run that begins after this call; raises what that run raises."""
        if self._next is None:
            self._next = asyncio.create_task(self._run_after(self._running))
            # Whoever waited may be gone when it fails; the error is not an unheard one for that.
            self._next.add_done_callback(lambda task: task.cancelled() or task.exception())
        await asyncio.shield(self._next)

    async def under_way(self) -> None:
        """Wait for the run that is under way, if any; raises what that run raises."""
        if self._running is not None:
            await asyncio.shield(self._running)

    async def _run_after(self, running: asyncio.Task[None] | None) -> None:
        if running is not None:
            await asyncio.wait([running])
        # From here on a caller cannot be sure any more that its change is in this run.
        self._running, self._next = self._next, None
        await self._work()
