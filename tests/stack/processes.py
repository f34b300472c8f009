"""Processes that a test run starts, ended by their id when it is over."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

from wargame.embedded.ports import wait_until

ROOT = Path(__file__).resolve().parents[2]


def bare_environment(**extra: str) -> dict[str, str]:
    """The environment of somebody who has set nothing of ours, with `extra`."""
    ours = ("WARGAME_", "DJANGO_", "PYTEST_", "PYTHON")
    kept = {name: value for name, value in os.environ.items() if not name.startswith(ours)}
    return {**kept, **extra}


def environment(**extra: str) -> dict[str, str]:
    """The environment of a child: this run's, with the product's own settings."""
    return {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "wargame.settings",
        "PYTHONPATH": str(ROOT),
        "PYTHONUNBUFFERED": "1",
        **extra,
    }


class Process:
    """One child in a process group of its own, with its output in a file."""

    def __init__(self, name: str, popen: subprocess.Popen[bytes], log: Path) -> None:
        self.name = name
        self.popen = popen
        self.log = log
        self.port = 0
        """The port that a server listens on; 0 for other processes."""

    @property
    def pid(self) -> int:
        return self.popen.pid

    def alive(self) -> bool:
        return self.popen.poll() is None

    def output(self) -> str:
        """What the process has written so far."""
        return self.log.read_text(errors="replace")

    def wait_until(self, ready, seconds: float = 30) -> None:
        """Poll `ready()` until it holds; fail with the process's output when it does not."""
        try:
            wait_until(ready, alive=self.alive, seconds=seconds, what=self.name)
        except RuntimeError as error:
            raise RuntimeError(f"{error}; its output:\n{self.output()[-4000:]}") from None

    def kill(self) -> None:
        """End the whole group at once, as a crash of the machine would."""
        _signal_group(self.popen, signal.SIGKILL)
        self.popen.wait()

    def stop(self, seconds: float = 15) -> None:
        """Ask the process to end; after `seconds` end its group."""
        if self.alive():
            self.popen.terminate()
            with suppress(subprocess.TimeoutExpired):
                self.popen.wait(seconds)
        _signal_group(self.popen, signal.SIGKILL)
        self.popen.wait()


def _signal_group(popen: subprocess.Popen[bytes], what: signal.Signals) -> None:
    with suppress(ProcessLookupError):
        os.killpg(popen.pid, what)


def _unused(folder: Path, name: str) -> Path:
    """A log file of its own for each process, since tests read in it what has happened."""
    log, number = folder / f"{name}.log", 1
    while log.exists():
        number += 1
        log = folder / f"{name}-{number}.log"
    return log


def start(
    name: str,
    command: Sequence[str],
    folder: Path,
    *,
    env: dict[str, str] | None = None,
    **extra: str,
) -> Process:
    """Start `command` in the project's folder; a file in `folder` named after it has its output.

    Its environment is `env`, or this run's with `extra`.
    """
    log = _unused(folder, name)
    with log.open("ab") as output:
        popen = subprocess.Popen(
            list(command),
            cwd=ROOT,
            env=environment(**extra) if env is None else env,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    return Process(name, popen, log)


@contextmanager
def running(
    name: str,
    command: Sequence[str],
    folder: Path,
    *,
    env: dict[str, str] | None = None,
    **extra: str,
) -> Iterator[Process]:
    """`start`, and stop at the end of the block."""
    process = start(name, command, folder, env=env, **extra)
    try:
        yield process
    finally:
        process.stop()


def python(*arguments: str) -> list[str]:
    """A command line for this run's interpreter."""
    return [sys.executable, *arguments]
