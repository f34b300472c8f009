"""The command line of `script/server`."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from wargame.embedded.console import Console
from wargame.embedded.redis_server import NoRedisError
from wargame.embedded.server import ROOT, CannotStartError, Options, serve

DESCRIPTION = """\
Runs the product on this machine: Redis, web server, workers and clock under one command. The
first start prepares a database and a demonstration game; later ones keep them.
"""
EPILOG = """\
Ctrl-C (or SIGTERM) stops everything; nothing is left behind. Settings of the environment, such
as WARGAME_DATABASE_URL or WARGAME_ALLOWED_HOSTS, are respected: docs/operations.md has them all.
"""


def port(text: str) -> int:
    """A TCP port."""
    number = int(text)
    if not 1 <= number <= 65535:
        raise argparse.ArgumentTypeError(f"{number} is no port: give one from 1 to 65535")
    return number


def parse(arguments: list[str] | None = None) -> Options:
    """Read the command line."""
    parser = argparse.ArgumentParser(
        prog="script/server",
        description=DESCRIPTION,
        epilog=EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--port", type=port, default=8000, help="port of the web server (8000)")
    parser.add_argument(
        "--host",
        default="127.0.0.1",
        help="address to listen on (127.0.0.1: this machine alone; 0.0.0.0: the whole network)",
    )
    parser.add_argument(
        "--data",
        type=Path,
        default=ROOT / "var",
        metavar="FOLDER",
        help="where the database, the secrets and the queue are kept (var)",
    )
    chosen = parser.parse_args(arguments)
    return Options(host=chosen.host, port=chosen.port, data=chosen.data.resolve())


def main() -> int:
    options = parse()
    try:
        serve(options, Console())
    except (CannotStartError, NoRedisError) as error:
        print(f"server: {error}", file=sys.stderr)  # noqa: T201
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
