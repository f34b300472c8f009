"""The event loop of this process from which pointers are sent, in a thread of its own.

It is kept, and with it the layer's connection to Redis: a loop for each pointer would connect anew
each time, which takes longer than the sending. Whoever asks may be a request's thread, a worker's
process, or stand in a loop of its own.
"""

from __future__ import annotations

import asyncio
import os
import threading
from collections.abc import Coroutine
from typing import Any

SECONDS = 10.0
"""As long as a pointer may take before it counts as lost; the layer gives up sooner by itself."""

_making = threading.Lock()
_loop: asyncio.AbstractEventLoop | None = None


def send(work: Coroutine[Any, Any, None]) -> None:
    """Run `work` in the loop and wait for it; raises what it raises, or TimeoutError."""
    future = asyncio.run_coroutine_threadsafe(work, _running())
    try:
        future.result(SECONDS)
    except TimeoutError:
        future.cancel()
        raise


def _running() -> asyncio.AbstractEventLoop:
    global _loop
    with _making:
        if _loop is None:
            _loop = asyncio.new_event_loop()
            threading.Thread(target=_loop.run_forever, name="pointers", daemon=True).start()
        return _loop


def _forget() -> None:
    """A process that was forked has no thread but its own: it makes a loop when it needs one."""
    global _loop, _making
    _loop, _making = None, threading.Lock()


os.register_at_fork(after_in_child=_forget)
