"""The channel layer over two real Redis servers: games are spread, and one alone can fail."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Any

import pytest
import redis
from channels_redis.pubsub import RedisPubSubChannelLayer

from apps.live.room import group_for
from tests.live.builders import FakeSocket, Table
from tests.project.test_settings import manage
from tests.stack.processes import Process, start
from wargame.embedded.ports import answers, free_port
from wargame.embedded.redis_server import redis_command

pytestmark = [pytest.mark.stack, pytest.mark.slow]
GAMES = 12


class Shard:
    """One Redis of the layer, which a test may kill."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.port = folder, free_port()
        self.start()

    def start(self) -> None:
        command = redis_command(port=self.port, folder=self.folder, durable=False)
        self.process: Process = start("shard", command, self.folder)
        self.process.wait_until(lambda: answers("127.0.0.1", self.port))

    @property
    def url(self) -> str:
        return f"redis://127.0.0.1:{self.port}/0"

    def holds(self, table: Table) -> bool:
        """Whether this server has the subscription of the table's game."""
        with redis.Redis.from_url(self.url) as client:
            groups = {name.decode() for name in client.pubsub_channels()}
        return any(name.endswith(group_for(table.game.id)) for name in groups)


@pytest.fixture
def shards(tmp_path: Path) -> Iterator[list[Shard]]:
    made = [Shard(tmp_path / name) for name in ("a", "b")]
    yield made
    for shard in made:
        shard.process.stop()


def layer(shards: list[Shard]) -> RedisPubSubChannelLayer:
    hosts: list[dict[str, Any]] = [
        {"address": shard.url, "socket_timeout": None, "socket_connect_timeout": 2}
        for shard in shards
    ]
    return RedisPubSubChannelLayer(hosts=hosts)


@pytest.fixture
async def seated(shards: list[Shard]) -> AsyncIterator[list[tuple[Table, FakeSocket]]]:
    """Games of one server process, each with a reader; pointers come from another process."""
    readers, writers = layer(shards), layer(shards)
    made = []
    for _ in range(GAMES):
        table = Table()  # its hub does not poll: what arrives was pushed
        table.layer = readers
        made.append((table, await table.sit("anna", "seat:US")))
        table.layer = writers
    yield made
    for table, _ in made:
        table.layer = readers
        await table.clear()
    for one in (readers, writers):
        with contextlib.suppress(redis.RedisError, OSError):
            await one.flush()


async def moves(table: Table, anna: FakeSocket, value: int) -> None:
    await table.move(US=value)
    await anna.until(lambda: anna.shown["value"] == f"<p id=value>{value}</p>", 30)


async def test_games_are_spread_and_every_one_is_told(shards, seated):
    for table, anna in seated:
        await moves(table, anna, 1)
    spread = [sum(shard.holds(table) for table, _ in seated) for shard in shards]
    assert sum(spread) == GAMES
    assert min(spread) > 0


async def test_where_one_redis_fails_the_games_of_the_other_go_on_and_the_rest_come_back(
    shards, seated
):
    lost, kept = shards
    theirs = [one for one in seated if lost.holds(one[0])]
    others = [one for one in seated if kept.holds(one[0])]
    assert len(theirs) + len(others) == GAMES
    lost.process.kill()
    for table, anna in others:
        await moves(table, anna, 1)
    lost.start()
    for table, anna in theirs:
        table.game.values["seat:US"] = 2
        # Subscribed again: the layer does that by itself, and here nothing else is waited for.
        # In a thread: the layer subscribes in this test's own loop, which must not stand still.
        await asyncio.to_thread(
            lost.process.wait_until, lambda table=table: lost.holds(table), seconds=60
        )
        await moves(table, anna, 2)


def test_the_addresses_of_the_environment_reach_the_layer():
    told = manage(
        "shell",
        "--no-imports",
        "--command=from django.conf import settings; "
        "print([h['address'] for h in settings.CHANNEL_LAYERS['default']['CONFIG']['hosts']])",
        WARGAME_SECRET_KEY="x",
        WARGAME_REDIS_URL="redis://cache:6379/0",
        WARGAME_REDIS_CHANNEL_HOSTS="redis://one:6379/1,redis://two:6379/1",
    )
    assert told.stdout.strip() == "['redis://one:6379/1', 'redis://two:6379/1']", told.stderr
