"""What-if questions: asking one, running it seed by seed, cancelling it, keeping its branch."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime

import structlog
from celery import current_app
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from apps.accounts.models import Person
from apps.games.session import Session
from apps.journal import store
from apps.journal.store import NewEvent, Record, canonical, chain_digest
from apps.replay.branching import Changes, Played, decided_session, play_on
from apps.replay.chapters import chapters_for, records_of, session_of
from apps.replay.importing import keep_saved_game
from apps.replay.models import Chapter, SavedGame, WhatIf, WhatIfRun
from apps.replay.parting import parting_of
from apps.replay.sources import Source, source_for

log = structlog.get_logger(__name__)
MOST_SEEDS = 200
EPOCH = datetime(2000, 1, 1, tzinfo=UTC)
"""The time of a branch's events: none that happened, so that the same branch is the same bytes."""


MOST_AT_ONCE = 5
"""How many questions of one person may run at a time: workers are everybody's."""


class TooMany(ValueError):
    """This person's questions are still running; the message says what to do."""


class NoSuchTurn(ValueError):
    """The turn has not been closed, or was replaced: it cannot be branched from."""


@transaction.atomic
def ask(
    *, source: Source, turn: int, changes: Changes, seeds: int, title: str, by: Person
) -> WhatIf:
    """Keep the question and have workers run it. `seeds` is 1 to 200; the first is the game's own.

    Raises NoSuchTurn, TooMany.
    """
    if not 1 <= seeds <= MOST_SEEDS:
        raise ValueError(f"Run it under 1 to {MOST_SEEDS} seeds.")
    if WhatIf.objects.filter(owner=by, status__in=("waiting", "running")).count() >= MOST_AT_ONCE:
        raise TooMany(
            _("%(n)s of your questions are still running. Stop one, or wait for it.")
            % {"n": MOST_AT_ONCE}
        )
    _chapters(source, turn)
    what_if = WhatIf.objects.create(
        stream=source.stream,
        turn=turn,
        title=title[:200],
        changes=changes.to_json(),
        seeds=seeds,
        owner=by,
    )
    transaction.on_commit(lambda: _send(what_if), robust=True)
    return what_if


def cancel(*, what_if: WhatIf) -> None:
    """Stop the runs that have not begun; what was run stays."""
    WhatIf.objects.filter(pk=what_if.pk, status__in=("waiting", "running")).update(
        status=WhatIf.Status.CANCELLED, finished_at=timezone.now()
    )


def run_seed(*, what_if_id: uuid.UUID, number: int) -> bool:
    """Run one seed, both arms; False where it is run already, or nobody wants it any more."""
    what_if = WhatIf.objects.filter(pk=what_if_id).first()
    if what_if is None or what_if.status in (WhatIf.Status.CANCELLED, WhatIf.Status.FAILED):
        return False
    if WhatIfRun.objects.filter(what_if=what_if, number=number).exists():
        return False
    WhatIf.objects.filter(pk=what_if.pk, status="waiting").update(status=WhatIf.Status.RUNNING)
    source = source_for(what_if.stream)
    if source is None:
        _fail(what_if, "The game that it branches off does not exist any more.")
        return False
    try:
        _run(what_if, source, number)
    except IntegrityError:
        return False  # the same task ran twice at once; the other one has kept its run
    except Exception as error:
        log.exception("what-if failed", what_if=str(what_if.pk), number=number)
        _fail(what_if, f"A run failed ({type(error).__name__}). The log has the details.")
        return False
    _finish(what_if)
    return True


def seed_of(source: Source, number: int) -> str:
    """The seed of a run: the game's own for 0, and others that follow from it."""
    return source.seed if number == 0 else f"{source.seed}#{number}"


def _run(what_if: WhatIf, source: Source, number: int) -> None:
    decided = decided_for(source, what_if.turn)
    seed, changes = seed_of(source, number), Changes.from_json(what_if.changes)
    arms = [
        play_on(source, decided, turn=what_if.turn, changes=one, seed=seed, at=EPOCH)
        for one in (changes, Changes())
    ]
    with transaction.atomic():
        WhatIfRun.objects.create(
            what_if=what_if,
            number=number,
            seed=seed,
            changed=_told(arms[0]),
            unchanged=_told(arms[1]),
        )
        if number == 0:
            _keep_first(what_if, source, arms)


def _told(arm: Played) -> dict[str, object]:
    return {"ending": arm.ending, "tracks": arm.tracks}


def _keep_first(what_if: WhatIf, source: Source, arms: Sequence[Played]) -> None:
    """Under the game's own seed the branch is kept as a game of its own, and the parting noted."""
    parting = parting_of(arms[0].events, arms[1].events, source.document)
    saved = keep_branch(what_if, source, arms[0].events)
    WhatIf.objects.filter(pk=what_if.pk).update(parting=parting, saved=saved)


def keep_branch(what_if: WhatIf, source: Source, events: Iterable[NewEvent]) -> SavedGame:
    """The parent's journal up to the branching turn's close, and the branch's events after it."""
    _before, chapter = _chapters(source, what_if.turn)
    prefix = []
    for record in store.read(source.stream, until=chapter.last_sequence):
        if record.sequence >= chapter.first_sequence and record.kind == "TurnClosed":
            break
        prefix.append(record)
    stream = uuid.uuid4()
    return keep_saved_game(
        stream=stream,
        records=continued(stream, prefix, events),
        document=source.document,
        title=what_if.title,
        seed=source.seed,
        turns=source.turns,
        origin=SavedGame.Origin.BRANCH,
        owner=what_if.owner,
        parent=source.stream,
        parent_turn=what_if.turn,
    )


def continued(
    stream: uuid.UUID, prefix: Sequence[Record], events: Iterable[NewEvent]
) -> list[Record]:
    """The records of `prefix` and the events chained on to them."""
    records = list(prefix)
    digest = records[-1].digest if records else store.GENESIS
    for sequence, event in enumerate(events, start=len(records) + 1):
        digest = chain_digest(
            digest,
            sequence=sequence,
            kind=event.kind,
            version=event.version,
            audience=event.audience,
            content=canonical(event.payload),
            actor=event.actor,
            at=EPOCH,
        )
        records.append(
            Record(
                stream=stream,
                sequence=sequence,
                kind=event.kind,
                version=event.version,
                audience=event.audience,
                payload=event.payload,
                actor=event.actor,
                at=EPOCH,
                digest=digest,
            )
        )
    return records


def decided_for(source: Source, turn: int) -> Session:
    """What every seat had decided when `turn` was closed. Raises NoSuchTurn."""
    before, chapter = _chapters(source, turn)
    records = [one for one in records_of(source, chapter) if one.kind != "TurnReopened"]
    return decided_session(source, session_of(source, before), records)


def _chapters(source: Source, turn: int) -> tuple[Chapter, Chapter]:
    chapters_for(source)
    rows = Chapter.objects.filter(stream=source.stream, superseded=False)
    found = {chapter.turn: chapter for chapter in rows.filter(turn__in=(turn - 1, turn))}
    if turn < 1 or turn not in found or turn - 1 not in found:
        raise NoSuchTurn(_("Branch from a turn that has been closed."))
    return found[turn - 1], found[turn]


def _finish(what_if: WhatIf) -> None:
    if WhatIfRun.objects.filter(what_if=what_if).count() >= what_if.seeds:
        WhatIf.objects.filter(pk=what_if.pk, status="running").update(
            status=WhatIf.Status.DONE, finished_at=timezone.now()
        )


def _fail(what_if: WhatIf, trouble: str) -> None:
    WhatIf.objects.filter(pk=what_if.pk).exclude(status="cancelled").update(
        status=WhatIf.Status.FAILED, trouble=trouble, finished_at=timezone.now()
    )


def _send(what_if: WhatIf) -> None:
    """A task a seed: each is short, so that a killed worker's is run again soon."""
    try:
        for number in range(what_if.seeds):
            current_app.send_task("apps.replay.tasks.run_seed", args=[str(what_if.pk), number])
    except Exception as error:  # kombu raises its own and redis' errors alike
        log.warning("what-if not sent", what_if=str(what_if.pk), error=type(error).__name__)
        _fail(what_if, gettext_noop("No worker could be reached. Ask again in a minute."))
