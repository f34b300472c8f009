"""Bodies at work: drafts tabled, amended, joined, withdrawn; votes, vetoes, adopted clauses."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from math import fsum
from typing import Any

from .applying import clause_list, measure_place
from .board import DraftSight
from .events import event_of
from .orders import CHOICES, Vote
from .placed import Placed
from .ruleset import Body, Member
from .state import Draft
from .turnwork import TurnWork, audience_of_measure
from .viewers import PUBLIC

_OUTCOMES = {
    "adopted": "ResolutionAdopted",
    "failed": "ResolutionFailed",
    "vetoed": "ResolutionVetoed",
}


def act_on_dockets(work: TurnWork) -> None:
    """The built-in acts of the turn's orders: new drafts, then changes, sponsors, withdrawals."""
    acts = [placed for placed in work.accepted if placed.move.act is not None]
    if not acts:
        return
    _table(work, [placed for placed in acts if _kind(placed) == "table_draft"])
    _amend(work, [placed for placed in acts if _kind(placed) == "amend_draft"])
    for placed in acts:
        if _kind(placed) == "cosponsor":
            _join(work, _draft_of(placed), placed.order.seat)
    for placed in acts:
        draft = work.board.draft(_draft_of(placed)) if _kind(placed) == "withdraw_draft" else None
        if draft is not None and draft.sponsors[0:1]:
            payload = {"draft": draft.id, "body": draft.body, "by": placed.order.seat}
            work.happened("DraftWithdrawn", payload)


def _kind(placed: Placed) -> str:
    return placed.move.act.kind if placed.move.act else ""


def _draft_of(placed: Placed) -> str:
    assert placed.move.act is not None
    return str(placed.order.parameters.get(placed.move.act.draft) or "")


def _table(work: TurnWork, orders: Sequence[Placed]) -> None:
    """Put new drafts on the docket. Two seats that name each other table one joint draft."""
    joined: set[str] = set()
    numbers: dict[tuple[str, str], int] = {}
    for placed in orders:
        act = placed.move.act
        assert act is not None
        if placed.ref in joined:
            continue
        seat, parameters = placed.order.seat, placed.order.parameters
        sponsors, partner = [seat], str(parameters.get(act.joint_with) or "")
        twin = _twin(placed, partner, orders) if partner else None
        if twin is not None:
            joined.add(twin.ref)
            sponsors.append(partner)
        elif partner and act.joint_if and act.joint_if.run(work.board, *placed.bindings):
            sponsors.append(partner)
        key = (act.body, seat)
        numbers[key] = numbers.get(key, 0) + 1
        number = "" if numbers[key] == 1 else f"-{numbers[key]}"
        body = work.ruleset.bodies[act.body]
        work.happened(
            "DraftTabled",
            {
                "draft": f"{act.body}-{work.board.turn}-{seat}{number}",
                "body": act.body,
                "clauses": list(parameters.get(act.clauses) or []),
                "sponsors": sorted(sponsors),
                "invited": "" if partner in sponsors else partner,
                "tabled": work.board.turn,
                "votes_on": work.board.turn + body.vote_after,
                "order": placed.ref,
            },
        )


def _twin(placed: Placed, partner: str, orders: Iterable[Placed]) -> Placed | None:
    """The partner's order of the same draft, naming this seat in turn."""
    act = placed.move.act
    assert act is not None
    for other in orders:
        if (
            other.order.seat == partner
            and other.move.act is not None
            and other.move.act.body == act.body
            and other.order.parameters.get(other.move.act.joint_with) == placed.order.seat
            and other.order.parameters.get(other.move.act.clauses)
            == placed.order.parameters.get(act.clauses)
        ):
            return other
    return None


def _amend(work: TurnWork, orders: Sequence[Placed]) -> None:
    """Change clauses. Of several sponsors' amendments the first sponsor's by name holds."""
    done: set[str] = set()
    for placed in sorted(orders, key=lambda item: (item.order.seat, item.key)):
        draft = work.board.draft(_draft_of(placed))
        if draft is None or draft.id in done:
            continue
        done.add(draft.id)
        assert placed.move.act is not None
        work.happened(
            "DraftAmended",
            {
                "draft": draft.id,
                "body": draft.body,
                "by": placed.order.seat,
                "clauses": list(placed.order.parameters.get(placed.move.act.clauses) or []),
                "before": clause_list(draft.clauses),
            },
        )


def _join(work: TurnWork, name: str, seat: str) -> None:
    draft = work.board.draft(name)
    if draft is not None and seat not in draft.sponsors:
        work.happened("DraftSponsored", {"draft": name, "body": draft.body, "sponsor": seat})


def sit(work: TurnWork, votes: Iterable[Vote]) -> None:
    """Bring complete clauses into force, and vote on every draft that is due this turn."""
    due = sorted(
        (draft for draft in work.board.docket if draft.votes_on <= work.board.turn),
        key=lambda draft: draft.id,
    )
    if due:
        instructed = _instructions(work, votes)
        counted = [_count(work, draft, instructed) for draft in due]
        for draft, sight, outcome, casts in counted:
            _resolve(work, draft, sight, outcome, casts)
    complete_clauses(work)


def _instructions(work: TurnWork, votes: Iterable[Vote]) -> dict[tuple[str, str], Vote]:
    """One vote for each draft and member; of contradicting ones the most careful."""
    found: dict[tuple[str, str], Vote] = {}
    for vote in sorted(
        votes, key=lambda vote: (vote.choice != "abstain", vote.choice, vote.explanation)
    ):
        if vote.choice in CHOICES:
            found.setdefault((vote.draft, vote.member), vote)
    return found


def sitting(body: Body, date: str) -> tuple[Member, ...]:
    """The members of a body on a date (ISO), in the body's order."""
    found = body.sittings.get(date)
    if found is None:
        found = body.sittings[date] = tuple(
            member
            for member in body.members
            if (not member.since or member.since <= date)
            and (not member.until or date <= member.until)
        )
    return found


def leaning(body: Body, support: float) -> str:
    """The vote that a support stands for by the body's limits."""
    if support >= body.yes:
        return "yes"
    return "no" if support < body.no else "abstain"


Cast = tuple[Member, str, float, tuple[float, ...], Vote | None]


def _count(
    work: TurnWork, draft: Draft, instructed: dict[tuple[str, str], Vote]
) -> tuple[Draft, DraftSight, str, list[Cast]]:
    """Each member's vote on a draft, and the outcome."""
    ruleset, board = work.ruleset, work.board
    body = ruleset.bodies[draft.body]
    sight = DraftSight(ruleset, body, draft, board.turn)
    casts: list[Cast] = []
    members = sitting(body, ruleset.calendar.date_of(board.turn).isoformat())
    for member, terms in zip(members, body.supports(board, members, sight), strict=True):
        support = round(fsum(terms), 6) + 0.0
        vote = instructed.get((draft.id, member.id)) if member.seat else None
        choice = vote.choice if vote is not None else leaning(body, support)
        casts.append((member, choice, support, terms, vote))
    sight.counted({member.index: choice for member, choice, *_ in casts})
    if sight.yes < body.affirmative:
        outcome = "failed"
    elif body.veto and any(member.veto and choice == "no" for member, choice, *_ in casts):
        outcome = "vetoed"
    else:
        outcome = "adopted"
    return draft, sight, outcome, casts


def _resolve(
    work: TurnWork, draft: Draft, sight: DraftSight, outcome: str, casts: list[Cast]
) -> None:
    body = work.ruleset.bodies[draft.body]
    if work.record:
        for cast in casts:
            work.events.append(event_of(("VoteCast", _vote_payload(body, draft, *cast), PUBLIC)))
    before = list(work.board.clauses)
    work.happened(
        _OUTCOMES[outcome],
        {
            "draft": draft.id,
            "body": draft.body,
            "clauses": clause_list(draft.clauses),
            "sponsors": list(draft.sponsors),
            "tally": {"yes": sight.yes, "no": sight.no, "abstain": sight.abstentions},
            "needed": body.affirmative,
            "vetoes": [
                member.id
                for member, choice, *_ in casts
                if outcome == "vetoed" and member.veto and choice == "no"
            ],
            "votes": [{"member": member.id, "choice": choice} for member, choice, *_ in casts],
        },
    )
    key = (draft.body, outcome)
    work.board.voted[key] = [*work.board.voted[key], sight]
    for clause in work.ruleset.clauses.values():
        if before[clause.index] and not work.board.clauses[clause.index] and clause.imposes:
            _lift_all(work, clause.imposes, draft.id)


def _vote_payload(
    body: Body,
    draft: Draft,
    member: Member,
    choice: str,
    support: float,
    terms: tuple[float, ...],
    vote: Vote | None,
) -> dict[str, Any]:
    return {
        "draft": draft.id,
        "body": draft.body,
        "member": member.id,
        "name": member.name,
        "choice": choice,
        "by": "doctrine" if vote is None else "people",
        "explanation": "" if vote is None else vote.explanation,
        "support": support,
        "limits": {"yes": body.yes, "no": body.no},
        "terms": body.cards(terms),
    }


def complete_clauses(work: TurnWork) -> None:
    """Impose the measures of clauses whose phase-in is over."""
    board = work.board
    for clause in work.ruleset.clauses.values():
        place = clause.index
        if not board.clauses[place] or board.imposed[place] or not clause.imposes:
            continue
        if board.complete[place] > board.turn:
            continue
        measure = work.ruleset.measures[clause.imposes]
        for by in measure.holders or (None,):
            since = board.measures[measure_place(work.ruleset, measure.id, by)] or board.turn
            work.happened(
                "MeasureImposed",
                {
                    "measure": measure.id,
                    "title": measure.title,
                    "by": by,
                    "since": since,
                    "until": None,
                    "clause": clause.id,
                    "rules": [],
                },
                audience_of_measure(measure, by),
            )


def _lift_all(work: TurnWork, name: str, draft: str) -> None:
    measure = work.ruleset.measures[name]
    for by in measure.holders or (None,):
        if work.board.measures[measure_place(work.ruleset, name, by)]:
            work.happened(
                "MeasureLifted",
                {
                    "measure": name,
                    "title": measure.title,
                    "by": by,
                    "reason": "superseded",
                    "draft": draft,
                    "rules": [],
                },
                audience_of_measure(measure, by),
            )
