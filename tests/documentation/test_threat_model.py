"""Every test that the threat model and the page on performance name exists."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
NAMED = re.findall(
    r"`(tests/[\w/]+\.py)::(\w+)`",
    (ROOT / "docs/threat-model.md").read_text() + (ROOT / "docs/performance.md").read_text(),
)


@pytest.mark.parametrize(("file", "test"), NAMED)
def test_a_named_test_exists(file, test):
    source = (ROOT / file).read_text()
    assert re.search(rf"^(?:async )?def {test}\(", source, re.MULTILINE), f"{file} has no {test}"


def test_many_are_named():
    assert len(NAMED) > 30
