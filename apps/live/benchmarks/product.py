"""The product's own socket, consumer and hub, with the game behind them replaced.

`benchmark push` compares delivery, so a rendering here is a counter in a fragment of a given
size and everybody is admitted; `benchmark turn` measures the whole path with a real game.
"""

from __future__ import annotations

import itertools
import os
from collections.abc import Collection
from uuid import UUID

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "wargame.settings")
django.setup()

from channels.routing import URLRouter  # noqa: E402

from apps.live import room  # noqa: E402
from apps.live.frames import Frame  # noqa: E402
from apps.live.origin import SameOrigin  # noqa: E402
from apps.live.routing import websocket_urlpatterns  # noqa: E402

PAYLOAD = int(os.environ.get("BENCHMARK_PAYLOAD", "2048"))
EVERYBODY = frozenset({"everybody"})

_counter = itertools.count(1)
_looks = itertools.count(1_000_000)  # every look finds something new


def _render_now(game_id: UUID, audience: str, language: str = "") -> room.Rendering:
    number = next(_counter)
    text = f"{number:010d}".ljust(PAYLOAD, ".")
    return room.Rendering(Frame(number, 1, "orders", None, {"payload": text}), EVERYBODY)


def _look_now(
    game_id: UUID, feeds: Collection[tuple[str, str]], known: tuple[int, str]
) -> room.Look:
    audiences = [audience for audience, _ in feeds]
    return room.Look(dict.fromkeys(audiences, next(_looks)), dict.fromkeys(audiences, EVERYBODY))


def _admit_now(game_id: UUID, scope) -> room.Admission:
    return room.Admission("everybody", "session", "public")


def _present_now(game_id: UUID, people: set[str]) -> None:
    """Nobody looks who is present."""


room.present_now = _present_now
room.render_now, room.look_now, room.admit_now = _render_now, _look_now, _admit_now
room.alive_now = lambda session_keys: frozenset(session_keys)

application = SameOrigin(URLRouter(websocket_urlpatterns))
