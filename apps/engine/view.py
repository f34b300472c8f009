"""The view of a viewer: a picture of the open turn, built from nothing, field by field.

Part of the allow-list of `visibility.py`, which gives it its public face.
"""

from __future__ import annotations

from math import fsum
from typing import Any

from .board import Board, DraftSight
from .council import leaning, sitting
from .legality import capital_of, legal_orders
from .ruleset import Ruleset
from .sight import hidden_terms, sees_measure, sees_orders_of, sees_place
from .state import Draft, State
from .viewers import Viewer, seat_of


def observe(ruleset: Ruleset, state: State, viewer: Viewer) -> dict[str, Any]:
    """What the viewer sees of a state: "public", "facilitator" or "seat:NOR"."""
    board = Board(ruleset, state)
    seat = seat_of(viewer)
    return {
        "viewer": viewer,
        "turn": state.turn,
        "turns": state.turns,
        "date": ruleset.calendar.date_of(state.turn).isoformat(),
        "ended": _ended(ruleset, state),
        "governments": [
            {"id": held.id, "name": held.name, "short": held.short, "color": held.color}
            for held in ruleset.governments
        ],
        "tracks": _tracks(ruleset, state, viewer),
        "facts": _facts(ruleset, state, viewer),
        "measures": _measures(ruleset, state, viewer),
        "agreements": _agreements(ruleset, state),
        "clauses": [
            {
                "id": clause.id,
                "title": clause.title,
                "text": clause.text,
                "since": state.clauses[clause.index],
                "complete": state.complete[clause.index],
            }
            for clause in ruleset.clauses.values()
            if state.clauses[clause.index]
        ],
        "docket": [_draft(ruleset, board, draft, viewer) for draft in state.docket],
        "resolutions": [
            {
                "draft": held.draft,
                "body": held.body,
                "turn": held.turn,
                "outcome": held.outcome,
                "clauses": _clauses(ruleset, held.clauses),
                "sponsors": list(held.sponsors),
                "tally": {
                    choice: sum(1 for _, cast in held.votes if cast == choice)
                    for choice in ("yes", "no", "abstain")
                },
                "votes": [{"member": member, "choice": choice} for member, choice in held.votes],
            }
            for held in state.resolutions
        ],
        "history": _history(ruleset, state, viewer),
        "own": _own(ruleset, state, board, seat) if seat in ruleset.layout.index else None,
    }


def _ended(ruleset: Ruleset, state: State) -> dict[str, Any] | None:
    for ending in ruleset.endings:
        if ending.id == state.ended:
            return {"id": ending.id, "title": ending.title, "text": ending.text}
    return None


def _tracks(ruleset: Ruleset, state: State, viewer: Viewer) -> list[dict[str, Any]]:
    found = []
    layout = ruleset.layout
    for place, label in enumerate(layout.names):
        track = ruleset.tracks.get(ruleset.track_of[place])
        if not label or track is None or not sees_place(ruleset, viewer, place):
            continue
        found.append(
            {
                "id": label,
                "track": track.id,
                "about": layout.about(label),
                "title": track.title,
                "text": track.text,
                "unit": track.unit,
                "value": state.values[place],
                "previous": state.previous[place],
                "range": [track.lo, track.hi],
                "better": track.better,
                "group": track.group,
                "decimals": track.decimals,
            }
        )
    return found


def _facts(ruleset: Ruleset, state: State, viewer: Viewer) -> list[dict[str, Any]]:
    found = []
    for place, label in enumerate(ruleset.layout.names):
        fact = ruleset.facts.get(ruleset.track_of[place])
        if label and fact is not None and sees_place(ruleset, viewer, place):
            value = state.values[place]
            found.append(
                {
                    "id": label,
                    "fact": fact.id,
                    "about": ruleset.layout.about(label),
                    "title": fact.title,
                    "value": value,
                    "label": fact.labels.get(value, "") if isinstance(value, str) else "",
                }
            )
    return found


def _measures(ruleset: Ruleset, state: State, viewer: Viewer) -> list[dict[str, Any]]:
    found = []
    for measure in ruleset.measures.values():
        holders: tuple[str | None, ...] = measure.holders or (None,)
        for by in holders:
            place = measure.first + (ruleset.layout.index[by] if by else 0)
            if state.measures[place] and sees_measure(measure, viewer, by):
                found.append(
                    {
                        "id": measure.id,
                        "title": measure.title,
                        "text": measure.text,
                        "kind": measure.kind,
                        "by": by,
                        "since": state.measures[place],
                        "until": state.until[place] or None,
                    }
                )
    return found


def _agreements(ruleset: Ruleset, state: State) -> list[dict[str, Any]]:
    found = []
    for pact in state.pacts:
        agreement = ruleset.agreements[pact.agreement]
        texts = {held.id: held.text for held in agreement.obligations}
        found.append(
            {
                "id": pact.agreement,
                "pact": pact.id,
                "title": agreement.title,
                "text": agreement.text,
                "parties": dict(pact.parties),
                "since": pact.since,
                "expires": pact.expires or None,
                "ended": pact.ended,
                "obligations": [
                    {"id": name, "by": by, "text": texts[name], "status": status}
                    for name, by, status in pact.obligations
                ],
            }
        )
    return found


def _clauses(ruleset: Ruleset, clauses: tuple[tuple[str, float], ...]) -> list[dict[str, Any]]:
    return [
        {
            "id": name,
            "title": ruleset.clauses[name].title,
            "text": ruleset.clauses[name].text,
            "phase_in": phase,
            "unit": ruleset.clauses[name].phase_unit,
        }
        for name, phase in clauses
    ]


def _draft(ruleset: Ruleset, board: Board, draft: Draft, viewer: Viewer) -> dict[str, Any]:
    body = ruleset.bodies[draft.body]
    sight = DraftSight(ruleset, body, draft, max(board.turn, draft.votes_on))
    hidden = hidden_terms(ruleset, draft.body, viewer)
    date = ruleset.calendar.date_of(board.turn).isoformat()
    estimated = []
    members = sitting(body, date)
    for member, values in zip(members, body.supports(board, members, sight), strict=True):
        terms = [
            {"id": term.id, "title": term.title, "value": round(value, 6) + 0.0}
            for term, value in zip(body.terms, values, strict=True)
            if term.id not in hidden
        ]
        support = round(fsum(term["value"] for term in terms), 6) + 0.0
        estimated.append(
            {
                "member": member.id,
                "name": member.name,
                "veto": member.veto,
                "seat": member.seat or None,
                "support": support,
                "choice": leaning(body, support),
                "terms": terms,
                "partial": bool(hidden),
            }
        )
    return {
        "draft": draft.id,
        "body": draft.body,
        "title": " · ".join(ruleset.clauses[name].title for name, _ in draft.clauses),
        "clauses": _clauses(ruleset, draft.clauses),
        "sponsors": list(draft.sponsors),
        "tabled": draft.tabled,
        "votes_on": draft.votes_on,
        "attributes": dict(zip(body.attributes, sight.attributes, strict=True)),
        "estimated": estimated,
    }


def _history(ruleset: Ruleset, state: State, viewer: Viewer) -> list[dict[str, Any]]:
    """Who last ordered which move, as far as the viewer knew it at once."""
    found = []
    stride = ruleset.layout.stride
    for move in ruleset.moves.values():
        for place, government in enumerate(ruleset.layout.governments):
            turn = state.last[move.index * stride + place]
            if turn and sees_orders_of(ruleset, viewer, move.id, government):
                found.append({"move": move.id, "by": government, "turn": turn})
    return found


def _own(ruleset: Ruleset, state: State, board: Board, seat: str | None) -> dict[str, Any]:
    """What a seat knows of itself alone."""
    assert seat is not None
    government = next(held for held in ruleset.governments if held.id == seat)
    return {
        "capital": capital_of(ruleset, board, seat),
        "orders_left": 0 if state.ended else ruleset.orders_per_turn,
        "objectives": [
            {
                "id": held.id,
                "title": held.title,
                "text": held.text,
                "weight": held.weight,
                "value": state.objectives[held.index],
                "target": held.target,
                "reached": state.objectives[held.index] >= held.target,
            }
            for held in ruleset.objectives
            if held.seat == seat
        ],
        "red_lines": list(government.red_lines),
        "brief": government.brief,
        "article_view": government.article_view,
        "moves": [option.to_json() for option in legal_orders(ruleset, state, seat)],
    }
