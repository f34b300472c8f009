"""The review: results held back, amended with reasons, then released.

What the rules said stays in the journal as ResultsHeld; each amendment is an event of its own;
what was released follows. Replay shows both layers.
"""

from __future__ import annotations

import uuid
from typing import Any

from django.utils.translation import gettext as _

from apps.accounts.models import Person
from apps.accounts.permissions import Permission
from apps.games.additions import checked_addition
from apps.games.amending import amended_events, checked_amendment
from apps.games.desk import Desk, open_desk
from apps.games.permissions import require
from apps.games.refusals import Refusal
from apps.games.services.standing import check_standing
from apps.games.services.turns import open_next_turn_or_finish
from apps.games.session import REVIEW
from apps.games.words import REASON, clean_words


def amend_effect(
    *, by: Person, game_id: uuid.UUID, index: int, changes: dict[str, Any], reason: str
) -> None:
    """Change an effect or dispatch of the held results; `index` is its place among them.

    `changes` are the payload's values that are to be different: "after" for an indicator or a
    fact, "headline" and "body" for a dispatch.
    """
    _amend(by, game_id, "EffectAmended", reason, index=index, changes=changes)


def strike_effect(*, by: Person, game_id: uuid.UUID, index: int, reason: str) -> None:
    """Take an effect or dispatch out of the held results."""
    _amend(by, game_id, "EffectStruck", reason, index=index)


def add_effect(*, by: Person, game_id: uuid.UUID, effect: dict[str, Any], reason: str) -> None:
    """Add an effect, in one of the forms of `apps.games.additions.checked_addition`."""
    _amend(by, game_id, "EffectAdded", reason, effect=effect)


def withdraw_amendment(*, by: Person, game_id: uuid.UUID, number: int, reason: str) -> None:
    """Take an amendment back; `number` is its place among those that stand, from 0."""
    reason = clean_words(reason, what=_("a reason"), limit=REASON)
    with open_desk(game_id, actor=by) as desk:
        _check_review(desk, by)
        if not 0 <= number < len(desk.session.amendments):
            raise Refusal("no_such_amendment", _("This amendment does not stand any more."))
        desk.record(
            "AmendmentWithdrawn",
            {"turn": desk.session.turn, "number": number, "reason": reason},
            "facilitator",
        )


def release_results(*, by: Person, game_id: uuid.UUID) -> None:
    """Release the results as amended, and open the next turn."""
    with open_desk(game_id, actor=by) as desk:
        _check_review(desk, by)
        events = amended_events(desk.ruleset, desk.session)
        amended = bool(desk.session.amendments)
        desk.record(
            "ResultsReleased",
            {"turn": desk.session.turn, "amended": amended, "concluded": True},
        )
        desk.record_results(events)
        open_next_turn_or_finish(desk)


def _amend(by: Person, game_id: uuid.UUID, kind: str, reason: str, **told: Any) -> None:
    reason = clean_words(reason, what=_("a reason"), limit=REASON)
    with open_desk(game_id, actor=by) as desk:
        _check_review(desk, by)
        if "effect" in told:
            told["effect"] = checked_addition(desk.ruleset, desk.session, told["effect"])
        else:
            checked_amendment(desk.ruleset, desk.session, told["index"], told.get("changes"))
        action = {"EffectAmended": "amend", "EffectStruck": "strike", "EffectAdded": "add"}[kind]
        desk.record(
            kind,
            {"turn": desk.session.turn, "action": action, "reason": reason, **told},
            "facilitator",
        )


def _check_review(desk: Desk, by: Person) -> None:
    require(by, desk.game, Permission.REVIEW)
    check_standing(desk)
    if desk.session.phase != REVIEW:
        raise Refusal("no_review", _("No results are held back now."))
