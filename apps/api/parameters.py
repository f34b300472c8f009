"""The parameters of a move as JSON Schema, with the values that are allowed now."""

from __future__ import annotations

from typing import Any


def schema_for(parameters: list[dict[str, Any]]) -> dict[str, Any]:
    """An object schema for `parameters` as `MoveOption.to_json` lists them."""
    required = [
        item["name"] for item in parameters if not item["optional"] and item["default"] is None
    ]
    return {
        "type": "object",
        "properties": {item["name"]: _schema_of(item) for item in parameters},
        "required": required,
        "additionalProperties": False,
    }


def _schema_of(item: dict[str, Any]) -> dict[str, Any]:
    schema: dict[str, Any] = {"title": item["title"]}
    match item["type"]:
        case "number":
            schema["type"] = "number"
            if item["range"] is not None:
                schema["minimum"], schema["maximum"] = item["range"]
            if item["step"]:
                schema["multipleOf"] = item["step"]
        case "flag":
            schema["type"] = "boolean"
        case "text":
            schema |= {"type": "string", "maxLength": item["max"]}
        case "clauses":
            schema |= {
                "type": "array",
                "items": _clause_schema(item),
                "minItems": item["min"],
                "maxItems": item["max"],
            }
        case _:
            schema |= {"type": "string", "enum": list(item["choices"])}
    if item["default"] is not None:
        schema["default"] = item["default"]
    return schema


def _clause_schema(item: dict[str, Any]) -> dict[str, Any]:
    """A clause by its id, or with the phase-in that it allows."""
    plain: dict[str, Any] = {"type": "string", "enum": list(item["choices"])}
    phased = [
        {
            "type": "object",
            "properties": {
                "clause": {"const": clause},
                "phase_in": {"type": "number", "minimum": 0, "maximum": about["max"]},
            },
            "required": ["clause"],
            "additionalProperties": False,
        }
        for clause, about in item["phase_in"].items()
    ]
    return {"anyOf": [plain, *phased]} if phased else plain
