"""Who may do what in one game: memberships and site roles, asked by every service and page."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from apps.accounts.models import Person
from apps.accounts.permissions import GRANTS, Permission, Role, site_allows
from apps.games.models import Game, Membership
from apps.games.refusals import Refusal

WORDS: dict[Permission, Any] = {
    Permission.PLAY: gettext_lazy("giving orders"),
    Permission.TALK: gettext_lazy("taking part in talks"),
    Permission.RUN_CLOCK: gettext_lazy("changing the clock"),
    Permission.CLOSE_TURN: gettext_lazy("closing the turn"),
    Permission.REVIEW: gettext_lazy("reviewing results"),
    Permission.INJECT: gettext_lazy("sending injects"),
    Permission.BROADCAST: gettext_lazy("broadcasting"),
    Permission.ASSIGN_SEATS: gettext_lazy("assigning seats"),
    Permission.MANAGE_PEOPLE: gettext_lazy("managing people"),
    Permission.REOPEN: gettext_lazy("reopening a turn"),
    Permission.PIN_NOTES: gettext_lazy("pinning notes"),
    Permission.REPLAY: gettext_lazy("replaying it"),
    Permission.BRANCH: gettext_lazy("branching it"),
    Permission.SHARE: gettext_lazy("sharing it"),
    Permission.EXPORT: gettext_lazy("exporting it"),
    Permission.ARCHIVE: gettext_lazy("archiving it"),
    Permission.CREATE_GAME: gettext_lazy("creating a session"),
    Permission.SEE_EVERYTHING: gettext_lazy("seeing everything"),
    Permission.SEE_OWN_SEAT: gettext_lazy("seeing a delegation's room"),
    Permission.SEE_PUBLIC: gettext_lazy("seeing it"),
    Permission.ADMINISTER: gettext_lazy("administering the site"),
}
"""What it is that a role does not allow, as a noun, in the active language."""


def standing_membership(person: Person, game: Game) -> Membership | None:
    """The membership of `person` in `game`, unless they were removed."""
    if not getattr(person, "is_authenticated", False):
        return None
    return Membership.objects.filter(game=game, person=person, removed_at=None).first()


def allows(person: Person, game: Game, permission: Permission) -> bool:
    """Whether `person` has `permission` in `game`, by membership or by a role of the site."""
    if site_allows(person, permission) and permission is not Permission.CREATE_GAME:
        return True
    membership = standing_membership(person, game)
    return membership is not None and permission in GRANTS[Role(membership.role)]


def require(person: Person, game: Game, permission: Permission) -> None:
    """Raise Refusal("not_allowed") unless `person` has `permission` in `game`."""
    if not allows(person, game, permission):
        raise Refusal(
            "not_allowed",
            _("Your role in this session does not allow %(permission)s.")
            % {"permission": WORDS[permission]},
        )


def require_player(membership: Membership, permission: Permission = Permission.PLAY) -> str:
    """The government for which this membership acts; a refusal where there is none."""
    if membership.removed_at is not None:
        raise Refusal("removed", _("You were removed from this session. Ask your facilitator."))
    if permission not in GRANTS[Role(membership.role)]:
        raise Refusal(
            "not_allowed",
            _("Your role in this session does not allow %(permission)s.")
            % {"permission": WORDS[permission]},
        )
    if not membership.acts_for:
        raise Refusal("no_seat", _("Take a seat in a delegation first."))
    return membership.acts_for


def audience_of(person: Person, game: Game) -> str | None:
    """What `person` sees of `game`: "facilitator", "seat:X", "public"; None if nothing at all."""
    membership = standing_membership(person, game)
    if membership is not None:
        return membership.audience
    if site_allows(person, Permission.SEE_EVERYTHING):
        return "facilitator"
    return None
