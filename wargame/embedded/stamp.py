"""Whether a data folder was prepared by the source as it lies here now."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SOURCES = ("apps", "wargame", "static", "templates")
FILES = ("requirements-run.lock", "pyproject.toml")


class Stamp:
    """A digest of the source's files (names, sizes and times) and of the database's address.

    It saves the migration check and the search for static files on every start but those after
    a change.
    """

    def __init__(self, data: Path, database_url: str) -> None:
        self._path = data / "prepared"
        self._database_url = database_url

    def holds(self) -> bool:
        """Whether the folder was prepared by this very source, and its database is still there."""
        if not self._path.is_file() or self._path.read_text() != self._digest():
            return False
        name = self._database_url.removeprefix("sqlite:///")
        return name == self._database_url or Path(name).is_file()

    def set(self) -> None:
        """Note that the folder is prepared."""
        self._path.write_text(self._digest())

    def remove(self) -> None:
        """Have the next start prepare the folder, whatever has changed."""
        self._path.unlink(missing_ok=True)

    def _digest(self) -> str:
        known = hashlib.sha256(self._database_url.encode())
        for path in _files():
            status = path.stat()
            known.update(f"{path} {status.st_size} {status.st_mtime_ns}\n".encode())
        return known.hexdigest()


def _files() -> Iterator[Path]:
    yield from (ROOT / name for name in FILES)
    for source in SOURCES:
        for folder, folders, names in os.walk(ROOT / source):
            folders[:] = sorted(name for name in folders if name != "__pycache__")
            yield from (Path(folder) / name for name in sorted(names))
