"""The form of a what-if: what can be changed in one turn, and the changes that were asked for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as _

from apps import engine
from apps.engine import MoveOption, Order
from apps.games.session import Session
from apps.replay.branching import Changes
from apps.replay.council import CHOICE_WORDS, draft_title
from apps.replay.names import Names
from apps.replay.sources import Source
from apps.replay.what_ifs import MOST_SEEDS, decided_for

SEEDS = (1, 10, 50, MOST_SEEDS)


class NothingAsked(ValueError):
    """The form changes nothing, or asks for something that the rules refuse; says which."""


@dataclass(frozen=True, slots=True)
class PlayedOrder:
    """One order as it was decided, with the name of its checkbox."""

    field: str
    title: str
    parameters: list[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class SeatChoice:
    """A seat: what it had decided, what it could have ordered, and how it may go on."""

    seat: str
    name: str
    color: str
    orders: list[PlayedOrder]
    moves: list[MoveOption]
    doctrines: list[tuple[str, str]]
    """Id and title, the one by which it goes on unchanged first."""


@dataclass(frozen=True, slots=True)
class VoteChoice:
    """A draft that was due in the turn, with each member that a government instructs."""

    draft: str
    title: str
    members: list[tuple[str, str, str]]
    """Field, member's name, how it was instructed ("" where its doctrine decided)."""


class Inquiry:
    """What can be asked of `turn`. Raises NoSuchTurn for a turn that was not closed."""

    def __init__(self, source: Source, turn: int) -> None:
        self.source = source
        self.turn = turn
        self.names = Names(source.document)
        self.decided: Session = decided_for(source, turn)
        assert self.decided.state is not None
        self.state = self.decided.state

    def seats(self) -> list[SeatChoice]:
        """Every seat of the game in the scenario's order."""
        doctrines = self.source.document.get("doctrines", {})
        return [
            SeatChoice(
                seat=seat,
                name=self.names.government(seat),
                color=self.names.color(seat),
                orders=[
                    PlayedOrder(
                        field=f"keep-{seat}-{place}",
                        title=self.names.move(str(order["move"])),
                        parameters=self.names.parameters(
                            str(order["move"]), order.get("parameters") or {}
                        ),
                    )
                    for place, order in enumerate(standing.orders or ())
                ],
                moves=self.moves(seat),
                doctrines=_first(
                    standing.doctrine,
                    [
                        (key, str(body.get("title", key)))
                        for key, body in doctrines.get(seat, {}).items()
                    ],
                ),
            )
            for seat, standing in self.decided.seats.items()
        ]

    def moves(self, seat: str) -> list[MoveOption]:
        """The moves that were open to a seat in this turn."""
        options = engine.legal_orders(self.source.ruleset, self.state, seat)
        return [option for option in options if option.open]

    def votes(self) -> list[VoteChoice]:
        """The drafts that were due in this turn."""
        found = []
        for draft in self.state.docket:
            if draft.votes_on > self.turn:
                continue
            members = self.source.document["bodies"][draft.body]["members"]
            found.append(
                VoteChoice(
                    draft=draft.id,
                    title=draft_title(self.names, draft.sponsors),
                    members=[
                        (f"vote-{draft.id}-{key}", member["name"], self._instructed(draft.id, key))
                        for key, member in members.items()
                        if member.get("government") in self.decided.seats and self._sits(member)
                    ],
                )
            )
        return found

    def injects(self) -> list[tuple[str, str]]:
        """The scenario's injects by id and title."""
        injects = self.source.document.get("injects", {})
        return [(key, str(body["title"])) for key, body in injects.items()]

    def asked(self, data: QueryDict) -> Changes:
        """The changes of a submitted form. Raises NothingAsked."""
        orders = {}
        for seat in self.decided.seats:
            changed = self._orders(seat, data)
            if changed is not None:
                orders[seat] = changed
        changes = Changes(
            orders=orders,
            votes=self._votes(data),
            injects=[key for key, _title in self.injects() if key in data.getlist("inject")],
            doctrines=self._doctrines(data),
        )
        if not any((changes.orders, changes.votes, changes.injects, changes.doctrines)):
            raise NothingAsked(_("Change something: an order, a vote, an inject or a doctrine."))
        return changes

    def sentence(self, changes: Changes) -> str:
        """What was changed, as the title of the branch."""
        parts = []
        for seat, orders in changes.orders.items():
            titles = ", ".join(self.names.move(str(order["move"])) for order in orders)
            parts.append(f"{self.names.short(seat)}: {titles or _('no orders')}")
        for choices in changes.votes.values():
            parts += [f"{member} {CHOICE_WORDS[choice]}" for member, choice in choices.items()]
        injects = dict(self.injects())
        parts += [injects[key] for key in changes.injects]
        parts += [
            _("%(seat)s by doctrine “%(doctrine)s”")
            % {"seat": self.names.short(seat), "doctrine": doctrine.replace("_", " ")}
            for seat, doctrine in changes.doctrines.items()
        ]
        return _("Turn %(turn)s: %(changes)s") % {"turn": self.turn, "changes": "; ".join(parts)}

    def _orders(self, seat: str, data: QueryDict) -> list[dict[str, Any]] | None:
        """The seat's orders where they are to be otherwise; None where they stay."""
        played = [dict(order) for order in self.decided.seats[seat].orders or ()]
        kept = [one for place, one in enumerate(played) if f"keep-{seat}-{place}" in data]
        move = data.get(f"add-{seat}", "")
        if not move and len(kept) == len(played):
            return None
        if move:
            kept.append(self._added(seat, move, data))
        return kept

    def _added(self, seat: str, move: str, data: QueryDict) -> dict[str, Any]:
        option = next((one for one in self.moves(seat) if one.move == move), None)
        if option is None:
            raise NothingAsked(
                _("%(seat)s could not order that in this turn.") % {"seat": self.names.short(seat)}
            )
        parameters = {
            parameter.name: value
            for parameter in option.parameters
            if (value := _value(parameter, seat, data)) is not None
        }
        order = Order(seat=seat, move=move, parameters=parameters, intent="What if")
        refusal = engine.check_order(self.source.ruleset, self.state, order)
        if refusal is not None:
            raise NothingAsked(f"{self.names.short(seat)}, {option.title}: {refusal.reason}")
        return order.to_json()

    def _votes(self, data: QueryDict) -> dict[str, dict[str, str]]:
        found: dict[str, dict[str, str]] = {}
        for vote in self.votes():
            for field, _name, instructed in vote.members:
                choice = data.get(field, "")
                if choice in CHOICE_WORDS and choice != instructed:
                    member = field.removeprefix(f"vote-{vote.draft}-")
                    found.setdefault(vote.draft, {})[member] = choice
        return found

    def _doctrines(self, data: QueryDict) -> dict[str, str]:
        found = {}
        for seat in self.seats():
            keys = [key for key, _title in seat.doctrines]
            chosen = data.get(f"doctrine-{seat.seat}", "")
            if chosen in keys[1:]:
                found[seat.seat] = chosen
        return found

    def _sits(self, member: Mapping[str, Any]) -> bool:
        """Whether a member's term covers the turn's date."""
        day = str(engine.observe(self.source.ruleset, self.state, "public")["date"])
        since, until = str(member.get("from") or ""), str(member.get("until") or "")
        return (not since or since <= day) and (not until or day <= until)

    def _instructed(self, draft: str, member: str) -> str:
        for standing in self.decided.seats.values():
            vote: Mapping[str, Any] = standing.votes.get(draft) or {}
            if vote.get("member") == member:
                return str(vote.get("choice", ""))
        return ""


def _first(chosen: str, doctrines: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """The doctrines with the chosen one in front."""
    return sorted(doctrines, key=lambda one: one[0] != chosen)


def _value(parameter: Any, seat: str, data: QueryDict) -> Any:
    """A parameter's value from the form, in the type that the rules take; None if left out."""
    field = f"p-{seat}-{parameter.name}"
    if parameter.type == "clauses":
        chosen = data.getlist(field)
        return [
            {"clause": clause, "phase_in": float(data.get(f"{field}-{clause}") or 0)}
            if clause in parameter.phases
            else clause
            for clause in chosen
        ]
    if parameter.type == "flag":
        return field in data
    raw = data.get(field, "")
    if raw == "":
        return None
    if parameter.type == "number":
        try:
            return float(raw)
        except ValueError:
            return None
    return raw
