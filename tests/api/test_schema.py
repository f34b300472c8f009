"""Schemathesis calls every operation with what the OpenAPI document allows, and with what not."""

from __future__ import annotations

import json

import pytest
import schemathesis
from django.core import signals
from django.db import close_old_connections
from hypothesis import HealthCheck, settings
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import response_headers_conformance

from apps.api.interface import SeatThrottle, api
from apps.games import services
from tests.games.cast import table
from wargame.wsgi import application

document = json.loads(json.dumps(api.get_openapi_schema()))
schema = schemathesis.openapi.from_dict(document)
schema.app = application


@pytest.fixture(autouse=True)
def _one_connection(monkeypatch):
    """A request's end must not close the connection of the test's transaction.

    The limit of calls is lifted, so that calls reach what stands behind it.
    """
    monkeypatch.setattr(SeatThrottle, "allow_request", lambda self, request: True)
    for signal in (signals.request_started, signals.request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (signals.request_started, signals.request_finished):
        signal.connect(close_old_connections)


@pytest.fixture
def token(db):
    made = table()
    return services.issue_token(by=made.dana, game_id=made.game.pk, government="COR", name="Robot")


@schema.exclude(path_regex="/(wait|session)$").parametrize()
@settings(max_examples=8, deadline=None, suppress_health_check=list(HealthCheck))
def test_no_call_breaks_the_interface(case, token):
    """Whatever is called: an answer in words, and never a server error."""
    answer = case.call(headers={"Authorization": f"Bearer {token}"})
    case.validate_response(answer, checks=(not_a_server_error, response_headers_conformance))
    if answer.status_code >= 400 and answer.status_code not in (404, 405):
        assert json.loads(answer.content)["sentence"]


def test_every_operation_is_described():
    described = [
        operation["summary"] for path in document["paths"].values() for operation in path.values()
    ]
    assert len(described) >= 16
    assert all(described)
