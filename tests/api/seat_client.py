"""A program at a seat, calling through Django's test client."""

from __future__ import annotations

from typing import Any

from django.test import Client

from apps.games import services
from tests.games.cast import Table


class SeatClient:
    """Calls the interface with the token of a seat."""

    def __init__(self, token: str) -> None:
        self.client = Client(headers={"Authorization": f"Bearer {token}"})

    def call(self, verb: str, path: str, body: Any = None) -> Any:
        return self.client.generic(
            verb, f"/api/v1/{path}", _json(body), content_type="application/json"
        )

    def get(self, path: str) -> Any:
        answer = self.call("GET", path)
        assert answer.status_code == 200, answer.content
        return answer.json()


def _json(body: Any) -> bytes:
    import json

    return b"" if body is None else json.dumps(body).encode()


def seat_client(made: Table, government: str, name: str = "Robot") -> SeatClient:
    token = services.issue_token(
        by=made.dana, game_id=made.game.pk, government=government, name=name
    )
    return SeatClient(token)
