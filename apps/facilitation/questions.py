"""What is asked before each step that takes something away, and what the step does."""

from __future__ import annotations

import uuid
from collections.abc import Sequence

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.utils.translation import ngettext

from apps.facilitation.asking import Question, named
from apps.games.models import Game, Membership
from apps.games.refusals import Refusal
from apps.games.rulesets import document_for
from apps.games.services.turns import empty_seats
from apps.games.sessions import session_for

TOGETHER = {
    "start": (
        lazy("Start these sessions?"),
        lazy("Start them"),
        lazy("The first turn opens in each."),
    ),
    "pause": (
        lazy("Pause these sessions?"),
        lazy("Pause them"),
        lazy("Their clocks stand until you resume them; the teams can go on writing."),
    ),
    "resume": (
        lazy("Resume these sessions?"),
        lazy("Resume them"),
        lazy("Their clocks run on with the time that was left."),
    ),
}


def start(request: HttpRequest, game: Game) -> Question | None:
    """Before the game begins, where somebody is still missing."""
    empty = [named(game, government) for government in empty_seats(game)]
    led = document_for(game).get("doctrines", {})
    better = None
    standing = game.memberships.filter(removed_at=None, role="player", government="").count()
    said = []
    if empty:
        names = ", ".join(empty)
        said.append(_("Nobody sits for: %(names)s.") % {"names": names})
        if any(led.get(government) for government in empty_seats(game)):
            better = ("doctrine", _("Start, and let doctrines lead the empty seats"))
            said.append(
                _(
                    "A doctrine plays such a seat from its written policy, labeled as such, until "
                    "you hand it to people. Left empty, it gives no orders, and the turn waits "
                    "for its clock or for you."
                )
            )
        else:
            said.append(_("Such a seat gives no orders, and the turn waits for its clock or you."))
    if standing:
        words = ngettext(
            "%(n)s person has no seat yet, and can still take one.",
            "%(n)s people have no seat yet, and can still take one.",
            standing,
        )
        said.append(words % {"n": standing})
    if not said:
        return None
    said.append(_("Once the game has begun, people change seats only through you."))
    button = _("Start with empty seats") if better else _("Start it now")
    return Question(_("Start the game now?"), button, said, better)


def lead(request: HttpRequest, game: Game) -> Question | None:
    """Before a seat is handed over."""
    government = request.POST.get("government", "")
    mode, _separator, doctrine = request.POST.get("lead", "").partition(":")
    name = named(game, government)
    seat = session_for(game).seats[government]
    bold = mode == "doctrine" and bool(request.POST.get("irreversible"))
    standing = (seat.mode, seat.doctrine if mode == "doctrine" else "", seat.irreversible)
    if standing == (mode, doctrine, bold):
        return None
    said = []
    if seat.orders is not None or seat.ready:
        said.append(_("What it has submitted for this turn is taken back; its drafts stay."))
    if mode == "people":
        said.append(_("Its people give its orders again."))
    else:
        if mode == "doctrine":
            known = document_for(game).get("doctrines", {}).get(government, {})
            title = known.get(doctrine, {}).get("title", doctrine)
            said.append(_("It is played by “%(title)s”, labeled as such.") % {"title": title})
            if bold:
                said.append(_("It may do what cannot be undone, without asking you again."))
            else:
                said.append(_("It does nothing that the scenario marks as not to be undone."))
        else:
            said.append(_("It gives no orders; its votes follow the body's own doctrine."))
        said.append(_("Its people go on reading, and can neither write orders nor offer."))
    said.append(_("You can hand it back at any time. Everybody sees who leads it."))
    return Question(_("Hand %(name)s over?") % {"name": name}, _("Hand it over"), said)


def move(request: HttpRequest, game: Game) -> Question | None:
    """Before somebody changes sides."""
    member = _member(request.POST.get("member", ""), game)
    government = request.POST.get("government", "")
    if not member.government or member.government == government:
        return None
    told = {
        "who": member.person,
        "old": named(game, member.government),
        "new": named(game, government),
    }
    return Question(
        _("Move %(who)s to %(new)s?") % told,
        _("Move them"),
        [
            _("From now on they see the secrets of %(new)s and none of %(old)s.") % told,
            _("What they know of %(old)s they take with them.") % told,
            _("Their role changes to one that is free there."),
        ],
    )


def deputy(request: HttpRequest, game: Game) -> Question | None:
    """Before somebody acts for another delegation."""
    member = _member(request.POST.get("member", ""), game)
    government = request.POST.get("government", "")
    if not government or government == member.deputy_for:
        return None
    told = {"who": member.person, "new": named(game, government)}
    return Question(
        _("Let %(who)s act for %(new)s?") % told,
        _("Name them deputy"),
        [
            _("They see the secrets of %(new)s, and write and submit its orders.") % told,
            _("Meanwhile they do not act for their own delegation. You can end it at any time."),
        ],
    )


def remove(request: HttpRequest, game: Game) -> Question | None:
    """Before somebody is taken out of the session."""
    member = _member(request.POST.get("member", ""), game)
    return Question(
        _("Remove %(who)s from the session?") % {"who": member.person},
        _("Remove them"),
        [
            _("Their page closes at once, and their personal links stop working."),
            _("What they did stays in the record, with your reason beside the removal."),
            _("They can come back only by joining anew."),
        ],
    )


def new_link(request: HttpRequest, game: Game, membership_id: uuid.UUID) -> Question | None:
    """Before older links of somebody stop working."""
    member = _member(str(membership_id), game)
    return Question(
        _("Make a new personal link for %(who)s?") % {"who": member.person},
        _("Make the link"),
        [
            _("Links that they were given before stop working."),
            _("A device on which they are signed in stays signed in."),
        ],
    )


def reopen(request: HttpRequest, game: Game) -> Question | None:
    """Before a turn is played again."""
    turn = request.POST.get("turn", "")
    later = ngettext(
        "Turn %(turn)s is superseded: it stays in the record, and counts no more.",
        "Turns %(turn)s to %(last)s are superseded: they stay in the record, and count no more.",
        1 if turn == str(game.turn) else 2,
    )
    return Question(
        _("Play turn %(turn)s again?") % {"turn": turn},
        _("Reopen it"),
        [
            later % {"turn": turn, "last": game.turn},
            _("It begins from its opening, with the orders that were submitted as drafts."),
            _("Every team is told, with your reason."),
        ],
    )


def release(request: HttpRequest, game: Game) -> Question | None:
    """Before held results go out."""
    session = session_for(game)
    count = len(session.amendments)
    words = ngettext("%(n)s amendment goes with them.", "%(n)s amendments go with them.", count)
    said = [_("Every team sees the results at once, and the next turn opens.")]
    if count:
        said.append(words % {"n": count})
    said.append(_("They cannot be held back again: a turn can only be reopened with a reason."))
    return Question(
        _("Release the results of turn %(turn)s?") % {"turn": session.turn}, _("Release them"), said
    )


def archive(request: HttpRequest, game: Game) -> Question | None:
    """Before a session is closed for good."""
    days = settings.RETENTION_DAYS
    told = ngettext(
        "It is deleted after %(n)s day, as this site keeps sessions no longer.",
        "It is deleted after %(n)s days, as this site keeps sessions no longer.",
        days,
    )
    kept = [told % {"n": days}] if days else []
    return Question(
        _("Archive this session?"),
        _("Archive it"),
        [
            _("It is closed for good: no orders, no talks, no clock."),
            _("It can still be replayed, exported and duplicated."),
            *kept,
        ],
    )


def rehearse(request: HttpRequest, game: Game) -> Question | None:
    """Before people's seats are handed to doctrines; nothing is asked once they are."""
    if not game.seats.filter(mode="people").exists():
        return None
    return Question(
        _("Play this turn by doctrine?"),
        _("Play it"),
        [
            _("Every seat is handed to its doctrine, and stays so until you hand it back."),
            _("The turn closes with the orders that the doctrines give."),
        ],
    )


def withdraw(request: HttpRequest, game: Game) -> Question | None:
    """Before scheduled news is taken back."""
    waiting = session_for(game).scheduled.get(request.POST.get("schedule", ""))
    if waiting is None:
        return None
    told = {"title": waiting["title"], "turn": waiting["turn"]}
    return Question(
        _("Withdraw “%(title)s”?") % told,
        _("Withdraw it"),
        [_("It will not reach anybody in turn %(turn)s. Nobody learns of it.") % told],
    )


def together(act: str, games: Sequence[Game]) -> Question:
    """Before several sessions are started, paused or resumed."""
    title, button, what = TOGETHER[act]
    said = [", ".join(game.title for game in games) + ".", str(what)]
    better = None
    if act == "start" and any(empty_seats(game) for game in games):
        better = ("doctrine", _("Start them, and let doctrines lead the empty seats"))
        said.append(_("In some of them there are seats in which nobody sits."))
    return Question(str(title), str(button), said, better)


def _member(text: str, game: Game) -> Membership:
    try:
        found = (
            game.memberships.filter(pk=uuid.UUID(text), removed_at=None)
            .select_related("person")
            .first()
        )
    except ValueError:
        found = None
    if found is None:
        raise Refusal("no_such_person", _("This person does not take part any more."))
    return found
