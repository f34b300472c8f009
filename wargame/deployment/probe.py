"""`python -m wargame.deployment.probe WHAT`: the health checks of the containers.

Exits with 0 when the part is healthy and with 1, naming the trouble, when it is not. It needs no
curl in the image and does not load the product, so that a check costs little.
"""

from __future__ import annotations

import argparse
import os
import sys
import urllib.error
import urllib.request
from pathlib import Path


def page(address: str) -> str | None:
    """What is wrong with the page at `address`, or None."""
    try:
        with urllib.request.urlopen(address, timeout=5) as answer:  # noqa: S310 - from compose.yaml
            return None if answer.status == 200 else f"{address} answered {answer.status}"
    except urllib.error.HTTPError as error:
        return f"{address} answered {error.code}: {error.read(300).decode(errors='replace')}"
    except OSError as error:
        return f"{address} does not answer: {error}"


def _given(name: str) -> str:
    """An environment variable, or the content of the file that its `_FILE` names, or nothing."""
    if os.environ.get(name):
        return os.environ[name]
    file = os.environ.get(f"{name}_FILE")
    return Path(file).read_text().strip() if file else ""


def worker(queue: str) -> str | None:
    """What is wrong with this host's worker of `queue`, or None. Asks the worker itself."""
    from celery import Celery

    from wargame.broker import transport_options

    url = _given("WARGAME_BROKER_URL") or _given("WARGAME_REDIS_URL")
    app = Celery(broker=url)
    app.conf.broker_transport_options = transport_options(url)
    name = f"{queue}@{os.uname().nodename}"
    answers = app.control.inspect(destination=[name], timeout=5).ping() or {}
    return None if name in answers else f"the worker {name} does not answer"


def main() -> int:
    parser = argparse.ArgumentParser(
        prog="python -m wargame.deployment.probe", description="Checks one part of the product."
    )
    parts = parser.add_subparsers(dest="part", required=True)
    parts.add_parser("page", help="a page answers 200").add_argument("address")
    parts.add_parser("worker", help="this host's worker answers").add_argument("queue")
    arguments = parser.parse_args()
    trouble = page(arguments.address) if arguments.part == "page" else worker(arguments.queue)
    if trouble:
        print(trouble, file=sys.stderr)  # noqa: T201
    return 1 if trouble else 0


if __name__ == "__main__":
    sys.exit(main())
