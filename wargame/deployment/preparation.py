"""`python -m wargame.deployment.preparation`: what has to be true before the servers start.

The database is migrated, the static files are collected, an administrator exists, the historical
path is in the gallery. It may run on every start and beside servers of the release before: files
of that release are kept, since pages that it has sent still ask for them.
"""

from __future__ import annotations

import contextlib
import os


def main() -> None:
    import django
    from django.core.management import CommandError, call_command

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "wargame.settings")
    django.setup()
    call_command("migrate", interactive=False)
    call_command("collectstatic", interactive=False, verbosity=1)
    call_command("create_admin")
    with contextlib.suppress(CommandError):  # it has said which scenario cannot be played
        call_command("load_history")


if __name__ == "__main__":
    main()
