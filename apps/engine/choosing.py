"""What an order can say: the values of each parameter that are allowed now."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from .board import Board
from .orders import Rejection
from .ruleset import Move, Parameter, Ruleset


@dataclass(frozen=True, slots=True)
class ParameterOption:
    """A parameter with the values allowed now. `refusal` says why the move cannot be filled."""

    name: str
    type: str
    title: str
    choices: Mapping[str, str]
    lo: float | None
    hi: float | None
    step: float
    unit: str
    fewest: int
    most: int
    optional: bool
    default: Any
    phases: Mapping[str, Mapping[str, Any]]
    refusal: Rejection | None = None

    def to_json(self) -> dict[str, Any]:
        """The parameter as plain JSON values."""
        return {
            "name": self.name,
            "type": self.type,
            "title": self.title,
            "choices": dict(self.choices),
            "range": None if self.lo is None else [self.lo, self.hi],
            "step": self.step,
            "unit": self.unit,
            "min": self.fewest,
            "max": self.most,
            "optional": self.optional,
            "default": self.default,
            "phase_in": {key: dict(value) for key, value in self.phases.items()},
        }


def options_for(
    ruleset: Ruleset, board: Board, move: Move, seat: str
) -> tuple[ParameterOption, ...]:
    """Each parameter of a move with what may be chosen now."""
    found = []
    for parameter in move.parameters:
        choices = choices_for(ruleset, board, move, parameter, seat)
        refusal = None
        needed = {"government": 1, "agreement": 1, "draft": 1, "choice": 1}.get(parameter.type, 0)
        if parameter.type == "clauses":
            needed = parameter.fewest
        if not parameter.optional and len(choices) < needed:
            what = "draft on the docket" if parameter.type == "draft" else parameter.title
            refusal = Rejection("parameter", f"There is nothing to choose: no {what} is open.")
        phases = {}
        if parameter.type == "clauses":
            phases = {
                name: {
                    "max": ruleset.clauses[name].phase_max,
                    "unit": ruleset.clauses[name].phase_unit,
                }
                for name in choices
                if ruleset.clauses[name].phase_max
            }
        bounded = parameter.type == "number"
        found.append(
            ParameterOption(
                name=parameter.name,
                type=parameter.type,
                title=parameter.title,
                choices=choices,
                lo=parameter.lo if bounded else None,
                hi=parameter.hi if bounded else None,
                step=parameter.step,
                unit=parameter.unit,
                fewest=parameter.fewest,
                most=parameter.most,
                optional=parameter.optional,
                default=parameter.default,
                phases=phases,
                refusal=refusal,
            )
        )
    return tuple(found)


def choices_for(
    ruleset: Ruleset, board: Board, move: Move, parameter: Parameter, seat: str
) -> dict[str, str]:
    """The values of a parameter that are allowed now, each with its label."""
    return {
        name: label
        for name, label in _labels(ruleset, board, parameter)
        if may_choose(ruleset, board, move, parameter, seat, name)
    }


def _labels(ruleset: Ruleset, board: Board, parameter: Parameter) -> Iterator[tuple[str, str]]:
    """What a parameter may be in principle, each with its label."""
    if parameter.type == "clauses":
        for clause in ruleset.clauses.values():
            yield clause.id, clause.title
    elif parameter.type == "draft":
        for draft in board.docket:
            titles = [ruleset.clauses[clause].title for clause, _ in draft.clauses]
            yield draft.id, " · ".join(titles)
    else:
        names: Mapping[str, str] = {}
        if parameter.type == "government":
            names = {government.id: government.name for government in ruleset.governments}
        elif parameter.type == "agreement":
            names = {held.id: held.title for held in ruleset.agreements.values()}
        for name, label in parameter.choices.items():
            yield name, names.get(name, label) if name == label else label


def may_choose(
    ruleset: Ruleset, board: Board, move: Move, parameter: Parameter, seat: str, value: str
) -> bool:
    """Whether a value of a parameter is allowed now."""
    kind = parameter.type
    if kind == "clauses":
        clause = ruleset.clauses.get(value)
        return (
            clause is not None
            and clause.body == parameter.body
            and (clause.repeats or not board.clauses[clause.index])
        )
    if kind == "draft":
        draft = board.draft(value)
        act = move.act.kind if move.act else ""
        return (
            draft is not None and draft.body == parameter.body and _may(act, seat, draft.sponsors)
        )
    return value in parameter.choices and (kind != "government" or value != seat)


def _may(act: str, seat: str, sponsors: tuple[str, ...]) -> bool:
    """Sponsors amend and withdraw; others join them."""
    if act in ("amend_draft", "withdraw_draft"):
        return seat in sponsors
    return seat not in sponsors if act == "cosponsor" else True
