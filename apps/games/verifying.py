"""Proving that a saved session is whole: its chain, its adjudications, its projections."""

from __future__ import annotations

from collections.abc import Iterable
from hashlib import sha256
from typing import Any

import orjson

from apps.engine import Event, Ruleset
from apps.games.amending import amended_events
from apps.games.models import Game
from apps.games.rulesets import ruleset_for
from apps.games.session import Session, adjudicate_session, advance, session_to_json
from apps.games.sessions import session_for
from apps.journal import store
from apps.journal.kinds import ENGINE
from apps.journal.store import Record


def verify_game(game: Game) -> list[str]:
    """What is wrong with a session, for people; empty if it is whole."""
    broken = store.verify_chain(game.pk)
    if broken:
        return [broken.reason]
    records = store.read(game.pk)
    ruleset = ruleset_for(game)
    findings = [*_wrong_document(game, records), *verify_records(ruleset, records)]
    if findings:
        return findings
    return _wrong_projection(game, ruleset, records)


def verify_records(ruleset: Ruleset, records: Iterable[Record]) -> list[str]:
    """Re-adjudicate every turn of a journal and compare; needs no database."""
    session = Session()
    openings: dict[int, Session] = {}
    expected: list[Event] | None = None
    told: list[Record] = []
    findings: list[str] = []
    for record in records:
        if record.kind in ENGINE:
            told.append(record)
        elif told:
            findings += _compare(session.turn, expected, told)
            expected, told = None, []
        if record.kind == "TurnClosed":
            expected = list(adjudicate_session(ruleset, session).events)
        elif record.kind == "ResultsHeld":
            findings += _compare_held(session.turn, expected, record)
            expected = None
        elif record.kind == "ResultsReleased":
            anew = bool(record.payload.get("concluded"))
            expected = amended_events(ruleset, session, conclude=anew)
        session = advance(ruleset, session, record, record.at, openings=openings)
        if record.kind == "TurnOpened":
            openings[session.turn] = session
    if told:
        findings += _compare(session.turn, expected, told)
    return findings


def _compare(turn: int, expected: list[Event] | None, told: list[Record]) -> list[str]:
    """The first result that is not what the rules give, named by its place in the journal."""
    if expected is None:
        where = f"turn {turn}, event {told[0].sequence} ({told[0].kind})"
        return [f"{where}: results stand in the journal that follow from no closed turn"]
    for event, record in zip(expected, told, strict=False):
        difference = _difference(event, Event(record.kind, record.payload, record.audience))
        if difference:
            return [f"turn {turn}, event {record.sequence} ({record.kind}): {difference}"]
    if len(expected) != len(told):
        after = told[min(len(expected), len(told)) - 1].sequence
        return [
            f"turn {turn}, after event {after}: {len(told)} results are recorded, "
            f"{len(expected)} follow from the rules"
        ]
    return []


def _compare_held(turn: int, expected: list[Event] | None, record: Record) -> list[str]:
    """The same for results that were held back for a review: they stand in one event."""
    held = [Event.from_json(event) for event in record.payload["events"]]
    where = f"turn {turn}, event {record.sequence} ({record.kind})"
    if expected is None or len(expected) != len(held):
        return [f"{where}: {len(held)} results are held, {len(expected or ())} follow"]
    for place, (event, one) in enumerate(zip(expected, held, strict=True), start=1):
        difference = _difference(event, one)
        if difference:
            return [f"{where}, result {place}: {difference}"]
    return []


def _difference(expected: Event, told: Event) -> str:
    """What of an event is not as the rules give it; "" if all of it is."""
    if expected.kind != told.kind:
        return f"the rules give {expected.kind} here, not {told.kind}"
    if expected.audience != told.audience:
        return f"the rules make it known to {expected.audience}, not to {told.audience}"
    for key in sorted({*expected.payload, *told.payload}):
        ours = store.canonical(expected.payload.get(key))
        theirs = store.canonical(told.payload.get(key))
        if ours != theirs:
            return f'"{key}" is {theirs[:80]}, the rules give {ours[:80]}'
    return ""


def _wrong_document(game: Game, records: list[Record]) -> list[str]:
    named: Any = records[0].payload.get("document") if records else None
    content = orjson.loads(game.resolved.content)
    actual = sha256(orjson.dumps(content, option=orjson.OPT_SORT_KEYS)).hexdigest()
    if named != actual:
        return ["the scenario that is stored is not the one that the session was created with"]
    return []


def _wrong_projection(game: Game, ruleset: Ruleset, records: list[Record]) -> list[str]:
    session = Session()
    openings: dict[int, Session] = {}
    for record in records:
        session = advance(ruleset, session, record, record.at, openings=openings)
        if record.kind == "TurnOpened":
            openings[session.turn] = session
    if session_to_json(session) != session_to_json(session_for(game)):
        return ["the session as it is played is not the fold of its journal"]
    if (game.phase, game.turn) != (session.phase, session.turn):
        return ["the session's row does not follow from its journal"]
    return []
