"""`manage.py create_admin`: a site administrator from the environment, once."""

from __future__ import annotations

import os
from typing import Any

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from environ.fileaware_mapping import FileAwareMapping

from apps.accounts.models import Person


class Command(BaseCommand):
    help = (
        "Make a site administrator, or leave the one of that name as it is. The password is read "
        "from WARGAME_ADMIN_PASSWORD, or from the file that WARGAME_ADMIN_PASSWORD_FILE names."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--username",
            default=os.environ.get("WARGAME_ADMIN_USERNAME", "admin"),
            help="name to sign in with (WARGAME_ADMIN_USERNAME, else admin)",
        )
        parser.add_argument(
            "--reset-password",
            action="store_true",
            help="give an administrator who is there already the password of the environment",
        )

    def handle(self, *args: Any, username: str, reset_password: bool, **options: Any) -> None:
        there = Person.objects.filter(username=username).first()
        if there is not None and not reset_password:
            self.stdout.write(f"{username} is there already and was left as it is")
            return
        # Without its cache, which would put the password into os.environ.
        password = FileAwareMapping(cache=False).get("WARGAME_ADMIN_PASSWORD", "").strip()
        if not password:
            raise CommandError(
                "no password: set WARGAME_ADMIN_PASSWORD, or WARGAME_ADMIN_PASSWORD_FILE to the "
                "name of a file that holds it"
            )
        try:
            validate_password(password, there or Person(username=username))
        except ValidationError as error:
            raise CommandError("the password is too weak: " + " ".join(error.messages)) from error
        if there is None:
            Person.objects.create_superuser(username=username, password=password)
            self.stdout.write(f"administrator {username} made")
        else:
            there.set_password(password)
            there.save(update_fields=["password"])
            self.stdout.write(f"administrator {username} has the password of the environment")
