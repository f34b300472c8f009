"""Rules that cannot fire, moves that nobody can make, endings that come at once.

Conditions that can never hold are found by the engine, which types them, as the rules compile.
"""

from __future__ import annotations

from collections.abc import Iterator

from apps.scenarios.checking.concern import Concern
from apps.scenarios.problem import Problem


def problems_of_reach(concern: Concern) -> Iterator[Problem]:
    """What the document holds and no game can come to."""
    yield from _moves(concern)
    yield from _rules(concern)
    yield from _endings(concern)
    yield from _injects(concern)
    yield from _clauses(concern)


def _moves(concern: Concern) -> Iterator[Problem]:
    capital = concern.document.scenario.capital.track
    most = concern.document.tracks[capital].range[1]
    for move_id, move in concern.ruleset.moves.items():
        least = move.cost.node.type.lo
        if least > most:
            yield concern.error(
                "closed-move",
                ("moves", move_id, "cost"),
                f"nobody can ever pay for {move_id}: it costs at least {least:g}, "
                f"and {capital} goes up to {most:g}",
                "lower the cost, or raise the track's range",
            )


def _rules(concern: Concern) -> Iterator[Problem]:
    document = concern.document
    tabled = {
        move.act.body
        for move in document.moves.values()
        if move.act and move.act.kind == "table_draft"
    }
    for rule_id, rule in document.rules.items():
        path = ("rules", rule_id)
        chance = concern.ruleset.rules[rule_id].chance
        if chance is not None and chance.node.type.hi <= 0:
            yield concern.error(
                "unreachable-rule", (*path, "chance"), f"the chance of {rule_id} is never above 0"
            )
        for trigger in ("adopted", "failed", "vetoed"):
            body = getattr(rule, trigger)
            if body is not None and body not in tabled:
                yield concern.error(
                    "unreachable-rule",
                    (*path, trigger),
                    f"no move tables a draft in {body}, so {rule_id} can never fire",
                    f"add a move with act: {{kind: table_draft, body: {body}, ..}}",
                )
        if rule.vetoed and not document.bodies[rule.vetoed].adoption.veto:
            yield concern.error(
                "unreachable-rule",
                (*path, "vetoed"),
                f"{rule.vetoed} knows no veto, so {rule_id} can never fire",
            )


def _endings(concern: Concern) -> Iterator[Problem]:
    closing = False
    for ending_id, ending in concern.document.endings.items():
        always = str(ending.if_).strip().lower() in ("true", "1")
        closing = closing or (always and ending.when == "last_turn")
        if always and ending.when == "each_turn":
            yield concern.error(
                "early-ending",
                ("endings", ending_id, "when"),
                f"the ending {ending_id} always holds and would end the game in its first turn",
                "write when: last_turn",
            )
    if not closing:
        yield concern.error(
            "no-last-ending",
            ("endings",),
            "no ending always holds after the last turn, so a game could end without one",
            'add one with if: "true", when: last_turn and the highest priority',
        )


def _injects(concern: Concern) -> Iterator[Problem]:
    longest = concern.document.scenario.turns.max
    for inject_id, inject in concern.document.injects.items():
        if inject.at is not None and inject.at > longest:
            yield concern.error(
                "unreachable-inject",
                ("injects", inject_id, "at"),
                f"no game has a turn {inject.at}",
                f"turns.max is {longest}",
            )


def _clauses(concern: Concern) -> Iterator[Problem]:
    for clause_id, clause in concern.document.clauses.items():
        if clause_id in clause.excludes:
            yield concern.error(
                "impossible-clause",
                ("clauses", clause_id, "excludes"),
                f"{clause_id} excludes itself, so no draft can hold it",
            )
    tables = any(m.act and m.act.kind == "table_draft" for m in concern.document.moves.values())
    if concern.document.clauses and not tables:
        yield concern.error(
            "unreachable-clause", ("clauses",), "no move tables a draft, so no clause is ever used"
        )
