"""Games that one person plays among doctrines: made in one step, given up, and cleared away.

Nobody facilitates such a game: it has no clock, it begins at once, and each turn closes when its
player is ready, by the same task that closes every other turn.
"""

from __future__ import annotations

import random
import secrets
import uuid
from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import Max, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from apps.accounts.models import Person
from apps.accounts.permissions import Role
from apps.accounts.services import create_player
from apps.games.desk import Desk, open_desk
from apps.games.models import Game, Membership, Seat
from apps.games.refusals import Refusal
from apps.games.services.creating import desk_with_new_game
from apps.games.services.retention import delete_game
from apps.games.services.turns import open_turn

MOST_OF_ONE = 3
"""Solo games that one person may have open at a time."""
NAME = "Solo player"


@transaction.atomic
def create_solo_game(
    *,
    scenario: Mapping[str, Any],
    government: str,
    person: Person | None = None,
    turns: int | None = None,
    doctrines: Mapping[str, str] | None = None,
    by_lot: bool = False,
    seed: str | None = None,
) -> Membership:
    """Make a game in which `government` is led by one person and every other by a doctrine.

    Its first turn is open when this returns. `doctrines` names a government's doctrine; one that
    is not named follows its first, or with `by_lot` one drawn from those that the scenario gives
    it. Without a `person` an anonymous player is created. Raises Refusal where the scenario does
    not allow it, or where too many such games are open.
    """
    if government not in scenario["governments"]:
        raise Refusal(
            "no_such_government",
            _("The scenario has no government %(government)s.") % {"government": government},
        )
    _check_places(person)
    seed = seed or secrets.token_hex(16)
    known = person or create_player(display_name=NAME)
    name = scenario["governments"][government]["name"]
    desk = desk_with_new_game(
        scenario=scenario,
        title=f"{scenario['scenario']['title']}: {name}, alone",
        turns=turns,
        seats=_seats(scenario, government, doctrines or {}, seed if by_lot else None),
        by=known,
        seed=seed,
        solo=True,
    )
    membership = _seat_player(desk, known, scenario, government)
    desk.record("GameStarted", {})
    open_turn(desk, 1)
    desk.commit()
    return Membership.objects.select_related("person", "game").get(pk=membership)


def give_up_solo_game(*, membership: Membership) -> None:
    """End one's own solo game before its last turn: it can be replayed, not played on."""
    with open_desk(membership.game_id, actor=membership.person) as desk:
        standing = desk.game.memberships.filter(pk=membership.pk, removed_at=None).exists()
        if not (desk.game.solo and standing and membership.role == Role.PLAYER):
            raise Refusal("not_allowed", _("Only the player of a game alone can give it up."))
        if not desk.session.archived:
            desk.record("GameArchived", {})


def open_solo_games(person: Person | None = None) -> QuerySet[Game]:
    """The solo games that are still played: of `person`, or of everybody."""
    games = Game.objects.filter(solo=True, archived_at=None).exclude(phase=Game.Phase.FINISHED)
    if person is None:
        return games
    return games.filter(memberships__person=person, memberships__removed_at=None)


def solo_games_left() -> int:
    """How many more solo games may be opened now; the setting WARGAME_SOLO_GAMES is the bound."""
    return max(0, settings.SOLO_GAMES - open_solo_games().count())


def delete_old_solo_games() -> int:
    """Delete the solo games that their anonymous players have left long ago; returns how many.

    WARGAME_SOLO_DAYS says how long. A game of somebody with an account is kept, like a session.
    """
    before = timezone.now() - timedelta(days=settings.SOLO_DAYS)
    old = (
        Game.objects.filter(solo=True, created_at__lt=before)
        .exclude(memberships__person__in=Person.objects.exclude(kind=Person.Kind.PLAYER))
        .annotate(seen=Max("memberships__last_seen"))
        .filter(Q(seen=None) | Q(seen__lt=before))
    )
    reason = f"solo game left for {settings.SOLO_DAYS} days"
    keys = list(old.values_list("pk", flat=True))
    for key in keys:
        delete_game(game_id=key, reason=reason, by=None)
    return len(keys)


def _check_places(person: Person | None) -> None:
    if person is not None and open_solo_games(person).count() >= MOST_OF_ONE:
        raise Refusal(
            "too_many_open",
            _("You have %(most_of_one)s games alone open. Finish one, or give one up in its room.")
            % {"most_of_one": MOST_OF_ONE},
        )
    if not solo_games_left():
        raise Refusal(
            "no_places", _("All places for games alone are taken at the moment. Try again later.")
        )


def _seats(
    scenario: Mapping[str, Any], mine: str, wanted: Mapping[str, str], lot: str | None
) -> dict[str, dict[str, str]]:
    """Who leads each seat. A government without doctrines is led by nobody."""
    seats = {}
    for government in scenario["governments"]:
        doctrine = wanted.get(government, "")
        known = list(scenario.get("doctrines", {}).get(government, {}))
        if lot is not None and known and not doctrine:
            doctrine = random.Random(f"{lot}|doctrine|{government}").choice(known)
        mode = Seat.Mode.DOCTRINE if known or doctrine else Seat.Mode.NOBODY
        seats[government] = {"mode": str(mode), "doctrine": doctrine}
    seats[mine] = {"mode": str(Seat.Mode.PEOPLE), "doctrine": ""}
    return seats


def _seat_player(
    desk: Desk, person: Person, scenario: Mapping[str, Any], government: str
) -> uuid.UUID:
    membership = uuid.uuid4()
    desk.record(
        "PersonJoined",
        {"membership": str(membership), "person": str(person.pk), "role": Role.PLAYER.value},
    )
    roles = scenario["governments"][government].get("roles") or {}
    desk.record(
        "SeatTaken",
        {
            "membership": str(membership),
            "government": government,
            "role": next(iter(roles), ""),
        },
    )
    return membership
