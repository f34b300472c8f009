"""What happens to an account: a player arrives, a person is erased."""

from __future__ import annotations

import secrets

from django.db import transaction
from django.utils import timezone

from apps.accounts.models import Person


def create_player(*, display_name: str) -> Person:
    """A person without password or e-mail address, who comes back by session or link alone."""
    player = Person(
        username=f"player-{secrets.token_hex(8)}",
        display_name=display_name,
        kind=Person.Kind.PLAYER,
    )
    player.set_unusable_password()
    player.save()
    return player


@transaction.atomic
def erase_person(*, person: Person) -> None:
    """Remove everything that tells who a person is; what they did stays, by an empty id.

    The journal holds ids only, so that nothing of it changes. The account cannot be used again.
    """
    person.username = f"erased-{person.pk.hex}"
    person.first_name = person.last_name = person.email = person.display_name = ""
    person.set_unusable_password()
    person.is_active = person.is_staff = person.is_superuser = False
    person.erased_at = timezone.now()
    person.last_login = None
    person.save()
    person.rejoin_links.all().delete()
    person.groups.clear()
    person.user_permissions.clear()
