"""News that a facilitator writes now for the opening of a later turn."""

from __future__ import annotations

import uuid
from collections.abc import Iterable

from django.utils.translation import gettext as _

from apps.accounts.models import Person
from apps.accounts.permissions import Permission
from apps.engine.viewers import audience_for
from apps.games.desk import Acting, Desk, open_desk
from apps.games.permissions import require
from apps.games.refusals import Refusal
from apps.games.rulesets import document_for
from apps.games.services.standing import check_standing
from apps.games.words import MESSAGE, TITLE, clean_words

MOST_SCHEDULED = 60


def schedule_inject(
    *,
    by: Person,
    game_id: uuid.UUID,
    turn: int,
    inject: str = "",
    title: str = "",
    text: str = "",
    sender: str = "",
    to: Iterable[str] | None = None,
    schedule: uuid.UUID | None = None,
) -> uuid.UUID:
    """Have news reach the delegations when `turn` opens; returns the id of what was scheduled.

    `schedule` names news that waits already and is replaced. The rest is as for `inject_now`.
    """
    with open_desk(game_id, actor=by) as desk:
        require(by, desk.game, Permission.INJECT)
        check_standing(desk)
        if not desk.session.turn < turn <= desk.session.turns:
            raise Refusal(
                "no_such_turn",
                _("Choose a turn that has not opened yet, up to %(turns)s.")
                % {"turns": desk.session.turns},
            )
        if schedule is not None:
            _waiting(desk, schedule)
        elif len(desk.session.scheduled) >= MOST_SCHEDULED:
            raise Refusal(
                "too_many",
                _("Up to %(most_scheduled)s pieces of news can wait at a time.")
                % {"most_scheduled": MOST_SCHEDULED},
            )
        key = schedule or uuid.uuid4()
        told = words_of(desk, inject=inject, title=title, text=text, sender=sender, to=to)
        desk.record("InjectScheduled", {"schedule": str(key), "turn": turn, **told}, "facilitator")
        return key


def withdraw_inject(*, by: Person, game_id: uuid.UUID, schedule: uuid.UUID) -> None:
    """Take back news that waits for its turn; nobody learns of it."""
    with open_desk(game_id, actor=by) as desk:
        require(by, desk.game, Permission.INJECT)
        check_standing(desk)
        told = _waiting(desk, schedule)
        desk.record(
            "InjectWithdrawn",
            {key: told[key] for key in ("schedule", "turn", "title")},
            "facilitator",
        )


def send_scheduled(desk: Acting) -> None:
    """Let the news out that waits for the turn which has just opened."""
    turn = desk.session.turn
    for schedule, told in list(desk.session.scheduled.items()):
        if told["turn"] != turn or told.get("sent"):
            continue
        record_inject(desk, {**told, "schedule": schedule})


def record_inject(desk: Acting, told: dict[str, object]) -> None:
    """Record that news reaches its recipients in the open turn; `to` None is everybody."""
    to = told["to"]
    said = {key: told[key] for key in ("inject", "title", "text", "sender")}
    if told.get("schedule"):
        said["schedule"] = told["schedule"]
    desk.record(
        "InjectSent",
        {"turn": desk.session.turn, **said},
        "public" if to is None else audience_for(to),  # type: ignore[arg-type]
    )


def words_of(
    desk: Desk, *, inject: str, title: str, text: str, sender: str, to: Iterable[str] | None
) -> dict[str, object]:
    """News as it will be told: the scenario's words stand where none are given."""
    known = document_for(desk.game).get("injects", {})
    if inject and inject not in known:
        raise Refusal("no_such_inject", _("The scenario has no such inject."))
    about = known.get(inject, {})
    audience = about.get("audience", "public")
    if to is None and isinstance(audience, list):
        to = audience
    return {
        "inject": inject,
        "title": clean_words(title or about.get("title"), what=_("a title"), limit=TITLE),
        "text": clean_words(text or about.get("text"), what=_("the news"), limit=MESSAGE),
        "sender": clean_words(
            sender or about.get("from") or "News", what=_("who sends it"), limit=60
        ),
        "to": checked_recipients(desk, to),
    }


def checked_recipients(desk: Desk, to: Iterable[str] | None) -> list[str] | None:
    """The delegations that are told, in order; None for everybody; a refusal for none."""
    if to is None:
        return None
    names = set(to)
    if names - set(desk.session.seats) or not names:
        raise Refusal("no_such_government", _("Choose the delegations that are to be told."))
    return sorted(names)


def _waiting(desk: Desk, schedule: uuid.UUID) -> dict[str, object]:
    told = desk.session.scheduled.get(str(schedule))
    if told is None or told.get("sent"):
        raise Refusal("no_such_inject", _("This news does not wait any more."))
    return dict(told)
