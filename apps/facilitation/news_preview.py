"""News before it is sent: as the room of each recipient will show it, and who gets nothing."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _

from apps.facilitation.asking import BACK
from apps.facilitation.pages.acting import PREVIEW, chosen
from apps.games.models import Game
from apps.games.room.parties import parties_of
from apps.games.rulesets import document_for


def preview_of(request: HttpRequest, game: Game) -> dict[str, Any] | None:
    """What would be sent: for each recipient the message and the thread that it stands in."""
    post = request.POST
    act = post.get("act", "")
    if not act.startswith(PREVIEW) or act == BACK:
        return None
    parties = parties_of(document_for(game))
    to = chosen(request, "to", "everybody")
    told = [party for name, party in parties.items() if to is None or name in to]
    kind = "broadcast" if act == PREVIEW + "broadcast" else "inject"
    return {
        "readers": [
            {"party": one, "thread": _thread(to, [p for p in told if p is not one])} for one in told
        ],
        "not_to": [party for name, party in parties.items() if to is not None and name not in to],
        "everybody": to is None,
        "turn": post.get("turn", ""),
        "page": {"messages": [_message(post, kind, game)]},
    }


def _message(post: Any, kind: str, game: Game) -> dict[str, Any]:
    """The message in the form of the room's threads."""
    sender = _("Facilitator") if kind == "broadcast" else post.get("sender") or _("News")
    return {
        "kind": kind,
        "sender": sender,
        "title": "" if kind == "broadcast" else post.get("title", ""),
        "text": post.get("text", ""),
        "turn": post.get("turn") or game.turn,
        "at": timezone.now(),
    }


def _thread(to: list[str] | None, others: list[Any]) -> str:
    """The name of the thread in which a recipient finds it."""
    if to is None:
        return str(_("Public statements and news"))
    return ", ".join(party.short for party in others) or str(_("Our delegation"))
