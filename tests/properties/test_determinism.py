"""The same seed gives the same turns in other processes, hash seeds and Python versions."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.properties.library import document_of
from tests.properties.replay_digests import digests

SCRIPT = Path(__file__).with_name("replay_digests.py")
VERSIONS = ("3.11", "3.12", "3.13", "3.14")


def _interpreter(version: str) -> str | None:
    """A Python of that version: on the path, or among pyenv's."""
    found = shutil.which(f"python{version}")
    if found and _runs(found):
        return found
    root = Path(os.environ.get("PYENV_ROOT", Path.home() / ".pyenv")) / "versions"
    kept = sorted(root.glob(f"{version}.*/bin/python")) if root.is_dir() else []
    return str(kept[-1]) if kept else None


def _runs(command: str) -> bool:
    return subprocess.run([command, "-c", ""], capture_output=True, check=False).returncode == 0


def _replayed(python: str, document: Path, hash_seed: str) -> list[str]:
    environment = {**os.environ, "PYTHONHASHSEED": hash_seed, "PYTHONDONTWRITEBYTECODE": "1"}
    done = subprocess.run(
        [python, "-S", "-W", "error", str(SCRIPT), str(document)],
        capture_output=True,
        text=True,
        check=False,
        env=environment,
        timeout=300,
    )
    assert done.returncode == 0, done.stderr[-2000:]
    return json.loads(done.stdout)


@pytest.mark.parametrize("hash_seed", ["0", "4242"])
def test_another_process_comes_to_the_same_turns(name, hash_seed, tmp_path) -> None:
    document = tmp_path / "document.json"
    document.write_text(json.dumps(document_of(name)), encoding="utf-8")
    assert _replayed(sys.executable, document, hash_seed) == digests(document_of(name))


@pytest.mark.parametrize("version", VERSIONS)
def test_another_python_comes_to_the_same_turns(name, version, tmp_path) -> None:
    python = _interpreter(version)
    if python is None:
        pytest.skip(f"there is no Python {version} on this machine")
    document = tmp_path / "document.json"
    document.write_text(json.dumps(document_of(name)), encoding="utf-8")
    assert _replayed(python, document, "7") == digests(document_of(name))
