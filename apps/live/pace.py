"""How fast one client may speak."""

from __future__ import annotations

import time
from collections.abc import Callable


class Pace:
    """A token bucket: `burst` messages at once, `rate` a second after that."""

    def __init__(
        self, *, rate: float = 5, burst: float = 20, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._rate, self._burst, self._clock = rate, burst, clock
        self._tokens, self._at = burst, clock()

    def allows(self) -> bool:
        """Count one message; False if it came too soon after too many others."""
        at = self._clock()
        self._tokens = min(self._burst, self._tokens + (at - self._at) * self._rate)
        self._at = at
        if self._tokens < 1:
            return False
        self._tokens -= 1
        return True
