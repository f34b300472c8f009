"""What is declared and never used is a forgotten rule or a misspelling."""

from __future__ import annotations

from collections.abc import Iterator

from apps.scenarios.checking.concern import Concern
from apps.scenarios.checking.expressions import expressions_in, words_of
from apps.scenarios.problem import Problem
from apps.scenarios.schema.parameter import TextParameter


def problems_of_usage(concern: Concern) -> Iterator[Problem]:
    """Dispatches, measures, facts, tracks, parameters and stages that do nothing."""
    yield from _dispatches(concern)
    yield from _measures(concern)
    yield from _facts_and_tracks(concern)
    yield from _moves(concern)
    yield from _stages(concern)


def _dispatches(concern: Concern) -> Iterator[Problem]:
    for dispatch_id in concern.document.dispatches:
        if dispatch_id not in concern.usage.published:
            yield concern.error(
                "unused-dispatch",
                ("dispatches", dispatch_id),
                f"nothing publishes the dispatch {dispatch_id}",
                f"add - {{dispatch: {dispatch_id}}} to a rule's effects, or delete it",
            )


def _measures(concern: Concern) -> Iterator[Problem]:
    usage = concern.usage
    for measure_id in concern.document.measures:
        path = ("measures", measure_id)
        if measure_id not in usage.imposed:
            yield concern.error(
                "unused-measure",
                path,
                f"nothing imposes the measure {measure_id}",
                f"add - {{impose: {measure_id}}} to a rule's effects, or delete it",
            )
        elif measure_id not in usage.read:
            yield concern.warning(
                "unread-measure",
                path,
                f"the measure {measure_id} is imposed, but no rule asks for it",
            )


def _facts_and_tracks(concern: Concern) -> Iterator[Problem]:
    usage = concern.usage
    for fact_id in concern.document.facts:
        path = ("facts", fact_id)
        if fact_id not in usage.set:
            yield concern.warning("constant-fact", path, f"nothing ever sets the fact {fact_id}")
        elif fact_id not in usage.read:
            yield concern.warning(
                "unread-fact", path, f"the fact {fact_id} is set, but never asked"
            )
    capital = concern.document.scenario.capital.track
    for track_id in concern.document.tracks:
        if track_id not in usage.changed and track_id != capital:
            yield concern.warning(
                "constant-track", ("tracks", track_id), f"nothing ever changes the track {track_id}"
            )


def _moves(concern: Concern) -> Iterator[Problem]:
    document = concern.document
    answered = {rule.on for rule in document.rules.values() if rule.on}
    for move_id, move in document.moves.items():
        path = ("moves", move_id)
        if move_id not in answered and move.act is None and move_id not in concern.usage.read:
            yield concern.error(
                "idle-move",
                path,
                f"the move {move_id} does nothing: no rule answers it",
                f"add a rule with on: {move_id}, or delete the move",
            )
        read = {word for written in expressions_in(move) for word in words_of(written.tree)}
        for rule in document.rules.values():
            if rule.on == move_id:
                for written in expressions_in(rule):
                    read |= words_of(written.tree)
                read |= {getattr(effect, "by", None) for effect in rule.effects}  # type: ignore[misc]
        acted = set(move.act.model_dump().values()) if move.act else set()
        for name, parameter in move.parameters.items():
            if name not in read | acted and not isinstance(parameter, TextParameter):
                yield concern.warning(
                    "unread-parameter",
                    (*path, "parameters", name),
                    f"no rule reads the parameter {name} of {move_id}",
                )


def _stages(concern: Concern) -> Iterator[Problem]:
    outline = concern.document.scenario
    used = {rule.stage for rule in concern.document.rules.values()} | {outline.council_stage}
    for index, stage in enumerate(outline.stages):
        if stage not in used:
            path = ("scenario", "stages", index)
            yield concern.warning("empty-stage", path, f"no rule belongs to the stage {stage}")
