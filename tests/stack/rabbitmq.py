"""A RabbitMQ of a test's own, where the machine has the program."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from tests.stack.processes import environment, running
from wargame.embedded.ports import answers, free_port

MISSING = (
    "no rabbitmq-server on this machine (Debian: apt-get install rabbitmq-server), and none is "
    "named by WARGAME_TEST_RABBITMQ"
)
# The program in Debian's /usr/sbin wants to become another user; what it starts does not.
PLACES = ("/usr/lib/rabbitmq/bin/rabbitmq-server",)


def rabbitmq_binary() -> str | None:
    """The path of a `rabbitmq-server`, or None where there is none."""
    named = os.environ.get("WARGAME_TEST_RABBITMQ")
    if named:
        return named
    for place in PLACES:
        if Path(place).exists():
            return place
    return shutil.which("rabbitmq-server")


def own_place(folder: Path, port: int) -> dict[str, str]:
    """The environment of a RabbitMQ that listens on `port` and keeps everything in `folder`."""
    return {
        "HOME": str(folder),
        "ERL_EPMD_ADDRESS": "127.0.0.1",
        "ERL_EPMD_PORT": str(free_port()),
        "RABBITMQ_NODENAME": f"knot-{port}@localhost",
        "RABBITMQ_NODE_IP_ADDRESS": "127.0.0.1",
        "RABBITMQ_NODE_PORT": str(port),
        "RABBITMQ_DIST_PORT": str(free_port()),
        "RABBITMQ_MNESIA_BASE": str(folder / "database"),
        "RABBITMQ_LOG_BASE": str(folder / "logs"),
        "RABBITMQ_LOGS": "-",
        "RABBITMQ_ENABLED_PLUGINS_FILE": str(folder / "plugins"),
    }


def _epmd(binary: str) -> str:
    """Erlang's port mapper: on PATH, or beside the RabbitMQ that was named."""
    beside = Path(binary).with_name("epmd")
    return str(beside) if beside.exists() else shutil.which("epmd") or "epmd"


@contextmanager
def rabbitmq(folder: Path, **extra: str) -> Iterator[int]:
    """Run RabbitMQ in `folder`; the value is its port. `extra` goes into its environment."""
    binary = rabbitmq_binary()
    assert binary, MISSING
    folder.mkdir(parents=True, exist_ok=True)
    port = free_port()
    env = environment(**own_place(folder, port), **extra)
    with ExitStack() as started:
        # Started here, since the one that RabbitMQ would start outlives it.
        mapper = [_epmd(binary), "-port", env["ERL_EPMD_PORT"]]
        epmd = started.enter_context(running("epmd", mapper, folder, env=env))
        epmd.wait_until(lambda: answers("127.0.0.1", int(env["ERL_EPMD_PORT"])))
        broker = started.enter_context(running("rabbitmq", [binary], folder, env=env))
        broker.wait_until(lambda: "Server startup complete" in broker.output(), seconds=120)
        yield port
