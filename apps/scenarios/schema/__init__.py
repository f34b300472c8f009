"""The scenario format, as typed parts: one concept a file.

The docstrings of the parts and of their fields are the reference: the JSON Schema for editors and
`docs/scenario-format.md` are generated from them. Nothing here reads files or knows the engine.
"""

from __future__ import annotations

from apps.scenarios.schema.document import ScenarioDocument

__all__ = ["ScenarioDocument"]
