"""Posts of orders: drafts as they are typed, ready and not ready, votes."""

from __future__ import annotations

import json
import uuid
from typing import Any
from urllib.parse import quote

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from apps.games import services
from apps.games.fragments import render_parts
from apps.games.models import Membership, OrderDraft
from apps.games.notify import send_pointer
from apps.games.refusals import Refusal
from apps.games.room import merging
from apps.games.room.editing import note_editing
from apps.games.room.orders import draft_of
from apps.games.rulesets import document_for
from apps.games.views.answers import (
    fragments_response,
    post_of_room,
    room_of,
    with_fragments,
)

AFTER_DRAFTS = ["room-drafts", "room-desk", "room-budget", "count-orders"]


@post_of_room
def new_draft(request: HttpRequest, membership: Membership) -> Any:
    """Begin a draft of a move with its default parameters."""
    draft = services.save_draft(
        membership=membership, move=request.POST.get("move", ""), parameters={}
    )
    title = document_for(membership.game)["moves"][draft.move]["title"]
    said = _("Draft added: %s") % title
    response = with_fragments(request, membership, AFTER_DRAFTS, said=said)
    response["X-Room-Focus"] = f"draft-{draft.pk}"
    return response


@post_of_room
def save_draft(request: HttpRequest, membership: Membership, draft: uuid.UUID) -> Any:
    """Save a draft as it is typed; the answer says whether it can be submitted as it stands."""
    found = OrderDraft.objects.filter(
        pk=draft, game=membership.game_id, government=membership.acts_for
    ).first()
    if found is None:
        raise Refusal("draft_gone", _("A teammate removed this draft. Your text is still here."))
    if found.turn != membership.game.turn:
        raise Refusal("turn_closed", _("The turn has closed: this order counted as it stood."))
    document = document_for(membership.game)
    mine = merging.text_of_form(document, found.move, request.POST)
    before = merging.text_before(document, found.move, request.POST)
    version = whole(request.POST.get("version"))
    conflicts: dict[str, Any] = {}
    if before is not None:
        mine, conflicts = merging.merge(before, mine, merging.text_of_draft(document, found))
        version = found.version
    saved = services.save_draft(
        membership=membership,
        move=found.move,
        parameters=mine.parameters,
        intent=mine.fields["intent"],
        expects=mine.fields["expects"],
        draft_id=draft,
        version=version,
    )
    return saved_draft(membership, saved, conflicts)


def saved_draft(
    membership: Membership, saved: OrderDraft, conflicts: dict[str, Any]
) -> HttpResponse:
    """The draft's new version and state, and what hangs on all drafts; not the form itself, in
    which somebody types. Where a teammate changed the same words meanwhile, both are kept: theirs
    in the draft and in the answer, ours in the form."""
    room = room_of(membership)
    options = {option.move: option for option in room.moves_of()}
    draft = next(d for d in room.status["orders"]["drafts"] if d["id"] == str(saved.pk))
    state = render_to_string(
        "games/room/_draft_saved.html", {"room": room, "draft": draft_of(room, draft, options)}
    )
    others = render_parts(room, ["room-desk", "room-budget"])
    response = fragments_response("\n".join([state, *others.values()]))
    if conflicts:
        response.status_code = 409
        response["X-Room-Theirs"] = quote(json.dumps(conflicts))
        words = " / ".join(f"“{value}”" for value in conflicts.values())
        sentence = _(
            "A teammate wrote here at the same time: %s. Your words still stand in the form; go on "
            "typing to put them in place of these."
        )
        response["X-Room-Refusal"] = quote(sentence % words)
    return response


@post_of_room
def editing(request: HttpRequest, membership: Membership) -> HttpResponse:
    """Note which draft somebody is editing, for the teammates to see."""
    if note_editing(membership, request.POST.get("draft", "")[:40]):
        send_pointer(membership.game_id, fleeting=membership.audience)
    return HttpResponse(status=204)


@post_of_room
def remove_draft(request: HttpRequest, membership: Membership, draft: uuid.UUID) -> Any:
    """Remove a draft."""
    services.remove_draft(membership=membership, draft_id=draft)
    return with_fragments(request, membership, AFTER_DRAFTS, said=_("Draft removed."))


@post_of_room
def ready(request: HttpRequest, membership: Membership) -> Any:
    """Submit the drafts and be ready, or take them back."""
    wanted = request.POST.get("ready") == "yes"
    seen = whole(request.POST.get("turn"))
    services.set_ready(membership=membership, ready=wanted, turn=seen)
    said = _("We are ready.") if wanted else _("We are not ready any more.")
    return with_fragments(request, membership, [*AFTER_DRAFTS, "room-catalogue"], said=said)


@post_of_room
def vote(request: HttpRequest, membership: Membership) -> Any:
    """Instruct our member of a body."""
    services.cast_vote(
        membership=membership,
        draft=request.POST.get("draft", ""),
        choice=request.POST.get("choice", ""),
        explanation=request.POST.get("explanation", ""),
    )
    return with_fragments(
        request, membership, ["room-docket", "room-desk"], said=_("The vote is instructed.")
    )


@post_of_room
def standing(request: HttpRequest, membership: Membership) -> Any:
    """Keep the present drafts as standing orders, or end them."""
    keep = request.POST.get("standing") == "keep"
    services.set_standing_orders(
        membership=membership,
        draft_ids=None if keep else [],
        turn=whole(request.POST.get("turn")),
    )
    said = _("Standing orders are kept.") if keep else _("There are no standing orders any more.")
    return with_fragments(request, membership, ["room-drafts"], said=said)


def whole(text: str | None) -> int | None:
    """A posted whole number, or None."""
    return int(text) if text and text.isdecimal() and len(text) < 10 else None
