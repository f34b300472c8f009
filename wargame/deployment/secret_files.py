"""`python -m wargame.deployment.secret_files FOLDER`: the secrets of a `docker compose up`.

Every secret is a file. What is missing is made with the system's randomness; what is there is
kept, so a secret of your own is put into the folder before the first start. Nothing is printed.
"""

from __future__ import annotations

import argparse
import os
import secrets
from collections.abc import Callable
from pathlib import Path

DATABASE = "postgres://wargame:{postgres_password}@postgres:5432/wargame"
REDIS = "redis://:{redis_password}@redis:6379/0"
BROKER = "amqp://wargame:{rabbitmq_password}@rabbitmq:5672//"
RABBITMQ = "default_user = wargame\ndefault_pass = {rabbitmq_password}\n"
"""RabbitMQ reads no password from a file of its own, but from its configuration."""


def _random(length: int) -> Callable[[dict[str, str]], str]:
    return lambda _known: secrets.token_urlsafe(length)


MAKERS: dict[str, Callable[[dict[str, str]], str]] = {
    "secret_key": _random(50),
    "postgres_password": _random(24),
    "redis_password": _random(24),
    "rabbitmq_password": _random(24),
    "metrics_token": _random(24),
    "admin_password": lambda _known: (
        os.environ.get("WARGAME_ADMIN_PASSWORD") or secrets.token_urlsafe(12)
    ),
    "database_url": lambda known: DATABASE.format(**known),
    "redis_url": lambda known: REDIS.format(**known),
    "broker_url": lambda known: BROKER.format(**known),
    "rabbitmq.conf": lambda known: RABBITMQ.format(**known),
}
"""Each secret and how it is made from those before it."""


def make_secrets(folder: Path) -> list[str]:
    """Write what is missing in `folder`; return the names of what was written.

    The files are readable by every user, since the database runs as another one than the
    product: the folder is mounted only where a secret of it is needed.
    """
    folder.mkdir(parents=True, exist_ok=True)
    known: dict[str, str] = {}
    made = []
    for name, maker in MAKERS.items():
        path = folder / name
        if not path.exists():
            unfinished = folder / f"{name}.new"
            unfinished.write_text(maker(known))
            unfinished.chmod(0o444)
            unfinished.rename(path)
            made.append(name)
        known[name] = path.read_text().strip()
    return made


def main() -> None:
    parser = argparse.ArgumentParser(
        prog="python -m wargame.deployment.secret_files",
        description="Makes the secrets that are missing in FOLDER, one file each.",
    )
    parser.add_argument("folder", type=Path, metavar="FOLDER")
    made = make_secrets(parser.parse_args().folder)
    print(f"secrets made: {', '.join(made) or 'none, all were there'}")  # noqa: T201


if __name__ == "__main__":
    main()
