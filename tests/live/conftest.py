"""A real server on a real Redis, both of which a test may kill."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from channels_redis.pubsub import RedisPubSubChannelLayer

from apps.live import room
from tests.live.client import Client
from tests.live.rig import GAME, START
from tests.stack.processes import Process, python, start
from wargame.embedded.ports import answers, free_port
from wargame.embedded.redis_server import redis_command


class Rig:
    """The stack around a game of one number, and the pen that writes it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.redis_port, self.port = free_port(), free_port()
        self.redis_url = f"redis://127.0.0.1:{self.redis_port}/0"
        self.game = json.loads(json.dumps(START))
        self._write()
        self.redis = self.start_redis()
        self.server = self.start_server()
        self._layer: RedisPubSubChannelLayer | None = None

    def start_redis(self) -> Process:
        command = redis_command(port=self.redis_port, folder=self.folder / "redis", durable=False)
        self.redis = start("rig-redis", command, self.folder)
        self.redis.wait_until(lambda: answers("127.0.0.1", self.redis_port))
        return self.redis

    def start_server(self) -> Process:
        command = python("-m", "uvicorn", "tests.live.rig:application")
        command += ["--port", str(self.port), "--ws-per-message-deflate", "false"]
        command += ["--ws-max-size", "65536", "--log-level", "warning"]
        self.server = start(
            "rig-server",
            command,
            self.folder,
            RIG_STATE=str(self.folder / "state.json"),
            WARGAME_REDIS_URL=self.redis_url,
        )
        self.server.wait_until(lambda: answers("127.0.0.1", self.port), seconds=60)
        return self.server

    @property
    def url(self) -> str:
        return f"ws://127.0.0.1:{self.port}/ws/games/{GAME}/"

    def client(self, person: str = "anna", audience: str = "public") -> Client:
        return Client(self.url, person=person, audience=audience)

    def memory(self) -> int:
        """Resident memory of the server in bytes."""
        pages = int(Path(f"/proc/{self.server.pid}/statm").read_text().split()[1])
        return pages * os.sysconf("SC_PAGE_SIZE")

    def write(self, **changes: object) -> None:
        """Change the game without telling anybody."""
        self.game |= changes
        self.game["version"] += 1
        self._write()

    def _write(self) -> None:
        path = self.folder / "state.json"
        path.with_suffix(".new").write_text(json.dumps(self.game))
        path.with_suffix(".new").rename(path)

    async def point(self) -> None:
        """Send the pointer, as a service does after its commit."""
        if self._layer is None:
            host = {"address": self.redis_url, "socket_timeout": None}
            self._layer = RedisPubSubChannelLayer(hosts=[host])
        message = {"type": "game.moved", "game": str(GAME)}
        await self._layer.group_send(room.group_for(GAME), message)

    async def show(self, value: int, audience: str = "public") -> None:
        """Change the number that an audience sees, and send the pointer."""
        self.write(value=self.game["value"] | {audience: value})
        await self.point()

    def stop(self) -> None:
        for process in (self.server, self.redis):
            process.stop()


@pytest.fixture
def rig(tmp_path: Path) -> Iterator[Rig]:
    made = Rig(tmp_path)
    yield made
    made.stop()


ManyClients = Callable[..., list[Client]]
