"""What was said in a turn: messages, statements, offers and answers, as one viewer heard them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from apps.engine.viewers import includes
from apps.journal.store import Record
from apps.replay.names import Names, joined

_ANSWERS = {
    "OfferAccepted": gettext_lazy("accepted the offer"),
    "OfferDeclined": gettext_lazy("declined the offer"),
    "OfferCountered": gettext_lazy("countered the offer"),
    "OfferWithdrawn": gettext_lazy("withdrew the offer"),
}
KINDS = frozenset(
    {"MessageSent", "StatementPublished", "BroadcastSent", "InjectSent", "OfferMade", *_ANSWERS}
)


@dataclass(frozen=True, slots=True)
class Talk:
    """One thing said: by whom, to whom, in what words."""

    sequence: int
    who: str
    to: str
    text: str


def talks_of(records: Iterable[Record], document: Mapping[str, Any], viewer: str) -> list[Talk]:
    """The talks of a turn that `viewer` could hear, in order."""
    names = Names(document)
    heard = [
        record for record in records if record.kind in KINDS and includes(record.audience, viewer)
    ]
    offers = {
        str(record.payload["offer"]): names.agreement(str(record.payload["agreement"]))
        for record in heard
        if record.kind == "OfferMade"
    }
    return [_talk(record, names, offers) for record in heard]


def audience_words(audience: str, names: Names) -> str:
    """Who heard it, in words."""
    if audience == "public":
        return _("to all")
    if audience.startswith("seat:"):
        return _("within %(delegation)s") % {"delegation": names.short(audience[5:])}
    if audience.startswith("seats:"):
        heard = [names.short(one) for one in audience[6:].split(",")]
        return _("between %(names)s") % {"names": joined(heard)}
    return _("to the facilitator")


def _talk(record: Record, names: Names, offers: Mapping[str, str]) -> Talk:
    payload = record.payload
    speaker = str(
        payload.get("sender") or payload.get("government") or payload.get("proposer") or ""
    )
    text = str(payload.get("text") or payload.get("body") or "")
    if record.kind == "OfferMade":
        offered = _("Offers “%(agreement)s”.") % {"agreement": offers[str(payload["offer"])]}
        text = f"{offered} {text}".strip()
    elif record.kind in _ANSWERS:
        title = offers.get(str(payload.get("offer")), "")
        answered = str(_ANSWERS[record.kind]).capitalize()
        text = f"{answered}{f' “{title}”' if title else ''}. {text}".strip()
    elif payload.get("title"):
        text = f"{payload['title']}. {text}".strip()
    return Talk(
        sequence=record.sequence,
        who=names.short(speaker),
        to=audience_words(record.audience, names),
        text=text,
    )
