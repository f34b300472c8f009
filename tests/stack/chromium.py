"""The Chromium that browser tests drive: the machine's own, never a downloaded one."""

from __future__ import annotations

import os
import shutil

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
FLAGS = (
    "--disable-quic",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
)
PATIENCE_MS = 30_000
"""How long a test waits for a page or a push: a busy machine is slow, and not wrong."""
MISSING = (
    "no Chromium found: install it (Debian: apt-get install chromium) "
    "or name one in WARGAME_CHROMIUM"
)


def chromium_path() -> str | None:
    """The browser named by WARGAME_CHROMIUM, or the first one on PATH."""
    named = os.environ.get("WARGAME_CHROMIUM")
    if named:
        return named
    return next((path for path in map(shutil.which, NAMES) if path), None)


def chromium_flags() -> list[str]:
    """Flags for a quiet, offline browser; root can only start it without its sandbox."""
    return [*FLAGS, *(["--no-sandbox"] if os.geteuid() == 0 else [])]
