"""The real server, consumer, hub and channel layer, with a game of one number behind them.

A test writes the game to a file (not to Redis, which some tests kill) and sends the pointer.
`application` is what uvicorn runs; `Rig` is the test's side.
"""

from __future__ import annotations

import json
import os
import time
from pathlib import Path
from uuid import UUID

import django
from django.http import parse_cookie

if os.environ.get("RIG_STATE"):
    django.setup()

from apps.live import room
from apps.live.codes import Close
from apps.live.frames import Frame
from apps.live.routing import application

GAME = UUID("3f0c9d2e-2a53-4a0e-9d2b-5b8a1e6f7c10")
START = {"value": {}, "padding": 0, "slow": {}, "people": None, "version": 0}

__all__ = ["GAME", "START", "application", "fragments"]


def state() -> dict:
    """The game as the test has written it last."""
    return json.loads(Path(os.environ["RIG_STATE"]).read_text())


def fragments(game: dict, audience: str) -> dict[str, str]:
    """What a fresh page of this audience would hold."""
    value = game["value"].get(audience, 0)
    return {"value": f"{value}:{'.' * game['padding']}", "still": "always the same"}


def _render_now(game_id: UUID, audience: str, language: str = "") -> room.Rendering:
    game = state()
    time.sleep(game["slow"].get(audience, 0))  # a slow query of this audience's page
    frame = Frame(game["value"].get(audience, 0), 1, "orders", None, fragments(game, audience))
    people = game["people"]
    return room.Rendering(frame, Everybody() if people is None else frozenset(people))


class Everybody(frozenset):
    """A set that holds every person."""

    def __contains__(self, person: object) -> bool:
        return True


def _look_now(game_id: UUID, feeds: list[tuple[str, str]], known: tuple[int, str]) -> room.Look:
    audiences = [audience for audience, _ in feeds]
    game = state()
    people = Everybody() if game["people"] is None else frozenset(game["people"])
    cursors = {audience: game["value"].get(audience, 0) for audience in audiences}
    return room.Look(cursors, dict.fromkeys(audiences, people))


def _admit_now(game_id: UUID, scope) -> room.Admission:
    cookies = {k: v for k, v in scope["headers"] if k == b"cookie"}
    cookie = parse_cookie(cookies.get(b"cookie", b"").decode())
    if "person" not in cookie:
        raise room.RefusedError(Close.SIGN_IN)
    if game_id != GAME:
        raise room.RefusedError(Close.NOT_A_MEMBER)
    return room.Admission(cookie["person"], cookie["person"], cookie.get("audience", "public"))


def _belongs_now(game_id: UUID, person: str) -> bool:
    people = state()["people"]
    return people is None or person in people


def _present_now(game_id: UUID, people: set[str]) -> None:
    """Nobody looks who is present."""


if os.environ.get("RIG_STATE"):
    room.render_now, room.look_now, room.admit_now = _render_now, _look_now, _admit_now
    room.alive_now = frozenset  # every session lives
    room.belongs_now, room.present_now = _belongs_now, _present_now
