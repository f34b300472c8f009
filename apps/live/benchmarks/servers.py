"""The processes that a benchmark measures: a private Redis and uvicorn servers.

Each is started in a process group of its own and ended by its id. CPU time and memory are read
from Linux's /proc; elsewhere those two columns are left empty.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from wargame.embedded.ports import answers, free_port, wait_until
from wargame.embedded.redis_server import redis_command

ROOT = Path(__file__).resolve().parents[3]


class Server:
    """One process, and what it has used so far."""

    def __init__(self, name: str, process: subprocess.Popen, port: int, log: Path) -> None:
        self.name, self.process, self.port, self.log = name, process, port, log

    def wait(self) -> None:
        """Wait until the port answers.

        Raises:
            RuntimeError: the process ended or was not ready in 60 s; holds its last words.
        """
        try:
            wait_until(
                lambda: answers("127.0.0.1", self.port),
                alive=lambda: self.process.poll() is None,
                seconds=60,
                what=self.name,
            )
        except RuntimeError as error:
            tail = self.log.read_text(errors="replace")[-2000:]
            raise RuntimeError(f"{error}\n{tail}") from None

    def cpu_seconds(self) -> float | None:
        """CPU time of all threads, user and system, in seconds; None without /proc."""
        total = 0
        try:
            for task in Path(f"/proc/{self.process.pid}/task").iterdir():
                total += int((task / "schedstat").read_text().split()[0])
        except OSError:
            return None
        return total / 1e9

    def memory_bytes(self) -> int | None:
        """Resident memory in bytes; None without /proc."""
        try:
            pages = int(Path(f"/proc/{self.process.pid}/statm").read_text().split()[1])
        except OSError:
            return None
        return pages * os.sysconf("SC_PAGE_SIZE")

    def stop(self) -> None:
        """End the process and its children."""
        with suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGTERM)
        try:
            self.process.wait(10)
        except subprocess.TimeoutExpired:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()


class Bench:
    """A folder, a private Redis and the servers of one benchmark."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.servers: list[Server] = []
        port = free_port()
        self.redis_url = f"redis://127.0.0.1:{port}/0"
        command = redis_command(port=port, folder=folder / "redis", durable=False)
        self.start("redis", command, port).wait()

    def start(self, name: str, command: list[str], port: int, **extra: str) -> Server:
        """Start a process whose output goes to a file in the folder."""
        log = self.folder / f"{name}.log"
        with log.open("ab") as output:
            process = subprocess.Popen(  # noqa: S603 - the command is the benchmark's own
                command,
                cwd=ROOT,
                env={**os.environ, "WARGAME_REDIS_URL": self.redis_url, **extra},
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        server = Server(name, process, port, log)
        self.servers.append(server)
        return server

    def uvicorn(self, name: str, application: str, **extra: str) -> Server:
        """Start `application` under uvicorn, as the product runs its sockets."""
        port = free_port()
        command = [sys.executable, "-m", "uvicorn", application, "--port", str(port)]
        command += ["--ws-per-message-deflate", "false", "--log-level", "warning"]
        return self.start(name, command, port, **extra)


@contextmanager
def bench() -> Iterator[Bench]:
    """A bench that ends all of its processes and removes its folder."""
    with tempfile.TemporaryDirectory(prefix="korean-knot-benchmark-") as folder:
        made = Bench(Path(folder))
        try:
            yield made
        finally:
            for server in reversed(made.servers):
                server.stop()
