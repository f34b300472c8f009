"""One id from the request to the worker's lines."""

from __future__ import annotations

import pytest
from django.urls import reverse

from apps.games import services
from tests.games.cast import table

ORIGIN = "0123456789abcdef-the-last-press"


@pytest.mark.stack
@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_the_worker_names_the_request_that_it_works_for(client, celery_worker):
    played = table()
    for member in (played.anna, played.carla):
        services.set_ready(membership=member, ready=True)
    client.force_login(played.ben.person)
    client.post(
        reverse("games:ready", args=[played.game.pk]),
        {"ready": "yes"},
        headers={"X-Request-ID": ORIGIN},
    )

    def closing() -> list[str]:
        lines = celery_worker.output().splitlines()
        return [line for line in lines if "turn closed" in line and str(played.game.pk) in line]

    celery_worker.wait_until(lambda: bool(closing()), seconds=120)
    (line,) = closing()
    assert ORIGIN in line
    assert '"task"' in line
