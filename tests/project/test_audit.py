"""The audit of dependencies: clean, vulnerable, and without the service that knows."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


def audit(folder: Path, answer: str, code: int) -> subprocess.CompletedProcess[str]:
    """Run script/audit with a pip-audit that gives `answer` and ends with `code`."""
    stand_in = folder / "pip-audit"
    stand_in.write_text(f"#!/bin/sh\necho '{answer}' >&2\nexit {code}\n")
    stand_in.chmod(0o755)
    environment = {**os.environ, "PIP_AUDIT": str(stand_in)}
    command = [str(ROOT / "script" / "audit")]
    return subprocess.run(command, env=environment, capture_output=True, text=True, check=False)


@pytest.mark.parametrize(
    ("answer", "code", "status", "said"),
    [
        ("No known vulnerabilities found", 0, 0, "no known vulnerability"),
        ("Found 1 known vulnerability in 1 package", 1, 1, "Found 1 known vulnerability"),
        ("ConnectionError: cannot resolve api.osv.dev", 1, 0, "SKIPPED, nothing was audited"),
    ],
)
def test_the_audit_fails_for_what_is_known_and_says_what_it_could_not_ask(
    tmp_path, answer, code, status, said
):
    ran = audit(tmp_path, answer, code)
    assert ran.returncode == status
    assert said in ran.stdout
