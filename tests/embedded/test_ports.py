"""Ports: free, taken, answering, and waiting for them."""

from __future__ import annotations

import socket

import pytest

from wargame.embedded.ports import answers, free_port, is_taken, wait_until


def test_a_port_that_somebody_listens_on_is_taken():
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
        assert is_taken("127.0.0.1", port)
        assert answers("127.0.0.1", port)
    assert not answers("127.0.0.1", port)


def test_a_free_port_is_not_taken():
    assert not is_taken("127.0.0.1", free_port())


def test_waiting_ends_with_a_process_that_died():
    with pytest.raises(RuntimeError, match="Redis ended before it was ready"):
        wait_until(lambda: False, alive=lambda: False, seconds=5, what="Redis")


def test_waiting_ends_after_its_time():
    with pytest.raises(RuntimeError, match="not ready after 0 s"):
        wait_until(lambda: False, alive=lambda: True, seconds=0, what="Redis")
