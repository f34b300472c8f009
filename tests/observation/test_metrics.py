"""The metrics endpoint: who may read it, and what it tells."""

from __future__ import annotations

import pytest
import redis as redis_client
from django.test import Client
from kombu import Connection

from apps.accounts.models import Person
from wargame.observation import queues

pytestmark = pytest.mark.django_db


@pytest.fixture
def token(settings) -> str:
    settings.METRICS_TOKEN = "a token for Prometheus alone"
    return settings.METRICS_TOKEN


def _read(client: Client, token: str) -> str:
    answer = client.get("/metrics", headers={"Authorization": f"Bearer {token}"})
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.mark.parametrize("header", [{}, {"Authorization": "Bearer wrong"}, {"Authorization": ""}])
def test_a_stranger_finds_no_metrics(client, token, header):
    assert client.get("/metrics", headers=header).status_code == 404


def test_without_a_token_in_the_settings_no_token_is_right(client, settings):
    settings.METRICS_TOKEN = ""
    assert client.get("/metrics", headers={"Authorization": "Bearer "}).status_code == 404


def test_a_site_administrator_reads_them_in_the_browser(admin_client):
    assert admin_client.get("/metrics").status_code == 200


def test_a_facilitator_does_not(client):
    facilitator = Person.objects.create_user(username="fay", password="x")
    client.force_login(facilitator)
    assert client.get("/metrics").status_code == 404


def test_a_page_is_counted_under_its_route_and_not_its_address(client, token):
    client.get("/join/SECRET/?name=Ann")
    client.get("/sign-in/")
    text = _read(client, token)
    assert 'knot_requests_total{method="GET",route="accounts:sign_in",status="200"}' in text
    assert "SECRET" not in text
    assert "Ann" not in text


def test_an_invented_method_makes_no_series_of_its_own(client, token):
    client.generic("INVENTED", "/sign-in/")
    assert "INVENTED" not in _read(client, token)


def test_tasks_that_wait_are_counted_by_queue(client, token, settings, redis_url):
    key = settings.CELERY_BROKER_TRANSPORT_OPTIONS["global_keyprefix"] + "simulations"
    with redis_client.Redis.from_url(redis_url) as connection:
        with queues.broker() as broker:
            before = queues.queue_depths(broker)["simulations"]
        connection.rpush(key, "{}", "{}")
        try:
            text = _read(client, token)
        finally:
            connection.ltrim(key, 0, -3)
    assert f'knot_queue_depth{{queue="simulations"}} {before + 2}.0' in text
    assert "knot_redis_up 1.0" in text


def test_without_redis_the_metrics_still_answer(client, token, settings):
    settings.REDIS_URL = "redis://127.0.0.1:1/0"
    assert "knot_redis_up 0.0" in _read(client, token)


def test_without_the_broker_the_metrics_still_answer(client, token, monkeypatch):
    monkeypatch.setattr(queues, "broker", lambda: Connection("redis://127.0.0.1:1/0"))
    text = _read(client, token)
    assert "knot_broker_up 0.0" in text
    assert "knot_redis_up 1.0" in text
    assert "knot_queue_depth{" not in text
