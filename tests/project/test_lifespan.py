"""A process warms itself when a server starts it, and not when something imports it."""

from __future__ import annotations

import importlib
from unittest import mock

import pytest
from asgiref.testing import ApplicationCommunicator

import wargame.asgi
import wargame.wsgi
from apps.games import warming
from wargame.deployment.page_worker import PageWorker, ThreadWorker


@pytest.fixture
def begin():
    with mock.patch.object(warming, "begin") as begin:
        yield begin


@pytest.mark.parametrize("module", [wargame.asgi, wargame.wsgi])
def test_an_import_touches_no_database(begin, module):
    importlib.reload(module)
    begin.assert_not_called()


async def test_a_server_of_sockets_warms_once_it_starts(begin):
    server = ApplicationCommunicator(wargame.asgi.application, {"type": "lifespan"})
    await server.send_input({"type": "lifespan.startup"})
    assert await server.receive_output() == {"type": "lifespan.startup.complete"}
    begin.assert_called_once_with()
    await server.send_input({"type": "lifespan.shutdown"})
    assert await server.receive_output() == {"type": "lifespan.shutdown.complete"}
    await server.wait()


def test_a_worker_of_pages_warms_once_it_has_loaded(begin):
    with mock.patch.object(ThreadWorker, "load_wsgi") as load:
        PageWorker.load_wsgi(mock.Mock(spec=PageWorker))
    load.assert_called_once_with()
    begin.assert_called_once_with()
