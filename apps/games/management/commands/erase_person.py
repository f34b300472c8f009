"""`manage.py erase_person`: remove what tells who a person is."""

from __future__ import annotations

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from apps.accounts.models import Person
from apps.games.personal import personal_data_of
from apps.games.refusals import Refusal
from apps.games.services.erasing import erase


class Command(BaseCommand):
    help = (
        "Erase a person's name, address, password and links. What they did in a session stays "
        "under an empty id, so that no record is edited. --export prints what is held first."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("person", help="the username or the id")
        parser.add_argument(
            "--export", action="store_true", help="print what is held as JSON, erase nothing"
        )
        parser.add_argument("--yes", action="store_true", help="do not ask")

    def handle(self, *args: Any, **options: Any) -> None:
        person = _person(options["person"])
        if person is None:
            raise CommandError(f"There is no person {options['person']}.")
        if options["export"]:
            self.stdout.write(json.dumps(personal_data_of(person), indent=2, default=str))
            return
        if not options["yes"]:
            try:
                answer = input(f"Erase {person.username} for good? Type yes: ")
            except EOFError as error:
                raise CommandError("Nobody answered; nothing was erased. Give --yes.") from error
            if answer.strip() != "yes":
                raise CommandError("Nothing was erased.")
        try:
            erase(person=person)
        except Refusal as refusal:
            raise CommandError(refusal.sentence) from refusal
        self.stdout.write(f"Erased {person.pk}.")


def _person(name: str) -> Person | None:
    found = Person.objects.filter(username=name).first()
    if found is None and len(name.replace("-", "")) == 32:
        try:
            found = Person.objects.filter(pk=name).first()
        except (ValueError, TypeError):
            return None
    return found
