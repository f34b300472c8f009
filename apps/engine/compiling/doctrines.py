"""Doctrines: inclinations of a government that nobody plays, typed against what it can see."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

from ..errors import nearest
from ..expressions.emit import made_late
from ..expressions.types import GOVERNMENT, Type
from ..expressions.vocabulary import Scope, Vocabulary
from ..ruleset import (
    Agreement,
    Doctrine,
    DoctrineOffer,
    DoctrineOrder,
    DoctrineStatement,
    Formula,
    Measure,
    Move,
)
from .leaning import leaning
from .section import Section


class DoctrineReader:
    """Reads doctrines; a doctrine may speak only of what its seat sees."""

    def __init__(
        self,
        words: Vocabulary,
        moves: Mapping[str, Move],
        measures: Mapping[str, Measure],
        agreements: Mapping[str, Agreement],
        seen: list[tuple[str, ...]],
    ) -> None:
        self.words, self.moves, self.measures = words, moves, measures
        self.agreements, self.seen = agreements, seen
        self.scope = Scope({"actor": Type(GOVERNMENT)}, orders=False)

    def read(self, document: Section) -> dict[str, dict[str, Doctrine]]:
        """Doctrines by seat and id."""
        found: dict[str, dict[str, Doctrine]] = {}
        inner = document.section("doctrines")
        for seat in inner.data:
            if seat not in self.words.layout.index:
                inner.problem(
                    str(seat),
                    f"there is no government “{seat}”",
                    nearest(str(seat), self.words.layout.index),
                )
                continue
            found[seat] = {
                name: self._doctrine(seat, name, section) for name, section in inner.entries(seat)
            }
        return found

    def _doctrine(self, seat: str, name: str, section: Section) -> Doctrine:
        orders = tuple(
            order
            for key, body in section.entries("orders")
            if (order := self._order(seat, key, body)) is not None
        )
        known = (self.words.layout, orders, self.moves, self.words.layout.index[seat])
        return Doctrine(
            id=name,
            seat=seat,
            title=section.text("title", name),
            text=section.text("text"),
            claims=section.words("claims"),
            orders=orders,
            lean=made_late(partial(leaning, *known, asking=False)),
            lean_on_board=made_late(partial(leaning, *known, asking=True)),
            offers=tuple(
                offer
                for key, body in section.entries("offers")
                if (offer := self._offer(seat, key, body, "accept_if")) is not None
            ),
            proposes=tuple(
                offer
                for key, body in section.entries("proposes")
                if (offer := self._offer(seat, key, body, "if")) is not None
            ),
            statements=tuple(
                DoctrineStatement(key, self._formula(seat, body, "if"), body.text("text"))
                for key, body in section.entries("statements")
            ),
        )

    def _formula(
        self, seat: str, section: Section, key: str, scope: Scope | None = None
    ) -> Formula | None:
        formula = section.condition(key, self.words, scope or self.scope)
        if formula is not None:
            self._sees(seat, section, key, formula)
        return formula

    def _sees(self, seat: str, section: Section, key: str, formula: Formula) -> None:
        """A doctrine decides from what its seat observes; anything else is refused."""
        for read in formula.node.reads():
            if not self._visible(
                seat, read.family, read.subject, [a.text() for a in read.arguments]
            ):
                section.problem(
                    key,
                    f"{seat} does not see {read.text()}",
                    "a doctrine decides from what its seat observes",
                )

    def _visible(self, seat: str, family: str, subject: str, arguments: list[str]) -> bool:
        if family in ("track", "fact", "previous", "sum_of", "mean_of", "min_of", "max_of"):
            layout = self.words.layout
            whose = [seat if word == "actor" else word for word in arguments]
            label = f"{subject}[{', '.join(sorted(whose))}]" if whose else subject
            place = layout.find(label)
            if place is None:
                first = layout.base[subject]
                return all(
                    layout.names[p] == "" or "public" in self.seen[p] or seat in self.seen[p]
                    for p in range(first, len(layout.names))
                    if layout.names[p] == "" or layout.names[p].partition("[")[0] == subject
                )
            return "public" in self.seen[place] or seat in self.seen[place]
        if family in ("in_force", "turns_in_force"):
            visible = self.measures[subject].visible
            own = visible == ("own",) and arguments in (["actor"], [seat])
            own = own or (visible == ("own",) and self.measures[subject].holders == (seat,))
            return "public" in visible or seat in visible or own
        if family in ("ever", "since"):
            return not self.moves[subject].secret or arguments in (["actor"], [seat])
        return True

    def _order(self, seat: str, name: str, section: Section) -> DoctrineOrder | None:
        move = section.text("move")
        if move not in self.moves:
            section.problem("move", f"there is no move “{move}”", nearest(move, self.moves))
            return None
        if seat not in self.moves[move].by:
            section.problem("move", f"{seat} cannot order “{move}”")
            return None
        weight = section.figure("weight", self.words, self.scope, 1.0)
        self._sees(seat, section, "weight", weight)
        parameters = section.section("parameters")
        known = [parameter.name for parameter in self.moves[move].parameters]
        for key in parameters.data:
            if key not in known:
                parameters.problem(
                    str(key), f"“{move}” has no parameter “{key}”", nearest(str(key), known)
                )
        return DoctrineOrder(
            id=name,
            move=move,
            condition=self._formula(seat, section, "if"),
            weight=weight,
            parameters=dict(parameters.data),
            intent=section.text("intent"),
            reason=section.text("reason"),
            fixed=_is_fixed(self.moves[move], parameters.data),
            ready={},
        )

    def _offer(self, seat: str, name: str, section: Section, key: str) -> DoctrineOffer | None:
        agreement = section.text("agreement")
        if agreement not in self.agreements:
            section.problem(
                "agreement",
                f"there is no agreement “{agreement}”",
                nearest(agreement, self.agreements),
            )
            return None
        to = section.text("to")
        if to and to not in self.words.layout.index:
            section.problem(
                "to", f"there is no government “{to}”", nearest(to, self.words.layout.index)
            )
            to = ""
        scope = self.scope
        if key == "if" and not _parties(self.agreements[agreement].parties, seat, to):
            section.problem("to", f"{seat} cannot propose “{agreement}” to {to or 'anybody'}")
        if key == "accept_if":
            scope = Scope({**self.scope.bindings, "proposer": Type(GOVERNMENT)}, orders=False)
        return DoctrineOffer(
            id=name,
            agreement=agreement,
            to=to,
            parties=_parties(self.agreements[agreement].parties, seat, to) if key == "if" else {},
            condition=self._formula(seat, section, key, scope),
            reason=section.text("reason"),
        )


def _is_fixed(move: Move, given: Mapping[str, object]) -> bool:
    """Whether an order of the move is the same whatever the state: no docket, clauses, lot."""
    return all(
        parameter.type not in ("clauses", "draft")
        and (
            given.get(parameter.name) is not None
            or parameter.default is not None
            or parameter.optional
        )
        for parameter in move.parameters
    )


def _parties(roles: Mapping[str, tuple[str, ...]], seat: str, to: str) -> dict[str, str]:
    """A government for each role, with the seat in one and the one it is offered to in another."""
    for own in roles:
        if seat not in roles[own]:
            continue
        for theirs in [role for role in roles if role != own]:
            partners = [name for name in roles[theirs] if name != seat]
            partner = to or (partners[0] if partners else "")
            if partner not in partners:
                continue
            filled = {own: seat, theirs: partner}
            for role, names in roles.items():
                free = [name for name in names if name not in filled.values()]
                if role not in filled and free:
                    filled[role] = free[0]
            if len(filled) == len(roles):
                return filled
    return {}
