"""Who submits a delegation's orders: everybody in it, or its head alone, as the session has it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.translation import gettext as _

from apps.games.desk import Desk
from apps.games.models import Membership
from apps.games.refusals import Refusal
from apps.games.rulesets import document_for


def head_role(document: Mapping[str, Any], government: str) -> str:
    """The role that leads a delegation: `head`, else the first that the scenario names."""
    roles = document["governments"][government].get("roles") or {}
    return "head" if "head" in roles else next(iter(roles), "")


def heads_of(members: Iterable[Membership], document: Mapping[str, Any], seat: str) -> set[Any]:
    """Which of a seat's members submit where heads do: its heads and its deputies, by membership.

    Empty where there is none: then everybody may, so that a delegation without one can play.
    """
    role = head_role(document, seat)
    return {
        member.pk
        for member in members
        if member.deputy_for == seat or (member.government == seat and member.seat_role == role)
    }


def check_submitter(desk: Desk, membership: Membership, seat: str) -> None:
    """Refuse somebody who may draft for a seat but not submit its orders."""
    if not desk.session.heads_submit:
        return
    document = document_for(desk.game)
    standing = desk.game.memberships.filter(removed_at=None).select_related("person")
    heads = heads_of(standing, document, seat)
    if heads and membership.pk not in heads:
        names = ", ".join(sorted(str(m.person) for m in standing if m.pk in heads))
        raise Refusal(
            "heads_submit",
            _("In this session the head of the delegation submits: %(names)s.") % {"names": names},
        )
