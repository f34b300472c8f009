"""The JSON Schema of the format, for editors that complete and check as one types."""

from __future__ import annotations

import json
from typing import Any

from apps.scenarios.schema import ScenarioDocument

SCHEMA_FILE = "docs/scenario.schema.json"


def json_schema() -> dict[str, Any]:
    """The schema. A scenario's files hold only some sections each, so none is required here."""
    schema = ScenarioDocument.model_json_schema(by_alias=True)
    schema.pop("required", None)
    for section in schema["properties"].values():
        section.pop("minProperties", None)
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "A file of a Korean Knot scenario",
        **{key: value for key, value in schema.items() if key != "title"},
    }


def json_schema_text() -> str:
    """The schema as it stands in the documentation."""
    return json.dumps(json_schema(), indent=2, ensure_ascii=False, sort_keys=True) + "\n"
