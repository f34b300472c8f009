"""The engine knows no scenario and nothing of the world around it."""

from __future__ import annotations

import ast
import re
import sys
from pathlib import Path

import apps.engine
from apps.engine.compiling.moves import ACTS
from apps.scenarios.library import load_scenario, scenario_ids

FOLDER = Path(apps.engine.__file__).parent
SOURCES = sorted(FOLDER.rglob("*.py"))
WORLDLY = {"os", "pathlib", "random", "socket", "subprocess", "time", "threading", "asyncio", "io"}


def test_the_engine_speaks_no_scenarios_words() -> None:
    """What the library names stands nowhere in the engine: code, examples and comments."""
    for scenario in scenario_ids():
        document = load_scenario(scenario).document
        words = {*document["governments"], *document["bodies"], *document["clauses"]}
        words |= {held["name"] for held in document["governments"].values()}
        words |= {word for word in [*document["tracks"], *document["moves"]] if "_" in word}
        words |= {"Korea", "Korean", "Russia", "Russian", "China", "nuclear", "Security Council"}
        pattern = re.compile(r"\b(" + "|".join(map(re.escape, sorted(words - set(ACTS)))) + r")\b")
        for source in SOURCES:
            found = pattern.findall(source.read_text(encoding="utf-8"))
            assert not found, f"{source.name} speaks of {found} ({scenario})"


def test_the_engine_imports_the_pure_part_of_the_standard_library_alone() -> None:
    for source in SOURCES:
        for node in ast.walk(ast.parse(source.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                names = [alias.name for alias in node.names]
            elif isinstance(node, ast.ImportFrom) and node.level == 0:
                names = [node.module or ""]
            else:
                continue
            for module in names:
                root = module.partition(".")[0]
                assert root in sys.stdlib_module_names, f"{source.name} imports {module}"
                assert root not in WORLDLY, f"{source.name} imports {module}"


def test_source_is_compiled_in_one_place_only() -> None:
    compiling = [
        source.name
        for source in SOURCES
        for node in ast.walk(ast.parse(source.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and node.func.id in ("exec", "eval", "compile", "__import__", "getattr", "open")
        and not (
            node.func.id == "getattr" and source.name in ("state.py", "rules.py", "grammar.py")
        )
    ]
    assert set(compiling) == {"emit.py"}
