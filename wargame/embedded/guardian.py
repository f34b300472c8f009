"""Ends what a supervisor started, when the supervisor itself is gone.

A supervisor that is killed cannot clean up. This process reads the ids of process groups from
its standard input, one a line (`+123` started, `-123` ended); the supervisor holds the other end.
At its end of file, however that came about, every group left is asked to end and then ended.
"""

from __future__ import annotations

import os
import signal
import sys
import time
from collections.abc import Iterable
from contextlib import suppress

GRACE = 8.0
"""Seconds between the request to end and the end."""


def signal_group(group: int, what: int) -> bool:
    """Send signal `what` to a process group (0 only looks); False when no process is left."""
    try:
        os.killpg(group, what)
    except (ProcessLookupError, PermissionError):
        return False
    return True


def end_groups(groups: Iterable[int], *, grace: float = GRACE) -> None:
    """Ask every group to end; what is left after `grace` seconds is killed."""
    left = {group for group in groups if signal_group(group, signal.SIGTERM)}
    deadline = time.monotonic() + grace
    while left and time.monotonic() < deadline:
        time.sleep(0.05)
        left = {group for group in left if signal_group(group, 0)}
    for group in left:
        signal_group(group, signal.SIGKILL)


def main() -> None:
    for ignored in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(ignored, signal.SIG_IGN)
    groups: set[int] = set()
    for line in sys.stdin:
        with suppress(ValueError):
            change = int(line)
            groups.add(change) if change > 0 else groups.discard(-change)
    end_groups(groups)


if __name__ == "__main__":
    main()
