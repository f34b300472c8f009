"""Erasing a person who takes part in sessions."""

from __future__ import annotations

from django.utils.translation import gettext as _

from apps.accounts.models import Person
from apps.accounts.permissions import Role
from apps.accounts.services import erase_person
from apps.games.models import Game, Membership
from apps.games.refusals import Refusal


def erase(*, person: Person) -> None:
    """Remove everything that tells who a person is; what they did stays under an empty id.

    Refused to whoever alone runs a session that goes on (its teams would be left without anybody),
    and to the last administrator of the site.
    """
    if person.is_superuser and not _others_administer(person):
        raise Refusal(
            "last_admin", _("You alone administer this site: make another administrator first.")
        )
    alone = _sessions_run_alone(person)
    if alone:
        titles = ", ".join(f"“{game.title}”" for game in alone)
        raise Refusal(
            "runs_sessions",
            _("You alone run %(titles)s. Archive it or let somebody else run it first.")
            % {"titles": titles},
        )
    erase_person(person=person)


def _others_administer(person: Person) -> bool:
    return Person.objects.filter(is_superuser=True, is_active=True).exclude(pk=person.pk).exists()


def _sessions_run_alone(person: Person) -> list[Game]:
    """Sessions that go on and of which nobody else is facilitator or co-facilitator."""
    running = (Role.FACILITATOR.value, Role.CO_FACILITATOR.value)
    mine = Membership.objects.filter(person=person, removed_at=None, role__in=running)
    going_on = Game.objects.filter(memberships__in=mine, archived_at=None, solo=False).exclude(
        phase=Game.Phase.FINISHED
    )
    others = Membership.objects.filter(
        game__in=going_on, removed_at=None, role__in=running, person__is_active=True
    ).exclude(person=person)
    shared = set(others.values_list("game_id", flat=True))
    return [game for game in going_on.distinct() if game.pk not in shared]
