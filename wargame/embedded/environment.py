"""The environment of the embedded default: what `wargame.settings` is told."""

from __future__ import annotations

import os
import secrets
import socket
from contextlib import suppress
from pathlib import Path

LOOPBACK = ("localhost", "127.0.0.1", "[::1]")
EXPECTED_WARNINGS = (
    # In a container everything is root, and a warning at each start would hide real ones.
    "You're running the worker with superuser privileges",
    # WhiteNoise sends files as iterators; behind a proxy it sends none.
    "StreamingHttpResponse must consume synchronous iterators",
)


def kept_secret(path: Path, *, length: int) -> str:
    """The secret in `path`, made on the first call and readable by its owner alone.

    Args:
        path: the file that keeps it.
        length: bytes of randomness.
    """
    with suppress(FileExistsError):
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w") as file:
            file.write(secrets.token_urlsafe(length))
    return path.read_text().strip()


def emptied(folder: Path) -> Path:
    """`folder` without the figures of processes that ended long ago; made when missing."""
    folder.mkdir(exist_ok=True)
    for file in folder.glob("*.db"):
        file.unlink()
    return folder


def network_addresses() -> list[str]:
    """The addresses by which others on the network may reach this machine, best guess first."""
    found: list[str] = []
    with suppress(OSError), socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        # Nothing is sent: connecting a datagram socket only chooses the outgoing interface.
        probe.connect(("192.0.2.1", 9))
        found.append(probe.getsockname()[0])
    with suppress(OSError):
        found += socket.gethostbyname_ex(socket.gethostname())[2]
    return [name for name in dict.fromkeys(found) if not name.startswith(("127.", "0."))]


def allowed_hosts(host: str) -> list[str]:
    """The names under which the server answers when it listens on `host`."""
    names = list(LOOPBACK)
    if host in {"0.0.0.0", "::"}:
        names += [socket.gethostname(), socket.getfqdn(), *network_addresses()]
    elif host not in names:
        names.append(f"[{host}]" if ":" in host else host)
    return list(dict.fromkeys(names))


def embedded_environment(*, data: Path, host: str, redis_port: int) -> dict[str, str]:
    """This process's environment, with what is not set there filled in for one machine.

    Args:
        data: folder of the database, the secrets and the collected static files.
        host: the address that the web server listens on.
        redis_port: loopback port of the private Redis.
    """
    defaults = {
        "WARGAME_SECRET_KEY": kept_secret(data / "secret-key", length=50),
        "WARGAME_DEMO_PASSWORD": kept_secret(data / "demo-password", length=9),
        "WARGAME_DATABASE_URL": f"sqlite:///{data / 'korean-knot.sqlite3'}",
        "WARGAME_ALLOWED_HOSTS": ",".join(allowed_hosts(host)),
        "WARGAME_STATIC_ROOT": str(data / "static"),
        "WARGAME_HTTPS": "false",
        "WARGAME_LOG_FORMAT": "console",
        "PROMETHEUS_MULTIPROC_DIR": str(emptied(data / "metrics")),
    }
    fixed = {
        "WARGAME_REDIS_URL": f"redis://127.0.0.1:{redis_port}/0",
        "DJANGO_SETTINGS_MODULE": "wargame.settings",
        "PYTHONUNBUFFERED": "1",
        "PYTHONWARNINGS": ",".join(f"ignore:{message}" for message in EXPECTED_WARNINGS),
    }
    return {**defaults, **os.environ, **fixed}
