"""Finding the account that a command names."""

from __future__ import annotations

from django.core.management.base import CommandError

from apps.accounts.models import Person


def account_named(username: str) -> Person:
    """The account with this username; a CommandError that says so where there is none."""
    person = Person.objects.filter(username=username).first()
    if person is None:
        raise CommandError(f"There is no account {username}.")
    return person
