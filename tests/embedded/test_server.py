"""`script/server`: one command brings everything up, and leaves nothing behind."""

from __future__ import annotations

import re
import signal
import socket
import subprocess
import sys
import urllib.error
import urllib.request
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.stack.processes import ROOT, Process, bare_environment, running
from wargame.embedded.ports import free_port, wait_until

pytestmark = [
    pytest.mark.stack,
    pytest.mark.slow,
    pytest.mark.skipif(not Path("/proc/self/environ").exists(), reason="no /proc to find orphans"),
]


class Server:
    """A started `script/server`, and everything that carries its mark."""

    def __init__(self, process: Process, port: int, mark: str, data: Path) -> None:
        self.process = process
        self.data = data
        self.url = f"http://127.0.0.1:{port}"
        self.mark = mark.encode()

    def get(self, path: str) -> tuple[int, str]:
        try:
            with urllib.request.urlopen(self.url + path, timeout=10) as answer:
                return answer.status, answer.read().decode(errors="replace")
        except urllib.error.HTTPError as error:
            return error.code, error.read().decode(errors="replace")

    def commands(self) -> dict[int, str]:
        """The command line of each process, of any age, that was started for this server."""
        found = {}
        for folder in Path("/proc").iterdir():
            if not folder.name.isdigit():
                continue
            try:
                # Redis writes its title over its environment; it works in the data folder.
                ours = self.mark in (folder / "environ").read_bytes()
                if ours or self.data in (folder / "cwd").readlink().parents:
                    words = (folder / "cmdline").read_bytes().split(b"\0")
                    found[int(folder.name)] = b" ".join(words).decode()
            except OSError:  # it ended while we looked, or is another user's
                continue
        return found

    def ends(self) -> None:
        """Wait until nothing that was started for this server is left."""
        wait_until(
            lambda: not self.commands(),
            alive=lambda: True,
            seconds=30,
            what=f"the end of {self.commands()}",
        )


@contextmanager
def serving(data: Path, folder: Path) -> Iterator[Server]:
    port, mark = free_port(), uuid.uuid4().hex
    command = ["script/server", "--port", str(port), "--data", str(data)]
    env = bare_environment(KNOT_TEST_MARK=mark, WARGAME_HEARTBEAT_SECONDS="0.5")
    with running(f"server-{port}", command, folder, env=env) as process:
        server = Server(process, port, mark, data)
        process.wait_until(lambda: "Korean Knot is ready" in process.output(), seconds=90)
        yield server
    server.ends()


def test_the_whole_product_comes_up_and_ctrl_c_ends_all_of_it(tmp_path):
    with serving(tmp_path / "data", tmp_path) as server:
        server.process.wait_until(lambda: server.get("/readyz")[0] == 200, seconds=60)
        assert server.get("/")[0] == 200
        assert server.get("/sign-in/")[0] == 200
        running_now = " ".join(server.commands().values())
        for part in ("redis-server", "uvicorn", "--queues turns", "--queues simulations", "beat"):
            assert part in running_now

        server.process.popen.send_signal(signal.SIGINT)
        assert server.process.popen.wait(30) == 0
        server.ends()
    output = server.process.output()
    assert re.search(r"players: +http://\S+/join/\w+/", output)
    assert re.search(r"facilitator: +http://\S+/sign-in/ +as \w+ +with password \S{8,}", output)
    assert "Traceback" not in output


def test_a_second_start_keeps_the_data(tmp_path):
    told = []
    for _ in range(2):
        with serving(tmp_path / "data", tmp_path) as server:
            lines = server.process.output().splitlines()
            told.append([re.sub(r":\d+/", "/", line) for line in lines if "join code" in line])
            key = (tmp_path / "data" / "secret-key").read_text()
    assert told[0] == told[1] != []
    assert key == (tmp_path / "data" / "secret-key").read_text()
    assert (tmp_path / "data" / "secret-key").stat().st_mode & 0o077 == 0


def test_nothing_outlives_a_server_that_is_killed(tmp_path):
    with serving(tmp_path / "data", tmp_path) as server:
        assert len(server.commands()) >= 6
        server.process.popen.kill()
        server.process.popen.wait()
        server.ends()


def test_a_worker_that_dies_is_started_again_and_leaves_no_child(tmp_path):
    with serving(tmp_path / "data", tmp_path) as server:
        server.process.wait_until(lambda: server.get("/readyz")[0] == 200, seconds=60)
        before = {pid for pid, line in server.commands().items() if "--queues turns" in line}
        for pid in before:
            subprocess.run(["kill", "-KILL", str(pid)], check=False)
        server.process.wait_until(
            lambda: "turns ended (status -9) and is started again" in server.process.output()
        )
        server.process.wait_until(
            lambda: any(
                "--queues turns" in line and pid not in before
                for pid, line in server.commands().items()
            )
        )
        assert not before & set(server.commands())


def _refused(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        ["script/server", *arguments],
        cwd=ROOT,
        env=bare_environment(),
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


def test_a_taken_port_is_refused_with_what_to_do(tmp_path):
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
        done = _refused("--port", str(port), "--data", str(tmp_path / "data"))
    assert done.returncode == 1
    assert f"port {port} is taken" in done.stderr
    assert f"script/server --port {port + 1}" in done.stderr
    assert not (tmp_path / "data").exists()


def test_data_in_use_is_refused(tmp_path):
    holder = "import fcntl, sys; f = open(sys.argv[1], 'w'); fcntl.flock(f, fcntl.LOCK_EX); "
    holder += "print('held', flush=True); sys.stdin.read()"
    with subprocess.Popen(
        [sys.executable, "-c", holder, str(tmp_path / "server.lock")],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as other:
        assert other.stdout.readline() == "held\n"
        done = _refused("--port", str(free_port()), "--data", str(tmp_path))
        other.stdin.close()
    assert done.returncode == 1
    assert "already runs with the data" in done.stderr


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        (("--port", "0"), "give one from 1 to 65535"),
        (("--port", "web"), "invalid port value"),
        (("--host", "192.0.2.1", "--port", "8123"), "cannot listen on 192.0.2.1"),
        (("--speed", "9"), "unrecognized arguments"),
    ],
)
def test_bad_arguments_are_refused_with_a_reason(arguments, complaint, tmp_path):
    done = _refused(*arguments, "--data", str(tmp_path))
    assert done.returncode in {1, 2}
    assert complaint in done.stderr
    assert "Traceback" not in done.stderr


def test_help_tells_every_option():
    done = _refused("--help")
    assert done.returncode == 0
    for option in ("--port", "--host", "--data"):
        assert option in done.stdout
