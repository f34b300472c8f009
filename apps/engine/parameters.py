"""Parameters of orders: checked as they are given, and turned into what rules bind."""

from __future__ import annotations

from collections.abc import Mapping
from math import isfinite
from typing import Any

from .board import Board
from .choosing import may_choose
from .orders import Rejection
from .ruleset import Move, Parameter, Ruleset


class RefusedError(Exception):
    """A parameter that is not allowed; becomes a named rejection, never leaves the engine."""

    def __init__(self, reason: str, code: str = "parameter") -> None:
        super().__init__(reason)
        self.rejection = Rejection(code, reason)


def bind(
    ruleset: Ruleset, board: Board, move: Move, seat: str, given: Mapping[str, Any]
) -> tuple[dict[str, Any], list[Any]]:
    """The parameters completed and checked, and the values that rules bind.

    Raises RefusedError with the reason for the player.
    """
    known = {parameter.name for parameter in move.parameters}
    for name in given:
        if name not in known:
            raise RefusedError(f"“{move.title}” has no parameter “{shown(name)}”.")
    clean: dict[str, Any] = {}
    values: list[Any] = []
    for parameter in move.parameters:
        value = given.get(parameter.name)
        if value is None or value == "":
            value = parameter.default
        if value is None or value in ("", []):
            if not parameter.optional and not (
                parameter.type == "clauses" and not parameter.fewest
            ):
                if parameter.type == "flag":
                    value = False
                elif parameter.type == "text":
                    value = ""
                else:
                    raise RefusedError(f"{parameter.title}: nothing was chosen.")
            else:
                clean[parameter.name] = None
                values.append(nothing(ruleset, parameter))
                continue
        plain, runtime = _CHECKS[parameter.type](ruleset, board, move, parameter, seat, value)
        clean[parameter.name] = plain
        values.append(runtime)
    return clean, values


def shown(value: Any) -> str:
    """A refused value for people: texts shortened, anything else by its kind."""
    return value[:40] if isinstance(value, str) else type(value).__name__


def nothing(ruleset: Ruleset, parameter: Parameter) -> Any:
    if parameter.type == "government":
        return len(ruleset.governments)
    return {} if parameter.type == "clauses" else ""


def _number(
    ruleset: Ruleset, board: Board, move: Move, parameter: Parameter, seat: str, value: Any
) -> tuple[Any, Any]:
    if isinstance(value, bool) or not isinstance(value, int | float) or not abs(value) <= 1e12:
        raise RefusedError(f"{parameter.title}: a number is wanted.")
    number = float(value)
    if not isfinite(number) or not parameter.lo <= number <= parameter.hi:
        raise RefusedError(f"{parameter.title}: from {parameter.lo:g} to {parameter.hi:g}.")
    if parameter.step:
        base = parameter.lo if parameter.lo > -1e9 else 0.0
        steps = (number - base) / parameter.step
        if abs(steps - round(steps)) > 1e-6:
            raise RefusedError(f"{parameter.title}: in steps of {parameter.step:g}.")
    return number, number


def _flag(
    ruleset: Ruleset, board: Board, move: Move, parameter: Parameter, seat: str, value: Any
) -> tuple[Any, Any]:
    if not isinstance(value, bool):
        raise RefusedError(f"{parameter.title}: yes or no is wanted.")
    return value, value


def _text(
    ruleset: Ruleset, board: Board, move: Move, parameter: Parameter, seat: str, value: Any
) -> tuple[Any, Any]:
    if not isinstance(value, str) or len(value) > parameter.most:
        raise RefusedError(f"{parameter.title}: a text of at most {parameter.most} characters.")
    return value, value


def _chosen(
    ruleset: Ruleset, board: Board, move: Move, parameter: Parameter, seat: str, value: Any
) -> tuple[Any, Any]:
    if not isinstance(value, str) or not may_choose(ruleset, board, move, parameter, seat, value):
        raise RefusedError(f"{parameter.title}: “{shown(value)}” cannot be chosen now.")
    return value, ruleset.layout.index[value] if parameter.type == "government" else value


def _clauses(
    ruleset: Ruleset, board: Board, move: Move, parameter: Parameter, seat: str, value: Any
) -> tuple[Any, Any]:
    if isinstance(value, Mapping):
        value = [{"clause": key, "phase_in": phase} for key, phase in value.items()]
    if not isinstance(value, list | tuple) or len(value) > 200:
        raise RefusedError(f"{parameter.title}: a list of clauses is wanted.")
    chosen: dict[str, float] = {}
    for item in value:
        name, phase = item, 0.0
        if isinstance(item, Mapping):
            name, phase = item.get("clause"), item.get("phase_in") or 0.0
        if not isinstance(name, str) or not may_choose(ruleset, board, move, parameter, seat, name):
            raise RefusedError(f"{parameter.title}: “{shown(name)}” is not a clause to choose now.")
        if name in chosen:
            raise RefusedError(
                f"{parameter.title}: “{ruleset.clauses[name].title}” stands in it twice."
            )
        chosen[name] = _phase(ruleset, name, phase)
    if not parameter.fewest <= len(chosen) <= parameter.most:
        raise RefusedError(
            f"{parameter.title}: from {parameter.fewest} to {parameter.most} clauses."
        )
    for name in chosen:
        for other in ruleset.clauses[name].excludes:
            if other in chosen:
                titles = ruleset.clauses[name].title, ruleset.clauses[other].title
                raise RefusedError(f"“{titles[0]}” and “{titles[1]}” exclude each other.")
    ordered = {name: chosen[name] for name in sorted(chosen)}
    return [{"clause": name, "phase_in": phase} for name, phase in ordered.items()], ordered


def _phase(ruleset: Ruleset, name: str, phase: Any) -> float:
    clause = ruleset.clauses[name]
    if (
        isinstance(phase, bool)
        or not isinstance(phase, int | float)
        or not 0 <= phase <= clause.phase_max
    ):
        raise RefusedError(
            f"“{clause.title}” can be phased in over at most "
            f"{clause.phase_max:g} {clause.phase_unit}."
        )
    return float(phase)


_CHECKS = {
    "number": _number,
    "flag": _flag,
    "text": _text,
    "choice": _chosen,
    "government": _chosen,
    "agreement": _chosen,
    "draft": _chosen,
    "clauses": _clauses,
}
