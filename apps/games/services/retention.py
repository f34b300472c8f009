"""How long sessions are kept, and their deletion for good."""

from __future__ import annotations

import contextlib
import uuid
from datetime import timedelta

from django.db import transaction
from django.db.models import ProtectedError, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from apps.accounts.models import Person
from apps.accounts.permissions import Permission
from apps.accounts.services import erase_person
from apps.games.models import Game, ResolvedScenario
from apps.games.permissions import require
from apps.games.refusals import Refusal
from apps.games.words import REASON, clean_words
from apps.journal import store


def games_past_retention(*, days: int) -> list[Game]:
    """Sessions that were archived or finished more than `days` days ago, oldest first."""
    before = timezone.now() - timedelta(days=days)
    over = Q(archived_at__lt=before) | Q(archived_at=None, finished_at__lt=before)
    return list(Game.objects.filter(over).order_by("created_at"))


@transaction.atomic
def delete_game(*, game_id: uuid.UUID, reason: str, by: Person | None) -> int:
    """Delete a session with its journal for good; returns how many events went.

    A tombstone with the reason stays. Players who took part in nothing else are erased. `by` is
    None where the retention period decides. Only an archived or finished session is deleted, and
    a solo game at any time: nobody else takes part in it.
    """
    reason = clean_words(reason, what=_("a reason"), limit=REASON)[:200]
    game = Game.objects.select_for_update().filter(pk=game_id).first()
    if game is None:
        raise Refusal("no_such_game", _("There is no such session."))
    if by is not None:
        require(by, game, Permission.ARCHIVE)
    if game.archived_at is None and game.phase != Game.Phase.FINISHED and not game.solo:
        raise Refusal("still_running", _("Archive the session first: it is still running."))
    players = Person.objects.filter(memberships__game=game, kind=Person.Kind.PLAYER).distinct()
    alone = [person for person in players if person.memberships.count() == 1]
    gone = store.delete_stream(game.pk, reason=reason, actor=by.pk if by else None)
    resolved = game.resolved_id
    game.delete()
    for person in alone:
        erase_person(person=person)
    if not Game.objects.filter(resolved=resolved).exists():
        with contextlib.suppress(ProtectedError):  # a saved game was played with it as well
            ResolvedScenario.objects.filter(pk=resolved).delete()
    return gone


def delete_past_retention(*, days: int) -> int:
    """Delete every session that ended more than `days` days ago; 0 keeps all. How many went.

    Each is a transaction of its own, so that a run that is stopped loses nothing that it did.
    """
    if days < 1:
        return 0
    games = games_past_retention(days=days)
    for game in games:
        delete_game(game_id=game.pk, reason=f"past the retention period of {days} days", by=None)
    return len(games)
