"""Why a doctrine did what it did in a turn: what its seat saw is weighed again, and told.

Open to who may see the seat's orders. What was ordered comes from the journal; the weighing is
asked of the engine anew, from the view that the seat had when the turn was open.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from apps import engine
from apps.engine.doctrine import PASSIVE, RANDOM
from apps.engine.doctrine_reasons import Weighed, weigh_orders
from apps.engine.viewers import includes
from apps.games.session import Session
from apps.journal.store import Record
from apps.replay.citing import citations
from apps.replay.names import Names
from apps.replay.sources import Source
from apps.replay.tracing import Step


@dataclass(frozen=True, slots=True)
class Lead:
    """A seat whose orders of a turn were a doctrine's."""

    seat: str
    government: str
    color: str
    doctrine: str
    title: str


def leads_of(
    source: Source, records: Iterable[Record], session: Session, viewer: str
) -> list[Lead]:
    """The seats led by a doctrine whose orders the viewer may see, in the scenario's order."""
    names = Names(source.document)
    ordered = {
        record.payload["seat"]
        for record in records
        if record.kind == "OrdersSubmitted"
        and record.payload.get("by") == "doctrine"
        and includes(record.audience, viewer)
    }
    return [
        Lead(
            seat=seat,
            government=names.short(seat),
            color=names.color(seat),
            doctrine=session.seats[seat].doctrine,
            title=title_of(source, seat, session.seats[seat].doctrine),
        )
        for seat in source.document["governments"]
        if seat in ordered
    ]


def title_of(source: Source, seat: str, doctrine: str) -> str:
    """What a doctrine is called."""
    if doctrine == PASSIVE:
        return _("Passive")
    if doctrine == RANDOM:
        return _("At random")
    known = source.document.get("doctrines", {}).get(seat, {})
    return str(known.get(doctrine, {}).get("title", doctrine))


def doctrine_steps(
    source: Source, records: Sequence[Record], opening: Session, lead: Lead
) -> list[Step]:
    """The doctrine itself with its claims; then everything that it weighed, done and not done.

    `opening` is the session when the turn was open.
    """
    body = source.document.get("doctrines", {}).get(lead.seat, {}).get(lead.doctrine, {})
    steps = [_about(source, lead, body)]
    if opening.state is None:
        return steps
    given: list[str] = []
    for record in records:
        told = record.payload
        if record.kind == "OrdersSubmitted" and told["seat"] == lead.seat:
            given = [order["move"] for order in told["orders"]]
    view = engine.observe(source.ruleset, opening.state, f"seat:{lead.seat}")
    weighed = weigh_orders(source.ruleset, view, lead.seat, lead.doctrine)
    names = Names(source.document)
    bold = opening.seats[lead.seat].irreversible
    return [*steps, *(_step(names, one, given, bold) for one in weighed)]


def _about(source: Source, lead: Lead, body: object) -> Step:
    told = body if isinstance(body, dict) else {}
    sentence = _(
        "%(government)s was led by the doctrine “%(title)s”: automatic, from what its own seat saw."
    )
    words = [sentence % {"government": lead.government, "title": lead.title}]
    if told.get("text"):
        words.append(str(told["text"]).strip())
    if lead.doctrine == RANDOM:
        words.append(_("It draws its orders by lot among those that are open to it."))
    if lead.doctrine == PASSIVE:
        words.append(_("It gives no orders."))
    return Step(words, citations(source.document, told.get("claims", ())), [])


def _step(names: Names, one: Weighed, given: Sequence[str], bold: bool) -> Step:
    told = {"move": names.move(one.move), "weight": f"{one.weight:.1f}", "reason": one.reason}
    if one.move in given:
        return Step([_("Ordered: %(move)s, weight %(weight)s. %(reason)s") % told], [], [])
    if one.closed:
        why = _("It was closed: %(closed)s") % {"closed": one.closed}
    elif one.irreversible and not bold:
        why = _("It cannot be undone, and the facilitator had not allowed that to a doctrine.")
    else:
        why = _("Others weighed more, and capital or the number of orders did not reach for it.")
    weighed = _("Weighed, not ordered: %(move)s, weight %(weight)s. %(reason)s") % told
    return Step([weighed, why], [], [])
