"""Who calls: the bearer token of a seat."""

from __future__ import annotations

from typing import Any

from asgiref.sync import sync_to_async
from django.http import HttpRequest
from ninja.security import HttpBearer

from apps.games.models import Membership
from apps.games.services import membership_of_token


class SeatBearer(HttpBearer):
    """`Authorization: Bearer <token>`; the request's `auth` is then the Membership."""

    openapi_description = "The token of a seat, issued by the facilitator."

    def authenticate(self, request: HttpRequest, token: str) -> Any:
        return membership_of_token(token)


class AsyncSeatBearer(SeatBearer):
    """The same for operations that wait."""

    async def authenticate(self, request: HttpRequest, token: str) -> Membership | None:
        return await sync_to_async(membership_of_token)(token)
