#!/usr/bin/env python3
"""Play one seat of a session over HTTP: each turn, the cheapest open move that needs no choice.

    python3 examples/play_a_seat.py --url http://127.0.0.1:8000 --token TOKEN

A facilitator issues the token (control room, People and seats, Programs). Only the standard library
is used. Put your own policy into `choose`.
"""

from __future__ import annotations

import argparse
import json
import sys
import urllib.error
import urllib.request
from typing import Any


class Seat:
    """The calls that this example needs."""

    def __init__(self, url: str, token: str) -> None:
        self.url, self.token = url.rstrip("/"), token

    def call(self, verb: str, path: str, body: Any = None) -> Any:
        request = urllib.request.Request(  # noqa: S310
            f"{self.url}/api/v1/{path}",
            method=verb,
            data=None if body is None else json.dumps(body).encode(),
            headers={
                "Authorization": f"Bearer {self.token}",
                "Content-Type": "application/json",
            },
        )
        try:
            with urllib.request.urlopen(request, timeout=70) as answer:  # noqa: S310
                return json.load(answer)
        except urllib.error.HTTPError as refused:
            told = json.load(refused)
            raise SystemExit(f"{told['code']}: {told['sentence']}") from refused


def choose(moves: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The cheapest open move without required parameters, or none."""
    simple = [
        move
        for move in moves
        if move["open"] and not move["irreversible"] and not move["schema"]["required"]
    ]
    cheapest = min(simple, key=lambda move: (move["cost"], move["move"]), default=None)
    if cheapest is None:
        return []
    intent = f"Try “{cheapest['title']}” because it costs least."
    return [{"move": cheapest["move"], "intent": intent, "expects": "Little reaction."}]


def play(seat: Seat, turns: int) -> None:
    """Play until the game ends or `turns` turns were submitted."""
    for _ in range(turns):
        status = seat.call("GET", "status")
        while status["phase"] not in ("orders", "finished"):
            status = seat.call("GET", f"wait?cursor={status['cursor']}&seconds=50")
        if status["phase"] == "finished":
            break
        orders = choose(seat.call("GET", "moves"))
        seat.call("PUT", "orders", {"turn": status["turn"], "orders": orders})
        print(
            f"turn {status['turn']}: {', '.join(o['move'] for o in orders) or 'pass'}", flush=True
        )
        turn = status["turn"]
        while status["turn"] == turn and status["phase"] != "finished":
            status = seat.call("GET", f"wait?turn={turn}&seconds=50")


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--url", default="http://127.0.0.1:8000", help="the product's address")
    parser.add_argument("--token", required=True, help="the seat's token")
    parser.add_argument("--turns", type=int, default=1000, help="stop after so many turns")
    options = parser.parse_args()
    play(Seat(options.url, options.token), options.turns)
    return 0


if __name__ == "__main__":
    sys.exit(main())
