"""A rule alone: the rule set of an example, in which nothing else happens."""

from __future__ import annotations

from dataclasses import replace

from apps.engine import Ruleset
from apps.engine.compiling.stages import stage_of
from apps.scenarios.schema.example import Example


def rule_alone(ruleset: Ruleset, rule_id: str, example: Example) -> Ruleset:
    """The rule set with this one rule, and with members that vote as the example says.

    A chance draws what the example gives, or 0: it comes true whenever it is above 0.
    """
    rule = ruleset.rules[rule_id]
    drawn = float(example.given.draw or 0)
    stages = tuple(
        stage_of(
            ruleset.layout,
            stage.id,
            (rule,) if stage.id == rule.stage else (),
            drawing=lambda *_: drawn,
        )
        for stage in ruleset.stages
    )
    named = {vote.member for vote in example.votes}
    bodies = {
        body_id: replace(
            body,
            members=tuple(
                replace(member, seat=member.seat or member.id) if member.id in named else member
                for member in body.members
            ),
        )
        for body_id, body in ruleset.bodies.items()
    }
    return replace(ruleset, stages=stages, injects=(), bodies=bodies)
