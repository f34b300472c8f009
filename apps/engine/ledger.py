"""Folding what becomes of agreements: made, kept, broken, expired."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from .board import Board
from .ruleset import Ruleset
from .state import Pact

Payload = Mapping[str, Any]


def agree(ruleset: Ruleset, board: Board, payload: Payload) -> None:
    """An agreement comes into force; its obligations are open."""
    board.pacts.append(
        Pact(
            payload["pact"],
            payload["agreement"],
            tuple(sorted((role, seat) for role, seat in payload["parties"].items())),
            board.turn,
            payload["expires"],
            False,
            tuple((item["id"], item["by"], "open") for item in payload["obligations"]),
        )
    )
    board.count_pacts(ruleset)


def obligation_marked(status: str) -> Callable[[Ruleset, Board, Payload], None]:
    def mark(ruleset: Ruleset, board: Board, payload: Payload) -> None:
        """Note that an obligation was kept or broken; a broken one stays broken."""
        for place, pact in enumerate(board.pacts):
            if pact.id == payload["pact"]:
                board.pacts[place] = with_status(pact, payload["obligation"], payload["by"], status)
        if status == "broken":
            index = ruleset.agreements[payload["agreement"]].index
            board.breaches[index] |= 1 << ruleset.layout.index[payload["by"]]

    return mark


def with_status(pact: Pact, obligation: str, by: str, status: str) -> Pact:
    """The pact with one obligation marked, unless that was broken before."""
    if (obligation, by, status) in pact.obligations:
        return pact
    marks = tuple(
        (name, whose, status if (name, whose) == (obligation, by) and was != "broken" else was)
        for name, whose, was in pact.obligations
    )
    return Pact(pact.id, pact.agreement, pact.parties, pact.since, pact.expires, pact.ended, marks)


def expire(ruleset: Ruleset, board: Board, payload: Payload) -> None:
    """An agreement ends."""
    board.pacts = [
        Pact(p.id, p.agreement, p.parties, p.since, p.expires, True, p.obligations)
        if p.id == payload["pact"]
        else p
        for p in board.pacts
    ]
    board.count_pacts(ruleset)
