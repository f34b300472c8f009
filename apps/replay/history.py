"""The historical path: a scenario's game files adjudicated once and kept as saved games for all.

A game file says what governments ordered; its journal is what a session with those orders would
have written. The same scenario and file give the same game: loading twice changes nothing.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import cast

from django.utils import timezone

from apps.engine.viewers import audience_for
from apps.games.desk import Desk
from apps.games.services.creating import keep_scenario
from apps.games.services.readiness import record_orders
from apps.games.services.turns import open_next_turn_or_finish
from apps.games.session import ORDERS, Session, adjudicate_session
from apps.replay.importing import keep_saved_game
from apps.replay.models import SavedGame
from apps.replay.paper_desk import PaperDesk
from apps.replay.sources import Source
from apps.replay.what_ifs import EPOCH, continued
from apps.scenarios.library import scenario_folder
from apps.scenarios.loading import digest_of
from apps.scenarios.plays.game_file import GameFile, PlayedAccord, PlayedTurn, read_game_file
from apps.scenarios.plays.run import orders_of, scenario_of, votes_of

NAMESPACE = uuid.UUID("5f0c1f0e-6f0d-4d3a-9a0e-2f6f3c0b7d10")
FOLDER = "playthroughs"
HISTORIES = "history*.yaml"


def history_files(scenario_id: str) -> list[Path]:
    """The scenario's game files that tell history."""
    return sorted((scenario_folder(scenario_id) / FOLDER).glob(HISTORIES))


def load_history(path: Path) -> tuple[SavedGame, bool]:
    """The saved game of a history file, and whether it was made just now.

    A game of an earlier version of the scenario stays for the links that lead to it, and leaves
    the gallery. Raises ScenarioError for a file or scenario that cannot be played.
    """
    game = read_game_file(path)
    _ruleset, document = scenario_of(game, path)
    digest = digest_of(document)
    stream = uuid.uuid5(NAMESPACE, f"{digest} {path.name} {game.model_dump_json()}")
    known = SavedGame.objects.filter(pk=stream).first()
    if known is not None:
        return known, False
    resolved = keep_scenario(document)
    title = game.title or path.stem.replace("_", " ").capitalize()
    desk = _played(game, _source(stream, title, resolved.digest, document, game))
    earlier = SavedGame.objects.filter(origin=SavedGame.Origin.HISTORY, title=title[:200])
    earlier.update(public=False)
    saved = keep_saved_game(
        stream=stream,
        records=continued(stream, [], desk.events),
        document=document,
        title=title,
        seed=game.seed,
        turns=desk.session.turns,
        origin=SavedGame.Origin.HISTORY,
        owner=None,
        public=True,
    )
    return saved, True


def _source(stream: uuid.UUID, title: str, digest: str, document: dict, game: GameFile) -> Source:
    about = document["scenario"]
    return Source(
        stream=stream,
        title=title,
        origin="history",
        scenario=about["id"],
        scenario_title=about["title"],
        digest=digest,
        seed=game.seed,
        turns=game.turns or about["turns"]["default"],
        running=False,
        created_at=timezone.now(),
        owner=None,
        public=True,
    )


def _played(game: GameFile, source: Source) -> PaperDesk:
    """The whole game on a desk of paper, as far as the file and the scenario's end go."""
    desk = PaperDesk(source, Session(), EPOCH)
    seats = [
        {"government": one, "mode": "nobody", "doctrine": ""}
        for one in source.document["governments"]
    ]
    desk.record(
        "GameCreated",
        {
            "scenario": source.scenario,
            "version": str(source.document["scenario"]["version"]),
            "document": source.digest,
            "seed": source.seed,
            "turns": source.turns,
            "seconds_per_turn": None,
            "review": False,
            "seats": seats,
        },
        "facilitator",
    )
    desk.record("GameStarted", {})
    desk.record("TurnOpened", {"turn": 1, "due_at": None})
    for given in game.play:
        if desk.session.phase != ORDERS:
            break
        _close(desk, given, source)
    return desk


def _close(desk: PaperDesk, given: PlayedTurn, source: Source) -> None:
    """One turn: its orders, votes, accords and injects as events, then what the rules say."""
    real, session = cast(Desk, desk), desk.session
    assert session.state is not None
    orders = orders_of(given, session.turn)
    for seat in session.seats:
        told = [order.to_json() for order in orders if order.seat == seat]
        record_orders(real, seat, told, by="history")
    for vote in votes_of(desk.ruleset, session.state, given):
        seat = source.document["bodies"][vote.body]["members"][vote.member].get("government")
        if seat in session.seats:
            desk.record(
                "VoteInstructed",
                {"seat": seat, "draft": vote.draft, "vote": vote.to_json()},
                f"seat:{seat}",
            )
    for place, accord in enumerate(given.accords):
        for kind, payload, audience in _accord(accord, session.turn, place):
            desk.record(kind, payload, audience)
    injects = source.document.get("injects", {})
    for inject in given.injects:
        about = injects[inject]
        told_inject = {
            "turn": session.turn,
            "inject": inject,
            "title": about["title"],
            "text": about.get("text", ""),
            "sender": about.get("from", "News"),
        }
        desk.record("InjectSent", told_inject, "facilitator")
    desk.record("TurnClosed", {"turn": session.turn, "reason": "history"})
    desk.record_results(adjudicate_session(desk.ruleset, desk.session).events)
    open_next_turn_or_finish(real)


def _accord(accord: PlayedAccord, turn: int, place: int) -> Iterator[tuple[str, dict, str]]:
    """An agreement as it came about: offered by its first party, accepted by the others."""
    proposer, *others = dict.fromkeys(accord.parties.values())
    audience = audience_for(accord.parties.values())
    offer = str(uuid.uuid5(NAMESPACE, f"{turn} {place} {accord.agreement}"))
    yield (
        "OfferMade",
        {
            "offer": offer,
            "turn": turn,
            "agreement": accord.agreement,
            "proposer": proposer,
            "parties": dict(accord.parties),
            "text": "",
            "expires_turn": turn,
            "counter_to": None,
        },
        audience,
    )
    for government in others:
        answer = {"offer": offer, "turn": turn, "government": government, "text": ""}
        yield "OfferAccepted", answer, audience
