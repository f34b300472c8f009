"""Importing a saved game: nothing is kept before every check has passed."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from apps.accounts.models import Person
from apps.games.models import Game
from apps.games.services.creating import keep_scenario
from apps.journal import store
from apps.journal.store import Record
from apps.replay import savefile
from apps.replay.chapters import build
from apps.replay.models import SavedGame
from apps.replay.savefile import SaveFile, SaveFileError
from apps.replay.sources import source_of_saved
from apps.replay.verification import verified


def checked(data: bytes) -> tuple[SaveFile, list[Record]]:
    """The file and its records, if everything agrees. Raises SaveFileError naming what does not."""
    file = savefile.read(data)
    changed = savefile.changed_parts(data, file)
    if changed:
        raise SaveFileError("The file was changed: " + "; ".join(changed) + ".")
    records = [record_from_json(uuid.UUID(int=0), one) for one in file.journal]
    finding = verified(records, file.scenario, file.seed)
    if finding is not None:
        raise SaveFileError(finding.message)
    return file, records


def import_game(*, data: bytes, owner: Person | None) -> SavedGame:
    """Check a file and keep it as a saved game of `owner`; the same file twice is one game.

    Raises SaveFileError.
    """
    file, records = checked(data)
    known = SavedGame.objects.filter(pk__in=[_id_of(file)], owner=owner).first()
    if known is not None and store.head(known.pk)[1] == records[-1].digest:
        return known
    return keep_saved_game(
        stream=_free_id(file),
        records=records,
        document=file.scenario,
        title=file.game["title"],
        seed=file.seed,
        turns=file.game["turns"],
        origin=SavedGame.Origin.IMPORTED,
        owner=owner,
    )


@transaction.atomic
def keep_saved_game(
    *,
    stream: uuid.UUID,
    records: Iterable[Record],
    document: Mapping[str, Any],
    title: str,
    seed: str,
    turns: int,
    origin: str,
    owner: Person | None,
    parent: uuid.UUID | None = None,
    parent_turn: int | None = None,
    public: bool = False,
) -> SavedGame:
    """Write a whole stream and its row, and build its chapters at once."""
    records = list(records)
    store.restore(stream, records)
    endings = [one.payload["ending"] for one in records if one.kind == "GameEnded"]
    saved = SavedGame.objects.create(
        id=stream,
        origin=origin,
        title=title[:200],
        resolved=keep_scenario(document),
        seed=seed,
        turns=turns,
        ending=endings[-1] if endings else "",
        owner=owner,
        parent=parent,
        parent_turn=parent_turn,
        public=public,
    )
    build(source_of_saved(saved))
    return saved


def record_from_json(stream: uuid.UUID, data: Mapping[str, Any]) -> Record:
    """A record of a saved-game file. Raises SaveFileError for an id or time that is none."""
    try:
        actor = uuid.UUID(data["actor"]) if data["actor"] is not None else None
        at = datetime.fromisoformat(data["at"])
    except ValueError:
        raise SaveFileError(
            f"Record {data['sequence']} has an actor or a time that cannot be read."
        ) from None
    if at.tzinfo is None:
        raise SaveFileError(f"Record {data['sequence']} has a time without a time zone.")
    return Record(
        stream=stream,
        sequence=data["sequence"],
        kind=data["kind"],
        version=data["version"],
        audience=data["audience"],
        payload=data["payload"],
        actor=actor,
        at=at,
        digest=data["digest"],
    )


def _id_of(file: SaveFile) -> uuid.UUID | None:
    try:
        return uuid.UUID(str(file.game.get("id")))
    except ValueError:
        return None


def _free_id(file: SaveFile) -> uuid.UUID:
    """The game's own id where nothing here has it, else a new one."""
    wanted = _id_of(file)
    if wanted is None or store.head(wanted)[0] or Game.objects.filter(pk=wanted).exists():
        return uuid.uuid4()
    return wanted
