"""The two probes."""

from __future__ import annotations

import time

import pytest
from django.core.cache import cache

from wargame import health


def test_the_process_answers_without_asking_anything_else(client):
    answer = client.get("/healthz")
    assert (answer.status_code, answer.content) == (200, b"ok\n")


@pytest.mark.django_db
def test_ready_once_a_worker_was_heard(client):
    cache.set(health.HEARTBEAT_KEY, time.time())
    answer = client.get("/readyz")
    assert answer.status_code == 200
    assert answer.json()["parts"] == dict.fromkeys(("database", "redis", "broker", "worker"), "ok")


@pytest.mark.django_db
def test_not_ready_while_no_worker_was_heard(client):
    cache.delete(health.HEARTBEAT_KEY)
    answer = client.get("/readyz")
    assert answer.status_code == 503
    assert "Celery worker and beat" in answer.json()["parts"]["worker"]


@pytest.mark.django_db
def test_not_ready_when_the_worker_fell_silent(client, settings):
    cache.set(health.HEARTBEAT_KEY, time.time() - 100)
    assert "100 s" in client.get("/readyz").json()["parts"]["worker"]


@pytest.mark.django_db
def test_not_ready_without_redis_and_it_says_so_without_secrets(client, settings):
    settings.REDIS_URL = "redis://:a-secret@127.0.0.1:1/0"
    answer = client.get("/readyz")
    assert answer.status_code == 503
    assert answer.json()["parts"]["redis"] == "does not answer (ConnectionError)"
    assert "a-secret" not in answer.content.decode()


def test_every_answer_carries_its_request_id(client):
    given = "abcdef-0123456789"
    assert client.get("/healthz", headers={"X-Request-ID": given})["X-Request-ID"] == given
    forged = client.get("/healthz", headers={"X-Request-ID": "no good\tid"})["X-Request-ID"]
    assert len(forged) == 32
