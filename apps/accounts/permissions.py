"""Who may do what: every role and permission of the product, in this one file.

A role inside a session comes from a membership; a role of the site comes from the account.
`docs/permissions.md` is this matrix for people, and a test holds the two together.
"""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from apps.accounts.models import Person


class Role(StrEnum):
    """What somebody is in one session, or on the whole site."""

    PLAYER = "player"
    FACILITATOR = "facilitator"
    CO_FACILITATOR = "co_facilitator"
    OBSERVER = "observer"
    ASSESSOR = "assessor"
    INSTRUCTOR = "instructor"
    SITE_ADMIN = "site_admin"


class Permission(StrEnum):
    """Something that somebody may do in a session."""

    SEE_PUBLIC = "see_public"
    SEE_OWN_SEAT = "see_own_seat"
    SEE_EVERYTHING = "see_everything"
    PLAY = "play"
    TALK = "talk"
    RUN_CLOCK = "run_clock"
    CLOSE_TURN = "close_turn"
    REVIEW = "review"
    INJECT = "inject"
    BROADCAST = "broadcast"
    ASSIGN_SEATS = "assign_seats"
    MANAGE_PEOPLE = "manage_people"
    REOPEN = "reopen"
    PIN_NOTES = "pin_notes"
    REPLAY = "replay"
    BRANCH = "branch"
    SHARE = "share"
    EXPORT = "export"
    ARCHIVE = "archive"
    CREATE_GAME = "create_game"
    ADMINISTER = "administer"


P = Permission
_RUN = frozenset(
    {
        P.SEE_PUBLIC,
        P.SEE_EVERYTHING,
        P.RUN_CLOCK,
        P.CLOSE_TURN,
        P.REVIEW,
        P.INJECT,
        P.BROADCAST,
        P.ASSIGN_SEATS,
        P.PIN_NOTES,
        P.REPLAY,
    }
)
GRANTS: dict[Role, frozenset[Permission]] = {
    Role.PLAYER: frozenset({P.SEE_PUBLIC, P.SEE_OWN_SEAT, P.PLAY, P.TALK}),
    Role.CO_FACILITATOR: _RUN,
    Role.FACILITATOR: _RUN
    | {P.MANAGE_PEOPLE, P.REOPEN, P.BRANCH, P.SHARE, P.EXPORT, P.ARCHIVE, P.CREATE_GAME},
    Role.OBSERVER: frozenset({P.SEE_PUBLIC, P.PIN_NOTES}),
    Role.ASSESSOR: frozenset({P.SEE_PUBLIC, P.SEE_EVERYTHING, P.PIN_NOTES, P.REPLAY}),
    Role.INSTRUCTOR: frozenset(
        {
            P.SEE_PUBLIC,
            P.SEE_EVERYTHING,
            P.PIN_NOTES,
            P.REPLAY,
            P.BRANCH,
            P.SHARE,
            P.EXPORT,
            P.CREATE_GAME,
        }
    ),
    Role.SITE_ADMIN: frozenset(Permission) - {P.PLAY, P.TALK, P.SEE_OWN_SEAT},
}
"""The matrix. An assessor sees everything; an observer sees what the public sees."""


def site_roles(person: Person) -> frozenset[Role]:
    """The roles that an account has on the whole site, whatever the session."""
    if not getattr(person, "is_authenticated", False) or not person.is_active:
        return frozenset()
    roles = set()
    if person.is_superuser:
        roles.add(Role.SITE_ADMIN)
    if person.kind == "instructor":
        roles.add(Role.INSTRUCTOR)
    return frozenset(roles)


def site_allows(person: Person, permission: Permission) -> bool:
    """Whether the account alone, without a membership, grants `permission` in every session.

    Creating a session is open to everybody who signs in with a password.
    """
    if any(permission in GRANTS[role] for role in site_roles(person)):
        return True
    signed_in = bool(getattr(person, "is_authenticated", False)) and person.is_active
    return permission is P.CREATE_GAME and signed_in and person.kind != "player"
