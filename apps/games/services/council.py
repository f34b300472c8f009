"""How a government instructs its member of a body to vote."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from apps.engine import Vote
from apps.games.desk import Desk, open_desk
from apps.games.models import Membership
from apps.games.permissions import require_player
from apps.games.refusals import Refusal
from apps.games.rulesets import document_for
from apps.games.services.phases import check_deciding
from apps.games.session import ORDERS
from apps.games.sights import sight_of
from apps.games.words import MESSAGE, clean_words

CHOICES = ("yes", "no", "abstain")


def cast_vote(*, membership: Membership, draft: str, choice: str, explanation: str = "") -> None:
    """Instruct the vote on a draft that is on the docket; it may be changed until the turn closes.

    `explanation` is the explanation of vote, read out with the roll call.
    """
    explanation = clean_words(explanation, what=_("an explanation"), limit=MESSAGE, required=False)
    if choice not in CHOICES:
        raise Refusal("no_such_choice", _("Vote yes, no or abstain."))
    with open_desk(membership.game_id, actor=membership.person) as desk:
        membership.refresh_from_db(fields=["role", "government", "deputy_for", "removed_at"])
        seat = require_player(membership)
        check_deciding(desk.session)
        if desk.session.phase != ORDERS or desk.session.state is None:
            raise Refusal("not_open", _("No turn is open for votes now."))
        if desk.session.seats[seat].mode != "people":
            raise Refusal(
                "led_by_doctrine", _("The facilitator has handed %(seat)s over.") % {"seat": seat}
            )
        listed = _on_docket(desk, seat, draft)
        vote = Vote(
            body=listed["body"],
            draft=draft,
            member=member_of(desk, listed["body"], seat),
            choice=choice,
            explanation=explanation,
        ).to_json()
        if desk.session.seats[seat].votes.get(draft) != vote:
            desk.record(
                "VoteInstructed", {"seat": seat, "draft": draft, "vote": vote}, f"seat:{seat}"
            )


def member_of(desk: Desk, body: str, seat: str) -> str:
    """The member of `body` that `seat` instructs; a refusal if it has no vote there."""
    about = document_for(desk.game)["bodies"][body]
    for name, member in about["members"].items():
        if member.get("government") == seat:
            return str(name)
    raise Refusal(
        "no_vote",
        _("%(seat)s has no vote in %(title)s: it may speak, not vote.")
        % {"seat": seat, "title": about["title"]},
    )


def _on_docket(desk: Desk, seat: str, draft: str) -> dict[str, Any]:
    assert desk.session.state is not None
    view = sight_of(desk.ruleset, desk.session.state, f"seat:{seat}")
    for listed in view["docket"]:
        if listed["draft"] == draft:
            found: dict[str, Any] = listed
            return found
    raise Refusal("no_such_draft", _("This draft is not on the docket any more."))
