"""Ids that name something have to name something that is there."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from apps.scenarios.problem import Path, Problem, did_you_mean
from apps.scenarios.schema import ScenarioDocument
from apps.scenarios.schema.body import Body
from apps.scenarios.schema.document import SECTIONS_BY_GOVERNMENT
from apps.scenarios.schema.effect import Effect, Impose, Lift, Publish
from apps.scenarios.schema.example import Example, GivenOrder
from apps.scenarios.schema.move import Act, Move
from apps.scenarios.schema.parameter import (
    AgreementParameter,
    ClausesParameter,
    DraftParameter,
    GovernmentParameter,
)
from apps.scenarios.schema.rule import Rule
from apps.scenarios.yaml_source import SourceMap


def unknown_references(document: ScenarioDocument, places: SourceMap) -> Iterator[Problem]:
    """A problem for each id that names nothing."""
    for reference in _References(document).all():
        if reference.word not in reference.known:
            place = places.value(reference.path)
            if reference.path in places.keys and reference.path[-1] == reference.word:
                place = places.key(reference.path)
            known = sorted(reference.known)
            listed = f"known: {', '.join(known[:8])}" if 0 < len(known) <= 8 else ""
            yield Problem(
                "unknown-name",
                f"there is no {reference.what} {reference.word}",
                place,
                reference.path,
                did_you_mean(reference.word, known) or listed,
            )


@dataclass(frozen=True, slots=True)
class Reference:
    """A word of the document that has to be an id of a section."""

    path: Path
    word: str
    what: str
    known: frozenset[str]


class _References:
    """Walks the document and yields each reference."""

    def __init__(self, document: ScenarioDocument) -> None:
        self.document = document
        ids: dict[str, Iterable[str]] = {
            "government": document.governments,
            "track": document.tracks,
            "measure": document.measures,
            "move": document.moves,
            "body": document.bodies,
            "clause": document.clauses,
            "agreement": document.agreements,
            "dispatch": document.dispatches,
            "claim": document.claims,
            "source": document.sources,
            "stage": document.scenario.stages,
        }
        self.ids = {what: frozenset(known) for what, known in ids.items()}

    def all(self) -> Iterator[Reference]:
        yield from self._outline()
        yield from self._situation()
        for move_id, move in self.document.moves.items():
            yield from self._move(("moves", move_id), move)
        for body_id, body in self.document.bodies.items():
            yield from self._body(("bodies", body_id), body)
        yield from self._clauses_and_agreements()
        for rule_id, rule in self.document.rules.items():
            yield from self._rule(("rules", rule_id), rule)
        yield from self._ends()
        yield from self._doctrines()
        yield from self._claims()

    def one(self, what: str, word: str | None, *path: str | int) -> Iterator[Reference]:
        if word is not None:
            yield Reference(path, word, what, self.ids[what])

    def many(self, what: str, words: Iterable[str] | None, *path: str | int) -> Iterator[Reference]:
        for index, word in enumerate(words or ()):
            yield Reference((*path, index), word, what, self.ids[what])

    def keys(self, what: str, words: Iterable[str], *path: str | int) -> Iterator[Reference]:
        for word in words:
            yield Reference((*path, word), word, what, self.ids[what])

    def seen_by(self, visible: str | list[str], *path: str | int) -> Iterator[Reference]:
        if isinstance(visible, list):
            yield from self.many("government", visible, *path)

    def _outline(self) -> Iterator[Reference]:
        outline = self.document.scenario
        yield from self.one("stage", outline.council_stage, "scenario", "council_stage")
        yield from self.one("track", outline.capital.track, "scenario", "capital", "track")
        yield from self.many("government", outline.order, "scenario", "order")
        for claim_id, claim in self.document.claims.items():
            yield from self.one("source", claim.source, "claims", claim_id, "source")

    def _situation(self) -> Iterator[Reference]:
        for section in ("tracks", "facts", "measures"):
            for item_id, item in getattr(self.document, section).items():
                yield from self.seen_by(item.visible, section, item_id, "visible")
        for section in ("tracks", "facts"):
            for item_id, item in getattr(self.document, section).items():
                if not isinstance(item.start, dict) or item.scope == "global":
                    continue
                for key in item.start:
                    yield from self._start_key(item.scope, key, (section, item_id, "start", key))
        for item_id, measure in self.document.measures.items():
            yield from self.many("government", measure.by, "measures", item_id, "by")

    def _start_key(self, scope: str, key: str, path: Path) -> Iterator[Reference]:
        if key == "default":
            return
        sides = key.split("-") if scope == "pair" else [key]
        for side in sides:
            yield Reference(path, side, "government", self.ids["government"])

    def _move(self, path: Path, move: Move) -> Iterator[Reference]:
        yield from self.many("government", move.by, *path, "by")
        if move.roles:
            roles = frozenset(
                role
                for government in move.by
                for role in getattr(self.document.governments.get(government), "roles", ())
            )
            for index, role in enumerate(move.roles):
                yield Reference((*path, "roles", index), role, "role", roles)
        for name, parameter in move.parameters.items():
            here = (*path, "parameters", name)
            if isinstance(parameter, GovernmentParameter):
                yield from self.many("government", parameter.choices, *here, "choices")
                yield from self.one("government", parameter.default, *here, "default")
            elif isinstance(parameter, ClausesParameter | DraftParameter):
                yield from self.one("body", parameter.body, *here, "body")
            elif isinstance(parameter, AgreementParameter):
                yield from self.many("agreement", parameter.choices, *here, "choices")
        if move.act:
            yield from self._act((*path, "act"), move, move.act)

    def _act(self, path: Path, move: Move, act: Act) -> Iterator[Reference]:
        yield from self.one("body", act.body, *path, "body")
        known = frozenset(move.parameters)
        for name in ("draft", "clauses", "joint_with", "phase_in"):
            word = getattr(act, name)
            if word is not None:
                yield Reference((*path, name), word, "parameter of this move", known)

    def _body(self, path: Path, body: Body) -> Iterator[Reference]:
        yield from self.many("government", body.guests, *path, "guests")
        weights = frozenset(body.weights)
        for member_id, member in body.members.items():
            here = (*path, "members", member_id)
            yield from self.one("government", member.government, *here, "government")
            for weight in member.weights:
                yield Reference((*here, "weights", weight), weight, "weight of this body", weights)

    def _clauses_and_agreements(self) -> Iterator[Reference]:
        for clause_id, clause in self.document.clauses.items():
            path = ("clauses", clause_id)
            yield from self.one("body", clause.body, *path, "body")
            yield from self.one("measure", clause.imposes, *path, "imposes")
            yield from self.many("clause", clause.excludes, *path, "excludes")
            body = self.document.bodies.get(clause.body)
            known = frozenset(body.draft_attributes) if body else frozenset(clause.attributes)
            for name in clause.attributes:
                yield Reference((*path, "attributes", name), name, "draft attribute", known)
        for agreement_id, agreement in self.document.agreements.items():
            path = ("agreements", agreement_id)
            for side, governments in agreement.parties.items():
                yield from self.many("government", governments, *path, "parties", side)
            sides = self.ids["government"] | frozenset(agreement.parties)
            for name, obligation in agreement.obligations.items():
                here = (*path, "obligations", name, "by")
                yield Reference(here, obligation.by, "government or side", sides)

    def _rule(self, path: Path, rule: Rule) -> Iterator[Reference]:
        yield from self.one("stage", rule.stage, *path, "stage")
        yield from self.one("move", rule.on, *path, "on")
        for name in ("adopted", "failed", "vetoed"):
            yield from self.one("body", getattr(rule, name), *path, name)
        bound = {"government": {"actor"}, "pair": {"a", "b"}}.get(rule.each or "", set())
        if rule.on in self.document.moves:
            bound = {"actor", *self.document.moves[rule.on].parameters}
        for index, effect in enumerate(rule.effects):
            yield from self._effect((*path, "effects", index), effect, frozenset(bound))
        for index, example in enumerate(rule.examples):
            yield from self._example((*path, "examples", index), example)

    def _effect(self, path: Path, effect: Effect, bound: frozenset[str]) -> Iterator[Reference]:
        if isinstance(effect, Impose | Lift):
            measure = effect.impose if isinstance(effect, Impose) else effect.lift
            verb = "impose" if isinstance(effect, Impose) else "lift"
            yield from self.one("measure", measure, *path, verb)
            if effect.by is not None:
                known = self.ids["government"] | bound
                yield Reference((*path, "by"), effect.by, "government or binding", known)
        elif isinstance(effect, Publish):
            yield from self.one("dispatch", effect.dispatch, *path, "dispatch")

    def _example(self, path: Path, example: Example) -> Iterator[Reference]:
        given = (*path, "given")
        for index, measure in enumerate(example.given.measures):
            yield from self.one("measure", measure.measure, *given, "measures", index, "measure")
            yield from self.one("government", measure.by, *given, "measures", index, "by")
        for index, agreement in enumerate(example.given.agreements):
            here = (*given, "agreements", index)
            yield from self.one("agreement", agreement.agreement, *here, "agreement")
        yield from self.many("clause", example.given.adopted, *given, "adopted")
        for index, draft in enumerate(example.given.docket):
            here = (*given, "docket", index)
            yield from self.one("body", draft.body, *here, "body")
            yield from self.many("clause", draft.clauses, *here, "clauses")
            yield from self.many("government", draft.sponsors, *here, "sponsors")
        for index, past in enumerate(example.given.orders):
            yield from self._order((*given, "orders", index), past)
        for index, order in enumerate(example.when):
            yield from self._order((*path, "when", index), order)
        for name, what in (
            ("imposes", "measure"),
            ("lifts", "measure"),
            ("dispatches", "dispatch"),
        ):
            yield from self.many(what, getattr(example.then, name), *path, "then", name)

    def _order(self, path: Path, order: GivenOrder) -> Iterator[Reference]:
        yield from self.one("government", order.by, *path, "by")
        yield from self.one("move", order.move, *path, "move")
        move = self.document.moves.get(order.move)
        if move:
            known = frozenset(move.parameters)
            for name in order.parameters:
                yield Reference((*path, "parameters", name), name, "parameter of the move", known)

    def _ends(self) -> Iterator[Reference]:
        yield from self.keys("government", self.document.objectives, "objectives")
        for inject_id, inject in self.document.injects.items():
            path = ("injects", inject_id)
            yield from self.seen_by(inject.audience, *path, "audience")
            for index, effect in enumerate(inject.effects):
                yield from self._effect((*path, "effects", index), effect, frozenset())
        for dispatch_id, dispatch in self.document.dispatches.items():
            yield from self.seen_by(dispatch.audience, "dispatches", dispatch_id, "audience")

    def _doctrines(self) -> Iterator[Reference]:
        yield from self.keys("government", self.document.doctrines, "doctrines")
        for government, doctrines in self.document.doctrines.items():
            for doctrine_id, doctrine in doctrines.items():
                path = ("doctrines", government, doctrine_id)
                for name, order in doctrine.orders.items():
                    here = (*path, "orders", name)
                    yield from self._order(
                        here,
                        GivenOrder(by=government, move=order.move, parameters=order.parameters),
                    )
                for name, answer in doctrine.offers.items():
                    offered = (*path, "offers", name, "agreement")
                    yield from self.one("agreement", answer.agreement, *offered)
                for name, proposal in doctrine.proposes.items():
                    here = (*path, "proposes", name)
                    yield from self.one("agreement", proposal.agreement, *here, "agreement")
                    yield from self.one("government", proposal.to, *here, "to")

    def _claims(self) -> Iterator[Reference]:
        for section in ("moves", "clauses", "agreements", "rules", "endings", "injects"):
            for item_id, item in getattr(self.document, section).items():
                yield from self.many("claim", item.claims, section, item_id, "claims")
        for body_id, body in self.document.bodies.items():
            for name, term in body.support.items():
                yield from self.many(
                    "claim", term.claims, "bodies", body_id, "support", name, "claims"
                )
        for section in SECTIONS_BY_GOVERNMENT:
            for government, items in getattr(self.document, section).items():
                for item_id, item in items.items():
                    yield from self.many(
                        "claim", item.claims, section, government, item_id, "claims"
                    )
