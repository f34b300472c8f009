"""The task queue on RabbitMQ: a turn is closed, a killed worker's task goes to another."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator

import pytest
from amqp.exceptions import AccessRefused
from kombu import Connection

from apps.games import services
from tests.faults.conftest import StartWorker, assert_sound, start_worker, until, wait_ready
from tests.games.cast import table
from tests.project.test_settings import manage
from tests.stack.processes import ROOT, environment, python, running
from tests.stack.rabbitmq import MISSING, rabbitmq, rabbitmq_binary
from wargame.broker import BadBrokerError, transport_options
from wargame.deployment.secret_files import make_secrets
from wargame.observation import queues

__all__ = ["start_worker"]
real = pytest.mark.skipif(rabbitmq_binary() is None, reason=MISSING)


@pytest.fixture(scope="module")
def amqp_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with rabbitmq(tmp_path_factory.mktemp("rabbitmq")) as port:
        yield f"amqp://guest:guest@127.0.0.1:{port}//"


def ask_to_close(sitting, turn: int, **env: str) -> None:
    """What a page does after its commit, in a process of its own."""
    script = (
        "import django; django.setup(); from apps.games.enqueue import send_close; "
        f"send_close('{sitting.game.pk}', {turn}, 'facilitator')"
    )
    done = subprocess.run(
        python("-c", script), cwd=ROOT, env=environment(**env), capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
    assert "not sent" not in done.stdout + done.stderr


@real
@pytest.mark.stack
@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_a_page_asks_a_worker_closes_and_beat_sweeps_by_rabbitmq(
    start_worker: StartWorker, stack_environment, amqp_url, run_folder
):
    sitting = table(name="rabbit")
    wait_ready(start_worker(WARGAME_BROKER_URL=amqp_url))
    ask_to_close(sitting, 1, WARGAME_BROKER_URL=amqp_url, **stack_environment)
    until(lambda: sitting.again().turn == 2, what="the close that was asked for")
    # This process's own queue is Redis, which no worker takes from: only the sweep can come.
    for member in sitting.players.values():
        services.set_ready(membership=member, ready=True)
    beat = python("-m", "celery", "-A", "wargame", "beat", "--pidfile=")
    with running("beat", beat, run_folder, WARGAME_BROKER_URL=amqp_url, **stack_environment):
        until(lambda: sitting.again().turn == 3, what="the close by the sweep")
    assert_sound(sitting.game.pk, closed=[1, 2])


@real
@pytest.mark.stack
@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_the_task_of_a_worker_that_was_killed_goes_to_another(
    start_worker: StartWorker, stack_environment, amqp_url, tmp_path
):
    sitting = table(name="killed")
    flag = tmp_path / "killed"
    armed = {"KILL_AT": "in the transaction, all written", "KILL_FLAG": str(flag)}
    worker = start_worker("tests.faults.killing_worker", WARGAME_BROKER_URL=amqp_url, **armed)
    wait_ready(worker)
    ask_to_close(sitting, 1, WARGAME_BROKER_URL=amqp_url, **stack_environment)
    until(lambda: not worker.alive(), what="the kill")
    assert flag.exists()
    start_worker(WARGAME_BROKER_URL=amqp_url)
    until(lambda: sitting.again().turn == 2, what="the close by the other worker")
    assert_sound(sitting.game.pk, closed=[1])


@real
@pytest.mark.stack
@pytest.mark.slow
def test_what_waits_in_rabbitmq_is_counted_and_a_queue_that_is_not_there_holds_nothing(amqp_url):
    with Connection(amqp_url, transport_options=transport_options(amqp_url)) as connection:
        assert queues.queue_depths(connection)["simulations"] == 0
        waiting = connection.SimpleQueue("simulations")
        for number in range(3):
            waiting.put({"number": number})
        assert queues.queue_depths(connection)["simulations"] == 3
        waiting.clear()


@real
@pytest.mark.stack
@pytest.mark.slow
def test_the_rabbitmq_of_the_containers_lets_in_who_has_the_secret(tmp_path):
    make_secrets(tmp_path / "secrets")
    conf, url = (tmp_path / "secrets" / name for name in ("rabbitmq.conf", "broker_url"))
    with rabbitmq(tmp_path / "broker", RABBITMQ_CONFIG_FILE=str(conf)) as port:
        address = url.read_text().replace("rabbitmq:5672", f"127.0.0.1:{port}")
        with Connection(address, transport_options=transport_options(address)) as ours:
            assert set(queues.queue_depths(ours)) == {"turns", "simulations"}
        stranger = Connection(f"amqp://guest:guest@127.0.0.1:{port}//")
        with pytest.raises(AccessRefused):
            stranger.connect()


def test_several_nodes_of_rabbitmq_are_one_broker():
    assert "visibility_timeout" not in transport_options("amqp://a//;amqp://b//")
    assert transport_options("rediss://a/0", visibility_timeout=7)["visibility_timeout"] == 7


@pytest.mark.parametrize(
    "url", ["", "http://a", "redis://a;redis://b", "amqp://a;redis://b", "sqs://", "localhost"]
)
def test_a_broker_that_is_none_of_ours_is_refused(url):
    with pytest.raises(BadBrokerError, match="WARGAME_BROKER_URL must be"):
        transport_options(url)


def test_a_bad_broker_stops_the_start_with_what_to_give():
    done = manage("check", WARGAME_SECRET_KEY="x", WARGAME_BROKER_URL="kafka://a")
    assert done.returncode != 0
    assert "ImproperlyConfigured: WARGAME_BROKER_URL must be" in done.stderr
