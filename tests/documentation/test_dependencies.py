"""docs/dependencies.md names every dependency, and the locks hold each with its hashes."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
NAME = re.compile(r"^[A-Za-z0-9._-]+")


def _declared() -> dict[str, set[str]]:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    groups = {"": project["dependencies"], **project["optional-dependencies"]}
    return {
        group: {NAME.match(line).group().lower() for line in lines}
        for group, lines in groups.items()
    }


def test_the_page_and_the_project_name_the_same_packages():
    page = (ROOT / "docs" / "dependencies.md").read_text()
    explained = set(re.findall(r"^\| ([a-z0-9-]+) \| [A-Z]", page, re.MULTILINE))
    assert explained == set().union(*_declared().values())


@pytest.mark.parametrize("lock", ["requirements.lock", "requirements-run.lock"])
def test_a_lock_holds_hashes_and_names_no_host(lock):
    text = (ROOT / lock).read_text()
    assert "://" not in text
    requirements = [block for block in re.split(r"\n(?=\S)", text.strip()) if block]
    assert all("--hash=sha256:" in block for block in requirements)


def test_the_locks_hold_what_the_project_declares():
    declared = _declared()
    everything = set(_versions("requirements.lock"))
    assert set().union(*declared.values()) <= everything
    assert declared[""] <= set(_versions("requirements-run.lock"))


def test_the_server_gets_the_versions_that_were_tested():
    tested = _versions("requirements.lock")
    for name, version in _versions("requirements-run.lock").items():
        assert tested[name] == version, name


def _versions(lock: str) -> dict[str, str]:
    text = (ROOT / lock).read_text()
    return dict(re.findall(r"^([a-z0-9._-]+)==([^ ;\\]+)", text, re.MULTILINE))
