"""The processes of the embedded default: started, watched, their lines told apart, ended."""

from __future__ import annotations

import signal
import subprocess
import sys
import threading
import time
from collections import deque
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from queue import SimpleQueue

from wargame.embedded.guardian import GRACE, end_groups

PATIENCE = 5
"""How many times a process may end by itself within PATIENCE_SECONDS before all is stopped."""
PATIENCE_SECONDS = 60.0
STOP_SECONDS = 8.0
"""How long processes are given to finish what they are at."""


@dataclass
class Child:
    """One process in a process group of its own, so that a Ctrl-C reaches the supervisor alone."""

    name: str
    command: Sequence[str]
    popen: subprocess.Popen[str] | None = None
    ends: deque[float] = field(default_factory=lambda: deque(maxlen=PATIENCE))

    @property
    def alive(self) -> bool:
        return self.popen is not None and self.popen.poll() is None

    def failed_too_often(self) -> bool:
        """Whether its last PATIENCE ends all lie within PATIENCE_SECONDS."""
        return len(self.ends) == PATIENCE and self.ends[-1] - self.ends[0] < PATIENCE_SECONDS


class Children:
    """Starts children and reports each end in `ended`; a guardian ends them if we are killed."""

    def __init__(
        self, *, folder: Path, environment: Mapping[str, str], say: Callable[[str, str], None]
    ) -> None:
        self.folder = folder
        self.environment = dict(environment)
        self.say = say
        self.ended: SimpleQueue[Child] = SimpleQueue()
        self._started: list[Child] = []
        self._telling = threading.Lock()
        self._guardian = subprocess.Popen(
            [sys.executable, "-m", "wargame.embedded.guardian"],
            cwd=folder,
            stdin=subprocess.PIPE,
            text=True,
            start_new_session=True,
        )

    def start(self, name: str, command: Sequence[str]) -> Child:
        """Start a child and pass its lines on under its name."""
        child = Child(name, command)
        self._launch(child)
        return child

    def restart(self, child: Child) -> None:
        """Start a child that has ended again."""
        self._launch(child)

    def _launch(self, child: Child) -> None:
        popen = subprocess.Popen(
            list(child.command),
            cwd=self.folder,
            env=self.environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            errors="replace",
            start_new_session=True,
        )
        child.popen = popen
        self._tell_guardian(popen.pid)
        if child not in self._started:
            self._started.append(child)
        for task in (self._pass_lines_on, self._report_end):
            threading.Thread(target=task, args=(child, popen), daemon=True).start()

    def _pass_lines_on(self, child: Child, popen: subprocess.Popen[str]) -> None:
        assert popen.stdout is not None
        for line in popen.stdout:
            self.say(child.name, line.rstrip())

    def _report_end(self, child: Child, popen: subprocess.Popen[str]) -> None:
        popen.wait()
        child.ends.append(time.monotonic())
        # Its own children may have outlived it: a killed worker leaves its pool behind.
        end_groups([popen.pid], grace=1.0)
        self._tell_guardian(-popen.pid)
        self.ended.put(child)

    def _tell_guardian(self, group: int) -> None:
        assert self._guardian.stdin is not None
        with self._telling, suppress(BrokenPipeError, ValueError):
            self._guardian.stdin.write(f"{group:+d}\n")
            self._guardian.stdin.flush()

    def stop_all(self, *, seconds: float = STOP_SECONDS) -> None:
        """Ask all to end, Redis last; what stays after `seconds` is killed, with its children.

        Redis was started first. It outlives the others so that a worker can still acknowledge
        the task that it was busy with.
        """
        for group in (self._started[1:], self._started[:1]):
            self._stop(group, seconds)
        assert self._guardian.stdin is not None
        with self._telling:
            self._guardian.stdin.close()
        self._guardian.wait(GRACE + 5)

    def _stop(self, children: Sequence[Child], seconds: float) -> None:
        running = [(child, child.popen) for child in children if child.popen and child.alive]
        for _, popen in running:
            popen.send_signal(signal.SIGTERM)
        deadline = time.monotonic() + seconds
        for child, popen in running:
            try:
                popen.wait(max(0.1, deadline - time.monotonic()))
            except subprocess.TimeoutExpired:
                self.say(child.name, "did not end in time and is killed")
        end_groups([popen.pid for _, popen in running], grace=0.5)
        for _, popen in running:
            popen.wait()
