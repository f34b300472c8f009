"""The documentation of the format is what the schema and the language are."""

from __future__ import annotations

import json
from pathlib import Path

import jsonschema_rs
import pytest
from django.conf import settings

from apps.engine.expressions.functions import FUNCTIONS
from apps.scenarios.folder import read_scenario
from apps.scenarios.json_schema import SCHEMA_FILE, json_schema, json_schema_text
from apps.scenarios.library import scenario_folder, scenario_ids
from apps.scenarios.reference import REFERENCE_FILE, with_reference
from apps.scenarios.yaml_source import read_source

ROOT = Path(settings.BASE_DIR)


def test_the_json_schema_is_current() -> None:
    kept = (ROOT / SCHEMA_FILE).read_text(encoding="utf-8")
    assert kept == json_schema_text(), "run manage.py scenario_schema --docs"


def test_the_reference_is_current() -> None:
    page = (ROOT / REFERENCE_FILE).read_text(encoding="utf-8")
    assert page == with_reference(page), "run manage.py scenario_schema --docs"


def test_the_reference_has_no_gaps() -> None:
    """Every key has a meaning, and every type a name that an author understands."""
    page = (ROOT / REFERENCE_FILE).read_text(encoding="utf-8")
    rows = [line for line in page.splitlines() if line.startswith("| `") and line.count("|") >= 5]
    assert len(rows) > 200
    assert [row for row in rows if row.rstrip().endswith("|  |")] == []
    assert [row for row in rows if "typing." in row or "<class" in row or "Annotated" in row] == []


@pytest.mark.parametrize("function", sorted(FUNCTIONS))
def test_every_function_of_the_language_is_described(function: str) -> None:
    assert f"`{function}(" in (ROOT / REFERENCE_FILE).read_text(encoding="utf-8")


def scenario_files() -> list[Path]:
    return [
        path
        for scenario_id in scenario_ids()
        for path in sorted(scenario_folder(scenario_id).rglob("*.yaml"))
        if "playthroughs" not in path.parts
    ]


@pytest.mark.parametrize(
    "path", scenario_files(), ids=lambda path: f"{path.parent.name}/{path.name}"
)
def test_editors_accept_every_file_of_the_library(path: Path) -> None:
    """The schema that editors use takes each file on its own."""
    value = read_source(path.read_bytes(), path.name).value
    errors = list(jsonschema_rs.validator_for(json_schema()).iter_errors(value))
    assert [f"{list(error.instance_path)}: {error.message[:200]}" for error in errors] == []


def test_editors_mark_an_unknown_key() -> None:
    document = read_scenario(scenario_folder("strait_of_veld")).document
    document["moves"]["levy_toll"]["cots"] = 1
    found = list(jsonschema_rs.validator_for(json_schema()).iter_errors(document))
    assert any("cots" in error.message for error in found)


def test_the_schema_is_json() -> None:
    assert json.loads(json_schema_text())["$defs"]["Move"]["additionalProperties"] is False
