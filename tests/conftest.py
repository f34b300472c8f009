"""What every test may ask for: the database, Redis, a worker, a server, a browser."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import redis
from django.conf import settings
from django.db import OperationalError, connection
from django.utils import translation
from playwright.sync_api import expect

from tests.settings import REDIS_PORT, RUN_FOLDER
from tests.stack.chromium import MISSING, PATIENCE_MS, chromium_flags, chromium_path
from tests.stack.database import journal_guards_aside
from tests.stack.processes import ROOT, Process, environment, python, running
from wargame.embedded.ports import answers, free_port
from wargame.embedded.redis_server import redis_command
from wargame.translation.catalogs import compile_all

DATABASE_FIXTURES = {"db", "transactional_db", "live_server", "server", "server_url"}


compile_all()  # before Django reads them; does nothing where script/setup has done it


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--only-database",
        action="store_true",
        help="run only the tests that use the database",
    )


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Put browser tests last, and say why they are skipped where there is no browser.

    Last of the others come those that restart the database under everything that runs.
    """
    for late in ("restarts_database", "browser"):
        items.sort(key=lambda item, late=late: item.get_closest_marker(late) is not None)
    if chromium_path() is None:
        for item in items:
            if item.get_closest_marker("browser"):
                item.add_marker(pytest.mark.skip(reason=MISSING))
    if config.getoption("--only-database"):
        kept = [item for item in items if _uses_database(item)]
        config.hook.pytest_deselected(items=[item for item in items if item not in kept])
        items[:] = kept


def _uses_database(item: pytest.Item) -> bool:
    if item.get_closest_marker("django_db") is not None:
        return True
    return bool(DATABASE_FIXTURES & set(getattr(item, "fixturenames", ())))


@pytest.fixture(autouse=True)
def _english() -> Iterator[None]:
    """Each test begins in English: a request leaves its language active in this thread."""
    translation.deactivate()
    yield
    translation.deactivate()


@pytest.fixture(scope="session", autouse=True)
def redis_url() -> Iterator[str]:
    """The URL of a real Redis of this run's own."""
    command = redis_command(port=REDIS_PORT, folder=RUN_FOLDER / "redis", durable=False)
    with running("redis", command, RUN_FOLDER) as process:
        process.wait_until(lambda: answers("127.0.0.1", REDIS_PORT))
        yield f"redis://127.0.0.1:{REDIS_PORT}/0"


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """The test database, which can be emptied although the journal refuses a DELETE."""
    # On the class: beside a browser's loop Django opens another connection of the same kind.
    operations = type(connection.ops)
    flush = operations.execute_sql_flush

    def flush_with_guards_aside(ops: Any, statements: list[str]) -> None:
        # The server may still write for the test before; of two that wait for each other
        # PostgreSQL ends one, and that may be this one.
        for last in (False, False, True):
            try:
                with journal_guards_aside(ops.connection):
                    flush(ops, statements)
            except OperationalError as error:
                if last or "deadlock" not in str(error):
                    raise
            else:
                return

    operations.execute_sql_flush = flush_with_guards_aside
    yield
    operations.execute_sql_flush = flush


@pytest.fixture(scope="session")
def stack_environment(django_db_setup: None) -> dict[str, str]:
    """The environment of processes that share the test database."""
    database = settings.DATABASES["default"]
    if connection.vendor == "sqlite":
        url = f"sqlite:///{database['NAME']}"
    else:
        url = f"postgres://{database['USER']}:@{database['HOST']}:{database['PORT']}"
        url += f"/{connection.settings_dict['NAME']}"
    return {
        "WARGAME_DATABASE_URL": url,
        "WARGAME_SWEEP_SECONDS": "0.5",
        "WARGAME_HEARTBEAT_SECONDS": "1",
    }


# The worker and beat belong to a module: the tests of others start workers of their own, which
# must not share their tasks with these.
@pytest.fixture(scope="module")
def celery_worker(redis_url: str, stack_environment: dict[str, str]) -> Iterator[Process]:
    """A real Celery worker process that takes from every queue, of tasks sent from now on."""
    with redis.Redis.from_url(redis_url) as client:
        client.flushdb()
    command = python("-m", "celery", "-A", "wargame", "worker", "--pool=prefork")
    command += ["--concurrency=1", "--loglevel=info", "--without-mingle", "--without-gossip"]
    command += ["--queues=celery,turns,simulations"]
    with running("worker", command, RUN_FOLDER, **stack_environment) as worker:
        worker.wait_until(lambda: " ready." in worker.output(), seconds=120)
        yield worker


@pytest.fixture(scope="module")
def celery_beat(redis_url: str, stack_environment: dict[str, str]) -> Iterator[Process]:
    """A real Celery beat, which starts the periodic tasks."""
    command = python("-m", "celery", "-A", "wargame", "beat", "--loglevel=info")
    command += ["--schedule", str(RUN_FOLDER / "beat"), "--pidfile="]
    with running("beat", command, RUN_FOLDER, **stack_environment) as beat:
        beat.wait_until(lambda: "is starting" in beat.output(), seconds=120)
        yield beat


@pytest.fixture(scope="session")
def server(redis_url: str, stack_environment: dict[str, str]) -> Iterator[Process]:
    """A real uvicorn with pages, sockets and static files. Its address is `server_url`."""
    collect = python("manage.py", "collectstatic", "--no-input", "--verbosity=0")
    subprocess.run(collect, check=True, cwd=ROOT, env=environment(**stack_environment))
    port = free_port()
    command = python("-m", "uvicorn", "wargame.asgi:application", "--port", str(port))
    command += ["--ws-per-message-deflate", "false", "--log-level", "info"]
    with running("server", command, RUN_FOLDER, **stack_environment) as process:
        process.wait_until(lambda: answers("127.0.0.1", port), seconds=120)
        process.port = port
        yield process


@pytest.fixture(scope="session")
def server_url(server: Process) -> str:
    """The address of the real server, without a slash at its end."""
    return f"http://127.0.0.1:{server.port}"


@pytest.fixture
def live_stack(
    transactional_db: None, server_url: str, celery_worker: Process, celery_beat: Process
) -> str:
    """Everything that runs in production, on an empty database; the value is the address."""
    return server_url


@pytest.fixture(scope="session")
def browser_type_launch_args(
    browser_type_launch_args: dict[str, Any], django_db_setup: None
) -> Iterator[dict[str, Any]]:
    """pytest-playwright's launch arguments, with the machine's own Chromium.

    Playwright's loop runs in this thread, which Django takes for asynchronous code. So the test
    database is made first, and from here on (browser tests come last) Django is told better,
    until each test's database has been emptied again.
    """
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    expect.set_options(timeout=PATIENCE_MS)
    yield {
        **browser_type_launch_args,
        "executable_path": chromium_path(),
        "args": chromium_flags(),
    }
    del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args: dict[str, Any]) -> dict[str, Any]:
    """A desktop window unless a test asks for another."""
    return {**browser_context_args, "viewport": {"width": 1440, "height": 900}, "locale": "en-US"}


@pytest.fixture
def run_folder() -> Path:
    """The folder of this run's logs and files."""
    return RUN_FOLDER


def pytest_sessionfinish(session: pytest.Session, exitstatus: int) -> None:
    """Remove the run's files; after a failure keep them, since they hold the parts' logs."""
    if exitstatus in {pytest.ExitCode.OK, pytest.ExitCode.NO_TESTS_COLLECTED}:
        shutil.rmtree(RUN_FOLDER, ignore_errors=True)
    elif reporter := session.config.pluginmanager.get_plugin("terminalreporter"):
        reporter.write_line(f"logs of Redis, worker, beat and server: {RUN_FOLDER}")
