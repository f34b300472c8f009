"""People come, take seats, and go."""

from __future__ import annotations

import uuid

from django.utils.translation import gettext as _

from apps.accounts.models import Person
from apps.accounts.permissions import Permission, Role
from apps.accounts.rejoin import issue_link, revoke_links
from apps.accounts.services import create_player
from apps.games.desk import Desk, open_desk
from apps.games.models import Game, Membership
from apps.games.permissions import require
from apps.games.refusals import Refusal
from apps.games.rulesets import document_for
from apps.games.words import NAME, REASON, clean_words

CAPACITY = 60
"""Most players in one session at a time; who runs or watches it is not counted."""


def game_of_code(code: str) -> Game:
    """The game of a join code, however it was typed; a refusal where there is none."""
    typed = "".join(sign for sign in code.upper() if sign.isalnum())
    game = Game.objects.filter(join_code=typed, archived_at=None, solo=False).first()
    if game is None or not typed:
        raise Refusal(
            "no_such_code", _("No open session has this code. Check it with your facilitator.")
        )
    return game


def join_game(*, code: str, display_name: str, person: Person | None = None) -> Membership:
    """Join by code. Without a `person` who is signed in, a player is created.

    Somebody who takes part already gets their membership back; a name that is taken in this
    session is refused, so that two people cannot be mistaken for each other. A player of
    another session who gives another name is taken for another person.
    """
    game = game_of_code(code)
    known = person if person is not None and person.is_authenticated else None
    with open_desk(game.pk, actor=known) as desk:
        if known:
            standing = desk.game.memberships.filter(person=known, removed_at=None).first()
            if standing:
                return standing
            if desk.game.memberships.filter(person=known).exists():
                raise Refusal(
                    "removed", _("You were removed from this session. Ask your facilitator.")
                )
        name = clean_words(display_name, what=_("a display name"), limit=NAME)
        if known and known.kind == Person.Kind.PLAYER and known.display_name != name:
            # Another student at a shared computer, where yesterday's player is still signed in.
            known = None
        _check_room(desk, name)
        if known is None:
            desk.actor = known = create_player(display_name=name)
        elif not known.display_name:
            known.display_name = name
            known.save(update_fields=["display_name"])
        return _add_person(desk, known, Role.PLAYER)


def add_member(*, by: Person, game_id: uuid.UUID, person: Person, role: Role) -> Membership:
    """Let somebody with an account take part as co-facilitator, observer or assessor."""
    with open_desk(game_id, actor=by) as desk:
        require(by, desk.game, Permission.MANAGE_PEOPLE)
        if desk.game.memberships.filter(person=person, removed_at=None).exists():
            raise Refusal("takes_part", _("This person takes part already."))
        return _add_person(desk, person, role)


def take_seat(*, membership: Membership, government: str, role: str = "") -> None:
    """Take a place in a delegation, or another one in the lobby."""
    with open_desk(membership.game_id, actor=membership.person) as desk:
        standing = _standing(desk, membership)
        if standing.role != Role.PLAYER:
            raise Refusal("not_allowed", _("Only players take seats."))
        role = checked_place(desk, government, role, but=standing)
        if standing.government and desk.game.phase != Game.Phase.LOBBY:
            raise Refusal(
                "seat_kept",
                _("The game has begun: ask your facilitator to move you to another seat."),
            )
        if (standing.government, standing.seat_role) != (government, role):
            desk.record(
                "SeatTaken",
                {"membership": str(standing.pk), "government": government, "role": role},
            )


def leave_seat(*, membership: Membership) -> None:
    """Give a seat back while the game is in the lobby."""
    with open_desk(membership.game_id, actor=membership.person) as desk:
        standing = _standing(desk, membership)
        if desk.game.phase != Game.Phase.LOBBY:
            raise Refusal("seat_kept", _("The game has begun: ask your facilitator."))
        if standing.government:
            desk.record(
                "SeatLeft", {"membership": str(standing.pk), "government": standing.government}
            )


def move_person(
    *, by: Person, game_id: uuid.UUID, membership_id: uuid.UUID, government: str, role: str = ""
) -> None:
    """Put a player into another delegation, at any time; audited."""
    with open_desk(game_id, actor=by) as desk:
        require(by, desk.game, Permission.ASSIGN_SEATS)
        member = member_for(desk, membership_id)
        if member.role != Role.PLAYER:
            raise Refusal("not_a_player", _("Only players sit in delegations."))
        role = checked_place(desk, government, role, but=member)
        if (member.government, member.seat_role) != (government, role):
            desk.record(
                "PersonMoved",
                {"membership": str(member.pk), "government": government, "role": role},
            )


def remove_person(*, by: Person, game_id: uuid.UUID, membership_id: uuid.UUID, reason: str) -> None:
    """Take somebody out of the session with a reason; their links stop working."""
    reason = clean_words(reason, what=_("a reason"), limit=REASON)
    with open_desk(game_id, actor=by) as desk:
        require(by, desk.game, Permission.MANAGE_PEOPLE)
        member = member_for(desk, membership_id)
        if member.person_id == by.pk:
            raise Refusal("yourself", _("You cannot remove yourself."))
        desk.record(
            "PersonRemoved", {"membership": str(member.pk), "reason": reason}, "facilitator"
        )
        if member.person.kind == Person.Kind.PLAYER:
            revoke_links(person=member.person)
        if member.government:
            desk.touch("public")


def name_deputy(
    *, by: Person, game_id: uuid.UUID, membership_id: uuid.UUID, government: str | None
) -> None:
    """Let a player act for another delegation while it is absent; None ends it."""
    with open_desk(game_id, actor=by) as desk:
        require(by, desk.game, Permission.ASSIGN_SEATS)
        member = member_for(desk, membership_id)
        told = {"membership": str(member.pk), "deputy": str(member.pk)}
        if government is None:
            if member.deputy_for:
                desk.record("DeputyDismissed", {**told, "government": member.deputy_for})
            return
        if member.role != Role.PLAYER:
            raise Refusal("not_a_player", _("Only players can act as deputy."))
        if government not in desk.session.seats:
            raise Refusal(
                "no_such_government",
                _("This game has no government %(government)s.") % {"government": government},
            )
        desk.record("DeputyNamed", {**told, "government": government})


def new_link(*, by: Person, game_id: uuid.UUID, membership_id: uuid.UUID, next_url: str) -> str:
    """A fresh personal link for somebody who lost theirs; older ones stop working."""
    with open_desk(game_id, actor=by) as desk:
        require(by, desk.game, Permission.MANAGE_PEOPLE)
        member = member_for(desk, membership_id)
        if member.person.kind != Person.Kind.PLAYER:
            raise Refusal("has_password", _("This person signs in with a password."))
        revoke_links(person=member.person)
        return issue_link(person=member.person, next_url=next_url)


def member_for(desk: Desk, membership_id: uuid.UUID) -> Membership:
    """A standing membership of the desk's game; a refusal where there is none."""
    member = (
        desk.game.memberships.select_related("person")
        .filter(pk=membership_id, removed_at=None)
        .first()
    )
    if member is None:
        raise Refusal("no_such_person", _("This person does not take part any more."))
    return member


def checked_place(desk: Desk, government: str, role: str, *, but: Membership) -> str:
    """The role to take in a delegation: the one asked for, or the first that is free."""
    if government not in desk.session.seats:
        raise Refusal(
            "no_such_government",
            _("This game has no government %(government)s.") % {"government": government},
        )
    if desk.session.seats[government].mode == "doctrine":
        raise Refusal(
            "led_by_doctrine",
            _("%(government)s is led by a doctrine. Choose another government.")
            % {"government": government},
        )
    roles = document_for(desk.game)["governments"][government].get("roles") or {}
    if role and role not in roles:
        raise Refusal(
            "no_such_role",
            _("The delegation of %(government)s has no role %(role)s.")
            % {"government": government, "role": role},
        )
    taken = set(
        desk.game.memberships.filter(government=government, removed_at=None)
        .exclude(pk=but.pk)
        .values_list("seat_role", flat=True)
    )
    if role and role in taken:
        raise Refusal("role_taken", _("A teammate has this role. Choose another."))
    return role or next((name for name in roles if name not in taken), "")


def _standing(desk: Desk, membership: Membership) -> Membership:
    standing = desk.game.memberships.filter(pk=membership.pk, removed_at=None).first()
    if standing is None:
        raise Refusal("removed", _("You were removed from this session. Ask your facilitator."))
    return standing


def _check_room(desk: Desk, name: str) -> None:
    people = desk.game.memberships.filter(removed_at=None).select_related("person")
    if sum(member.role == Role.PLAYER for member in people) >= CAPACITY:
        raise Refusal(
            "full", _("This session is full: it has %(capacity)s players.") % {"capacity": CAPACITY}
        )
    if any(member.person.display_name.casefold() == name.casefold() for member in people):
        raise Refusal(
            "name_taken",
            _(
                "Somebody here is called %(name)s already. Add an initial, or use your "
                "personal link if it is you."
            )
            % {"name": name},
        )


def _add_person(desk: Desk, person: Person, role: Role) -> Membership:
    membership_id = uuid.uuid4()
    desk.record(
        "PersonJoined",
        {"membership": str(membership_id), "person": str(person.pk), "role": role.value},
    )
    desk.commit()
    return Membership.objects.select_related("person", "game").get(pk=membership_id)
