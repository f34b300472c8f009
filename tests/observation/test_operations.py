"""The operations page: for site administrators, in good times and bad."""

from __future__ import annotations

import pytest
from kombu import Connection

from apps.accounts.models import Person
from wargame.observation import errors, operations, queues
from wargame.release import RELEASE

pytestmark = pytest.mark.django_db


def test_it_shows_versions_queues_database_and_errors(admin_client):
    errors.keep({"at": "2026-01-01T00:00:00", "event": "a thing that broke", "logger": "x"})
    page = admin_client.get("/operations/").content.decode()
    for expected in (RELEASE, "Queue turns", "Queue simulations", "a thing that broke"):
        assert expected in page


def test_without_redis_it_says_so_and_still_shows_the_rest(admin_client, settings):
    settings.REDIS_URL = "redis://127.0.0.1:1/0"
    page = admin_client.get("/operations/").content.decode()
    assert "Redis cannot be reached" in page
    assert RELEASE in page


def test_without_the_task_queue_it_says_so_and_still_shows_the_rest(admin_client, monkeypatch):
    monkeypatch.setattr(queues, "broker", lambda: Connection("redis://127.0.0.1:1/0"))
    page = admin_client.get("/operations/").content.decode()
    assert "The task queue cannot be reached" in page
    assert "Version of Redis" in page


def test_without_a_worker_it_says_so(admin_client, monkeypatch):
    monkeypatch.setattr(operations, "workers", list)
    assert "No worker answered" in admin_client.get("/operations/").content.decode()


def test_an_error_line_is_escaped(admin_client):
    errors.keep({"at": "", "event": "<script>alert(1)</script>", "logger": "x"})
    assert "<script>alert(1)" not in admin_client.get("/operations/").content.decode()


def test_a_facilitator_is_refused_and_a_stranger_asked_to_sign_in(client):
    assert client.get("/operations/").status_code == 302
    client.force_login(Person.objects.create_user(username="fay", password="x"))
    assert client.get("/operations/").status_code == 403


@pytest.mark.stack
@pytest.mark.django_db(transaction=True)
def test_a_running_worker_is_shown_with_its_queues(admin_client, celery_worker):
    page = admin_client.get("/operations/").content.decode()
    assert "simulations" in page.split("Takes from")[1].split("</table>")[0]
