"""What the embedded server writes: each part's lines under its name."""

from __future__ import annotations

import sys
import threading
from typing import TextIO

COLORS = {"redis": 35, "web": 36, "turns": 32, "simulations": 33, "beat": 34, "server": 1}
WIDTH = max(map(len, COLORS))


class Console:
    """Lines of several processes on one stream, whole and told apart."""

    def __init__(self, stream: TextIO | None = None) -> None:
        self._stream = stream or sys.stdout
        self._colored = self._stream.isatty()
        self._lock = threading.Lock()

    def say(self, part: str, text: str) -> None:
        """Write the lines of `text` under the name of `part`; an empty text writes nothing."""
        name = f"{part:<{WIDTH}} |"
        if self._colored:
            name = f"\x1b[{COLORS.get(part, 0)}m{name}\x1b[0m"
        with self._lock:
            for line in text.splitlines():
                self._stream.write(f"{name} {line}\n")
            self._stream.flush()

    def announce(self, text: str) -> None:
        """Write `text` as it is, for the person who started the server."""
        with self._lock:
            self._stream.write(f"{text}\n")
            self._stream.flush()
