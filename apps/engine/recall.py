"""From a view back to a board: what a seat that sees only this view can reckon with.

Figures that the view does not show stand at the scenario's start. Doctrines are typed so that
they never read them.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from .board import Board, initial_state
from .ruleset import Ruleset
from .state import Draft, Pact


def board_of_view(ruleset: Ruleset, view: Mapping[str, Any]) -> Board:
    """The board that a view allows to be drawn."""
    board = Board(ruleset, initial_state(ruleset))
    board.turn, board.turns = view["turn"], view["turns"]
    board.ended = view["ended"]["id"] if view["ended"] else None
    previous = list(board.previous)
    for track in view["tracks"]:
        place = ruleset.layout.place[track["id"]]
        board.values[place], previous[place] = track["value"], track["previous"]
    for fact in view["facts"]:
        board.values[ruleset.layout.place[fact["id"]]] = fact["value"]
    board.previous = tuple(previous)
    for measure in view["measures"]:
        held = ruleset.measures[measure["id"]]
        place = held.first + (ruleset.layout.index[measure["by"]] if held.holders else 0)
        board.measures[place], board.until[place] = measure["since"], measure["until"] or 0
    for clause in view["clauses"]:
        place = ruleset.clauses[clause["id"]].index
        board.clauses[place], board.complete[place] = clause["since"], clause["complete"]
    for item in view["history"]:
        move = ruleset.moves[item["move"]]
        actor = ruleset.layout.index[item["by"]]
        board.last[move.index * ruleset.layout.stride + actor] = item["turn"]
    board.docket = [_draft(item) for item in view["docket"]]
    board.pacts = [_pact(item) for item in view["agreements"]]
    for item in view["agreements"]:
        for obligation in item["obligations"]:
            if obligation["status"] == "broken":
                place = ruleset.agreements[item["id"]].index
                board.breaches[place] |= 1 << ruleset.layout.index[obligation["by"]]
    board.count_pacts(ruleset)
    return board


def _draft(item: Mapping[str, Any]) -> Draft:
    return Draft(
        item["draft"],
        item["body"],
        tuple((clause["id"], clause["phase_in"]) for clause in item["clauses"]),
        tuple(item["sponsors"]),
        item["tabled"],
        item["votes_on"],
    )


def _pact(item: Mapping[str, Any]) -> Pact:
    return Pact(
        item["pact"],
        item["id"],
        tuple(sorted(item["parties"].items())),
        item["since"],
        item["expires"] or 0,
        item["ended"],
        tuple((part["id"], part["by"], part["status"]) for part in item["obligations"]),
    )
