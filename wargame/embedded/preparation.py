"""What has to be true before the embedded server starts, done in one process for speed.

The database is migrated, the static files are collected when they have changed, and the
demonstration exists. The last line of the output is a JSON object that describes it. With the
argument `demonstration` only that is seen to: the supervisor knows that nothing else has changed.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import sys
from pathlib import Path


def main() -> None:
    import django
    from django.conf import settings
    from django.core.management import CommandError, call_command

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "wargame.settings")
    django.setup()
    if "demonstration" not in sys.argv[1:]:
        call_command("migrate", interactive=False, verbosity=0)
        collect_static_files(Path(settings.STATIC_ROOT))
        with contextlib.suppress(CommandError):  # it has said which scenario cannot be played
            call_command("load_history")
    call_command("create_demo", json=True)


def collect_static_files(target: Path) -> bool:
    """Collect the static files into `target` unless they are as they were the last time.

    Returns:
        Whether they were collected.
    """
    from django.contrib.staticfiles.finders import get_finders
    from django.core.management import call_command

    known = hashlib.sha256()
    for finder in get_finders():
        for path, storage in sorted(finder.list([]), key=lambda found: found[0]):
            status = os.stat(storage.path(path))
            known.update(f"{path} {status.st_size} {status.st_mtime_ns}\n".encode())
    stamp = target / ".collected"
    if stamp.is_file() and stamp.read_text() == known.hexdigest():
        return False
    call_command("collectstatic", interactive=False, clear=True, verbosity=0)
    stamp.write_text(known.hexdigest())
    return True


if __name__ == "__main__":
    main()
