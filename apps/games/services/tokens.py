"""Seats for programs: a facilitator issues a token, and takes it back."""

from __future__ import annotations

import secrets
import uuid

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from apps.accounts.models import Person
from apps.accounts.permissions import Permission
from apps.accounts.rejoin import hash_token
from apps.games.models import Game, Membership, SeatToken
from apps.games.permissions import require
from apps.games.refusals import Refusal
from apps.games.services.joining import join_game, take_seat


def issue_token(*, by: Person, game_id: uuid.UUID, government: str, name: str) -> str:
    """Let a program called `name` join `government`; returns its token, which is shown this once.

    The program takes part like any player: its name stands in the delegation, and what it does is
    in the journal under its membership.
    """
    with transaction.atomic():
        game = Game.objects.filter(pk=game_id).first()
        if game is None:
            raise Refusal("no_such_game", _("There is no such session. Check the address."))
        require(by, game, Permission.ASSIGN_SEATS)
        member = join_game(code=game.join_code, display_name=name)
        take_seat(membership=member, government=government)
        token = secrets.token_urlsafe(32)
        SeatToken.objects.create(membership=member, token_hash=hash_token(token))
        return token


@transaction.atomic
def renew_token(*, by: Person, game_id: uuid.UUID, membership_id: uuid.UUID) -> str:
    """A new token for a program that lost its own; older ones of it stop working."""
    revoke_tokens(by=by, game_id=game_id, membership_id=membership_id)
    member = Membership.objects.filter(
        pk=membership_id, game_id=game_id, removed_at=None, tokens__isnull=False
    ).first()
    if member is None:
        raise Refusal("no_such_program", _("There is no such program. Reload the page."))
    token = secrets.token_urlsafe(32)
    SeatToken.objects.create(membership=member, token_hash=hash_token(token))
    return token


def revoke_tokens(*, by: Person, game_id: uuid.UUID, membership_id: uuid.UUID) -> int:
    """Make every token of a membership useless; returns how many still worked."""
    game = Game.objects.filter(pk=game_id).first()
    if game is None:
        raise Refusal("no_such_game", _("There is no such session. Check the address."))
    require(by, game, Permission.ASSIGN_SEATS)
    return SeatToken.objects.filter(
        membership_id=membership_id, membership__game_id=game_id, revoked_at=None
    ).update(revoked_at=timezone.now())


def membership_of_token(token: str) -> Membership | None:
    """The standing membership that a token acts for, or None."""
    now = timezone.now()
    found = (
        SeatToken.objects.select_related("membership__person", "membership__game")
        .filter(
            token_hash=hash_token(token),
            revoked_at=None,
            membership__removed_at=None,
            membership__person__is_active=True,
        )
        .first()
    )
    if found is None:
        return None
    # One write a minute is enough to tell a token in use from a forgotten one.
    if found.used_at is None or (now - found.used_at).total_seconds() > 60:
        SeatToken.objects.filter(pk=found.pk).update(used_at=now)
    return found.membership
