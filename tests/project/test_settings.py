"""The defaults are the safe ones, and a server without a key does not start."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from wargame import logs

ROOT = Path(__file__).resolve().parents[2]


def manage(*arguments: str, **variables: str) -> subprocess.CompletedProcess[str]:
    kept = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    return subprocess.run(
        [sys.executable, "manage.py", *arguments],
        cwd=ROOT,
        env={**kept, **variables},
        capture_output=True,
        text=True,
        check=False,
    )


def test_without_a_secret_key_nothing_starts_and_it_says_what_to_do():
    answer = manage("check")
    assert answer.returncode != 0
    assert "WARGAME_SECRET_KEY is not set" in answer.stderr


def test_with_a_key_and_a_host_alone_the_deployment_check_finds_nothing():
    key = "q8Fz0-aVb3_nR7yKp2wXt5sLc9mHj4dGe6uTo1iQzAxBvCyDwErFgH"
    answer = manage(
        "check",
        "--deploy",
        "--fail-level=WARNING",
        WARGAME_SECRET_KEY=key,
        WARGAME_ALLOWED_HOSTS="wargame.example.org",
    )
    assert answer.returncode == 0, answer.stderr
    assert "no issues (0 silenced)" in answer.stdout + answer.stderr


def test_no_page_allows_inline_script_or_style(client):
    policy = client.get("/healthz")["Content-Security-Policy"]
    assert "unsafe" not in policy
    assert "default-src 'none'" in policy
    assert "script-src 'self'" in policy


def test_personal_data_never_reaches_a_log_line():
    line = logs.drop_personal_data(None, "info", {"event": "joined", "display_name": "Dana"})
    assert line == {"event": "joined"}
