"""Orders as a delegation writes them: saved as they are typed, shared, never lost."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from typing import Any

import orjson
from django.db.models import Max
from django.utils.translation import gettext as _

from apps import engine
from apps.engine import Order
from apps.games.desk import Desk, open_desk
from apps.games.models import Membership, OrderDraft
from apps.games.permissions import require_player
from apps.games.refusals import Refusal
from apps.games.rulesets import document_for
from apps.games.services.phases import check_negotiating
from apps.games.services.seen_turn import check_seen_turn
from apps.games.services.submitters import check_submitter
from apps.games.words import LINE, clean_words

MOST_DRAFTS = 20
PARAMETERS_BYTES = 8_000


def save_draft(
    *,
    membership: Membership,
    move: str,
    parameters: Mapping[str, Any],
    intent: str = "",
    expects: str = "",
    draft_id: uuid.UUID | None = None,
    version: int | None = None,
) -> OrderDraft:
    """Save a draft of an order; a new one without `draft_id`.

    `version` is the one that was edited. If a teammate has saved another since, nothing is
    written, and Refusal("draft_conflict") carries both texts in its details: "yours", "theirs".
    A draft that the rules would reject is saved all the same: `problem_of` says why.
    """
    with open_desk(membership.game_id, actor=membership.person) as desk:
        seat = seat_that_writes(desk, membership)
        text = {
            "move": _known_move(desk, seat, move),
            "parameters": _plain(parameters),
            "intent": clean_words(intent, what=_("an intent"), limit=LINE, required=False),
            "expects": clean_words(expects, what=_("a reaction"), limit=LINE, required=False),
        }
        drafts = drafts_of(desk, seat)
        if draft_id is None:
            draft = _new_draft(desk, seat, drafts)
        else:
            draft = drafts.filter(pk=draft_id).first()
            if draft is None:
                raise Refusal(
                    "draft_gone",
                    _("A teammate removed this draft. Save it as a new one."),
                    yours=text,
                )
            _check_version(draft, version, text)
            draft.version += 1
        for name, value in text.items():
            setattr(draft, name, value)
        draft.updated_by, draft.updated_at = membership.person, desk.now
        draft.save()
        desk.touch(f"seat:{seat}")
        return draft


def remove_draft(
    *, membership: Membership, draft_id: uuid.UUID, version: int | None = None
) -> None:
    """Remove a draft; a refusal if a teammate has changed it since `version`."""
    with open_desk(membership.game_id, actor=membership.person) as desk:
        seat = seat_that_writes(desk, membership)
        draft = drafts_of(desk, seat).filter(pk=draft_id).first()
        if draft is None:
            return
        _check_version(draft, version, {})
        draft.delete()
        desk.touch(f"seat:{seat}")


def set_standing_orders(
    *,
    membership: Membership,
    draft_ids: list[uuid.UUID] | None = None,
    turn: int | None = None,
) -> int:
    """Keep drafts of this turn as the orders for turns in which the delegation is absent.

    All drafts where none are named; an empty list ends it. Returns how many stand. `turn` is the
    turn whose drafts the person saw: Refusal("wrong_turn") when another has opened since.
    Refusal("nothing_to_keep") where there is no draft, so that what stands is not lost.
    """
    with open_desk(membership.game_id, actor=membership.person) as desk:
        check_seen_turn(desk.session, turn)
        seat = seat_that_writes(desk, membership)
        check_submitter(desk, membership, seat)
        drafts = drafts_of(desk, seat)
        if draft_ids is not None:
            drafts = drafts.filter(pk__in=draft_ids)
        orders = [order_of(draft).to_json() for draft in drafts]
        if not orders and draft_ids is None:
            raise Refusal("nothing_to_keep", _("There is no draft to keep: choose orders first."))
        desk.record("StandingOrdersSet", {"seat": seat, "orders": orders}, f"seat:{seat}")
        return len(orders)


def seat_that_writes(desk: Desk, membership: Membership) -> str:
    """The government that this membership may write for now; a refusal says why not."""
    membership.refresh_from_db(
        fields=["role", "government", "seat_role", "deputy_for", "removed_at"]
    )
    seat = require_player(membership)
    if desk.session.archived or not desk.session.turn_is_open:
        raise Refusal("not_open", _("No turn is open for orders now. Your text is kept here."))
    check_negotiating(desk.session, _("Orders are drafted then."))
    if desk.session.seats[seat].mode != "people":
        raise Refusal(
            "led_by_doctrine",
            _("The facilitator has handed %(seat)s over: it takes no orders.") % {"seat": seat},
        )
    if desk.session.seats[seat].ready:
        raise Refusal(
            "seat_ready", _("Your delegation is ready. Press “Not ready” to change orders.")
        )
    return seat


def drafts_of(desk: Desk, seat: str) -> Any:
    """The drafts of a seat for the open turn."""
    return OrderDraft.objects.filter(game=desk.game, turn=desk.session.turn, government=seat)


def order_of(draft: OrderDraft) -> Order:
    """The engine's order of a draft."""
    return Order(
        seat=draft.government,
        move=draft.move,
        parameters=draft.parameters,
        intent=draft.intent,
        expects=draft.expects,
        id=str(draft.pk),
    )


def problem_of(desk: Desk, draft: OrderDraft) -> str | None:
    """Why the rules would reject this draft now, for people; None if they would not."""
    if desk.session.state is None:
        return None
    rejection = engine.check_order(desk.ruleset, desk.session.state, order_of(draft))
    return rejection.reason if rejection else None


def _known_move(desk: Desk, seat: str, move: str) -> str:
    known = document_for(desk.game)["moves"].get(move)
    if known is None or (known.get("by") and seat not in known["by"]):
        raise Refusal(
            "no_such_move",
            _("%(seat)s has no such move. Choose one from the list.") % {"seat": seat},
        )
    return move


def _plain(parameters: Mapping[str, Any]) -> dict[str, Any]:
    try:
        text = orjson.dumps(dict(parameters))
    except (TypeError, ValueError) as wrong:
        raise Refusal("bad_parameters", _("The order's details cannot be read.")) from wrong
    if len(text) > PARAMETERS_BYTES:
        raise Refusal("bad_parameters", _("The order's details are too long. Shorten them."))
    plain: dict[str, Any] = orjson.loads(text)
    return plain


def _new_draft(desk: Desk, seat: str, drafts: Any) -> OrderDraft:
    if drafts.count() >= MOST_DRAFTS:
        raise Refusal(
            "too_many_drafts",
            _("A delegation keeps up to %(most_drafts)s drafts. Remove one first.")
            % {"most_drafts": MOST_DRAFTS},
        )
    last = drafts.aggregate(last=Max("position"))["last"]
    return OrderDraft(
        game=desk.game,
        turn=desk.session.turn,
        government=seat,
        position=0 if last is None else last + 1,
    )


def _check_version(draft: OrderDraft, version: int | None, yours: dict[str, Any]) -> None:
    if version is None or version == draft.version:
        return
    theirs = {
        "move": draft.move,
        "parameters": draft.parameters,
        "intent": draft.intent,
        "expects": draft.expects,
        "version": draft.version,
    }
    raise Refusal(
        "draft_conflict",
        _("A teammate saved this draft while you wrote. Both texts are kept: choose one."),
        draft=str(draft.pk),
        yours=yours,
        theirs=theirs,
    )
