"""Where a replay comes from: a session of apps.games, or a saved game. One shape for both."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy

from apps import engine
from apps.games import rulesets
from apps.games.models import Game
from apps.replay.models import SavedGame

# The document is long, and every process keeps it by its digest.
_CONTENT = "resolved__content"
ORIGINS = {
    "session": gettext_lazy("Played session"),
    "imported": gettext_lazy("Imported from a file"),
    "branch": gettext_lazy("What-if branch"),
    "history": gettext_lazy("Historical path"),
}


@dataclass(frozen=True, slots=True)
class Source:
    """What replay needs to know of a game besides its journal, which is the stream `stream`."""

    stream: uuid.UUID
    title: str
    origin: str
    scenario: str
    scenario_title: str
    digest: str
    seed: str
    turns: int
    running: bool
    created_at: datetime
    owner: uuid.UUID | None
    public: bool = False
    parent: uuid.UUID | None = None
    parent_turn: int | None = None
    solo: bool = False

    @property
    def document(self) -> Mapping[str, Any]:
        """The resolved scenario, as the game was made with it."""
        return document_for(self.digest)

    @property
    def ruleset(self) -> engine.Ruleset:
        """The compiled rules of the document."""
        return ruleset_for(self.digest)

    @property
    def headline(self) -> dict[str, Any] | None:
        """The track that stands for the game in small: the first public one of the whole world."""
        for key in self.public_tracks:
            return {"id": key, **self.document["tracks"][key]}
        return None

    @property
    def public_tracks(self) -> list[str]:
        """Labels of the tracks of the whole world that everybody sees, in the scenario's order."""
        return [
            key
            for key, track in self.document["tracks"].items()
            if track.get("scope", "global") == "global"
            and track.get("visible", "public") == "public"
        ]

    @property
    def origin_words(self) -> str:
        """The origin for people."""
        return str(ORIGINS[self.origin])


def source_for(stream: uuid.UUID) -> Source | None:
    """The session or saved game of that id, or None."""
    saved = SavedGame.objects.select_related("resolved").defer(_CONTENT).filter(pk=stream).first()
    if saved is not None:
        return source_of_saved(saved)
    game = Game.objects.select_related("resolved").defer(_CONTENT).filter(pk=stream).first()
    return None if game is None else source_of_session(game)


def source_of_session(game: Game) -> Source:
    """A played session as a source."""
    return Source(
        stream=game.id,
        title=game.title,
        origin="session",
        scenario=game.resolved.scenario,
        scenario_title=game.resolved.title,
        digest=game.resolved_id,
        seed=game.seed,
        turns=game.turns,
        running=game.phase != Game.Phase.FINISHED and game.archived_at is None,
        created_at=game.created_at,
        owner=game.created_by_id,
        parent=game.parent_id,
        parent_turn=game.parent_turn,
        solo=game.solo,
    )


def source_of_saved(saved: SavedGame) -> Source:
    """A saved game as a source; it is never running."""
    return Source(
        stream=saved.id,
        title=saved.title,
        origin=saved.origin,
        scenario=saved.resolved.scenario,
        scenario_title=saved.resolved.title,
        digest=saved.resolved_id,
        seed=saved.seed,
        turns=saved.turns,
        running=False,
        created_at=saved.created_at,
        owner=saved.owner_id,
        public=saved.public,
        parent=saved.parent,
        parent_turn=saved.parent_turn,
    )


def document_for(digest: str) -> Mapping[str, Any]:
    """The resolved scenario with this digest: the same object that its games share."""
    return rulesets.document_of(digest)


def ruleset_for(digest: str) -> engine.Ruleset:
    """The rules of the resolved scenario with this digest, compiled once a process."""
    return rulesets.rules_of(digest)
