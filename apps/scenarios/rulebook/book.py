"""The rule book's contents, as plain records that a template or a command can print."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass, replace
from typing import Any

from apps.scenarios.problem import Problem, ScenarioError, did_you_mean
from apps.scenarios.rulebook.entries import (
    AgreementEntry,
    BodyEntry,
    Citation,
    MoveEntry,
    RuleEntry,
)
from apps.scenarios.rulebook.words import Words
from apps.scenarios.schema import ScenarioDocument
from apps.scenarios.schema.body import Body
from apps.scenarios.schema.effect import Publish
from apps.scenarios.schema.move import Move, Secret
from apps.scenarios.schema.parameter import (
    ChoiceParameter,
    ClausesParameter,
    NumberParameter,
)
from apps.scenarios.schema.rule import Rule


@dataclass(frozen=True, slots=True)
class RuleBook:
    """Everything that the players of a game may know of its rules."""

    id: str
    title: str
    version: str
    summary: str
    stages: tuple[str, ...]
    governments: tuple[tuple[str, str, str], ...]
    tracks: tuple[tuple[str, str, str], ...]
    claims: tuple[Citation, ...]
    moves: tuple[MoveEntry, ...]
    rules: tuple[RuleEntry, ...]
    bodies: tuple[BodyEntry, ...]
    agreements: tuple[AgreementEntry, ...]
    orders_per_turn: int
    capital: str

    def to_json(self) -> dict[str, Any]:
        """The book as JSON."""
        return asdict(self)

    def about(self, claim: str) -> RuleBook:
        """The same book with only what names the claim.

        Raises ScenarioError when the scenario has no such claim.
        """
        known = [one.id for one in self.claims]
        if claim not in known:
            suggestion = did_you_mean(claim, known) or f"known: {', '.join(known)}"
            raise ScenarioError(
                [Problem("no-claim", f"there is no claim {claim}", suggestion=suggestion)]
            )
        bodies = tuple(
            replace(body, terms=tuple(term for term in body.terms if claim in term[3]))
            for body in self.bodies
        )
        return replace(
            self,
            claims=tuple(one for one in self.claims if one.id == claim),
            moves=tuple(self.moves_for(claim)),
            rules=tuple(self.encoding(claim)),
            bodies=tuple(body for body in bodies if body.terms),
            agreements=(),
        )

    def themes(self) -> dict[str, list[MoveEntry]]:
        """The moves by theme, in the scenario's order."""
        return _grouped(self.moves, "theme")

    def by_stage(self) -> dict[str, list[RuleEntry]]:
        """The rules by stage, in the order of the turn."""
        groups = _grouped(self.rules, "stage")
        return {stage: groups[stage] for stage in self.stages if stage in groups}

    def encoding(self, claim: str) -> list[RuleEntry]:
        """The rules that encode a claim."""
        return [rule for rule in self.rules if claim in rule.claims]

    def moves_for(self, claim: str) -> list[MoveEntry]:
        """The moves that stand for a claim."""
        return [move for move in self.moves if claim in move.claims]


def _grouped(entries: Iterable[Any], key: str) -> dict[str, list[Any]]:
    groups: dict[str, list[Any]] = {}
    for entry in entries:
        groups.setdefault(getattr(entry, key), []).append(entry)
    return groups


def rule_book_for(document: ScenarioDocument) -> RuleBook:
    """The rule book of a scenario."""
    return _Writer(document).book()


class _Writer:
    def __init__(self, document: ScenarioDocument) -> None:
        self.document = document
        self.words = Words(document)

    def book(self) -> RuleBook:
        document, outline = self.document, self.document.scenario
        return RuleBook(
            id=outline.id,
            title=outline.title,
            version=outline.version,
            summary=outline.summary,
            stages=tuple(outline.stages),
            governments=tuple((i, g.name, g.color) for i, g in document.governments.items()),
            tracks=tuple(self._tracks()),
            claims=tuple(self._claims()),
            moves=tuple(self._move(i, move) for i, move in document.moves.items()),
            rules=tuple(self._rule(i, rule) for i, rule in document.rules.items()),
            bodies=tuple(self._body(i, body) for i, body in document.bodies.items()),
            agreements=tuple(self._agreements()),
            orders_per_turn=outline.capital.orders_per_turn,
            capital=document.tracks[outline.capital.track].title,
        )

    def _tracks(self) -> Iterable[tuple[str, str, str]]:
        for track_id, track in self.document.tracks.items():
            if track.visible in ("public", "own"):
                low, high = track.range
                unit = f" {track.unit}" if track.unit else ""
                yield track_id, track.title, f"{track.text or ''} {low:g} to {high:g}{unit}".strip()

    def _claims(self) -> Iterable[Citation]:
        for claim_id, claim in self.document.claims.items():
            source = self.document.sources.get(claim.source)
            cited = ", ".join(f"¶{number}" for number in claim.paragraphs)
            yield Citation(claim_id, claim.text, source.title if source else claim.source, cited)

    def _names(self, governments: Iterable[str]) -> tuple[str, ...]:
        return tuple(self.document.governments[g].short for g in governments)

    def _move(self, move_id: str, move: Move) -> MoveEntry:
        bindings = self._bindings(move)
        return MoveEntry(
            id=move_id,
            title=move.title,
            theme=move.theme.replace("_", " "),
            text=move.text,
            by=self._names(move.by),
            cost=self.words.expression(move.cost, bindings),
            severity=move.severity,
            limits=tuple(self._limits(move)),
            secrecy=self._secrecy(move, bindings),
            parameters=tuple(self._parameters(move)),
            conditions=tuple(
                (self.words.expression(condition.if_, bindings), condition.else_)
                for condition in move.conditions
            ),
            claims=tuple(move.claims),
            rules=tuple(i for i, rule in self.document.rules.items() if rule.on == move_id),
        )

    @staticmethod
    def _bindings(move: Move | None) -> dict[str, str]:
        if move is None:
            return {}
        names: dict[str, str] = {}
        for parameter in move.parameters.values():
            if isinstance(parameter, ChoiceParameter):
                names |= {word: f"“{title}”" for word, title in parameter.choices.items()}
        names |= {name: f"“{parameter.title}”" for name, parameter in move.parameters.items()}
        return names

    def _limits(self, move: Move) -> Iterable[str]:
        if move.per_turn > 1:
            yield f"up to {move.per_turn} times a turn"
        if move.cooldown:
            turns = "turn" if move.cooldown == 1 else "turns"
            yield f"again after {move.cooldown} {turns}"
        if move.irreversible:
            yield "cannot be taken back"
        if move.roles:
            yield "given by: " + ", ".join(self._role(move, role) for role in move.roles)

    def _role(self, move: Move, role: str) -> str:
        for government in move.by:
            roles = self.document.governments[government].roles
            if role in roles:
                return roles[role].title
        return role

    def _secrecy(self, move: Move, bindings: dict[str, str]) -> str:
        if not isinstance(move.secrecy, Secret):
            return ""
        secret = move.secrecy.secret
        if isinstance(secret, str):
            return "secret for good"
        if secret.reveal_after is not None:
            turns = "turn" if secret.reveal_after == 1 else "turns"
            return f"secret; comes to light after {secret.reveal_after} {turns}"
        when = self.words.expression(secret.reveal_when or "", bindings)
        return f"secret; comes to light when {when}"

    def _parameters(self, move: Move) -> Iterable[str]:
        for parameter in move.parameters.values():
            words = parameter.title
            if isinstance(parameter, ChoiceParameter):
                words += ": " + ", ".join(parameter.choices.values())
            elif isinstance(parameter, NumberParameter):
                low, high = parameter.range
                words += f": {low:g} to {high:g} {parameter.unit or ''}".rstrip()
            elif isinstance(parameter, ClausesParameter):
                words += f": {parameter.min} to {parameter.max}"
            yield words + (" (optional)" if parameter.optional else "")

    def _rule(self, rule_id: str, rule: Rule) -> RuleEntry:
        move = self.document.moves.get(rule.on) if rule.on else None
        bindings = self._bindings(move)
        return RuleEntry(
            id=rule_id,
            title=rule.title,
            text=rule.text or "",
            stage=rule.stage,
            when=self._when(rule, move),
            condition=self.words.expression(rule.if_, bindings) if rule.if_ is not None else "",
            chance=self.words.expression(rule.chance, bindings) if rule.chance is not None else "",
            effects=tuple(
                self.words.effect(effect, bindings)
                for effect in rule.effects
                if not isinstance(effect, Publish)
            ),
            claims=tuple(rule.claims),
            reason=rule.reason or "",
            move=rule.on or "",
        )

    def _when(self, rule: Rule, move: Move | None) -> str:
        if move is not None:
            return f"for each order “{move.title}”"
        if rule.each:
            return (
                "for each government" if rule.each == "government" else "for each two governments"
            )
        for body, outcome in (
            (rule.adopted, "adopts"),
            (rule.failed, "does not adopt"),
            (rule.vetoed, "cannot adopt, for a veto,"),
        ):
            if body:
                return f"for each draft that the {self.document.bodies[body].title} {outcome}"
        return "once a turn"

    def _body(self, body_id: str, body: Body) -> BodyEntry:
        opening = self.document.scenario.calendar.start
        veto = "; a vote against by a member with a veto stops it" if body.adoption.veto else ""
        return BodyEntry(
            id=body_id,
            title=body.title,
            text=body.text or "",
            adoption=f"{body.adoption.affirmative} votes in favor{veto}",
            members=tuple(
                member.name + (" (veto)" if member.veto else "")
                for member in body.members.values()
                if (member.from_ or "") <= opening <= (member.until or "9999")
            ),
            guests=self._names(body.guests),
            terms=tuple(
                (term_id, term.title, self.words.expression(term.amount), tuple(term.claims))
                for term_id, term in body.support.items()
            ),
            vote=f"in favor from {body.vote.yes:g} points of support on, against below "
            f"{body.vote.no:g}, else abstaining",
            clauses=tuple(
                (clause_id, clause.title, clause.text)
                for clause_id, clause in self.document.clauses.items()
                if clause.body == body_id
            ),
        )

    def _agreements(self) -> Iterable[AgreementEntry]:
        for agreement_id, agreement in self.document.agreements.items():
            yield AgreementEntry(
                id=agreement_id,
                title=agreement.title,
                text=agreement.text,
                sides=tuple(" or ".join(self._names(side)) for side in agreement.parties.values()),
                obligations=tuple(one.text for one in agreement.obligations.values()),
                expires=agreement.expires,
            )
