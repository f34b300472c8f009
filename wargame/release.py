"""Which release this is: the version of pyproject.toml, which lies beside the source."""

from __future__ import annotations

import tomllib
from pathlib import Path

RELEASE: str = tomllib.loads(
    (Path(__file__).resolve().parent.parent / "pyproject.toml").read_text()
)["project"]["version"]
