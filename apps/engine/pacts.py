"""Agreements at work: made from accords, kept or broken at the end of each turn, expired."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from .orders import Accord
from .ruleset import Agreement, Obligation, Ruleset
from .turnwork import TurnWork
from .viewers import PUBLIC


def admissible(ruleset: Ruleset, accord: Accord) -> bool:
    """Whether an accord names an agreement of the scenario and a different party for each role."""
    agreement = ruleset.agreements.get(accord.agreement)
    if agreement is None or set(accord.parties) != set(agreement.parties):
        return False
    seats = list(accord.parties.values())
    if len(set(seats)) != len(seats):
        return False
    return all(seat in agreement.parties[role] for role, seat in accord.parties.items())


def make_agreements(work: TurnWork, accords: Iterable[Accord]) -> None:
    """Bring this turn's accords into force, unless the same agreement stands between them."""
    for accord in sorted(accords, key=lambda item: (item.agreement, sorted(item.parties.items()))):
        if not admissible(work.ruleset, accord):
            continue
        agreement = work.ruleset.agreements[accord.agreement]
        seats = frozenset(accord.parties.values())
        if any(
            pact.agreement == agreement.id
            and not pact.ended
            and frozenset(seat for _, seat in pact.parties) == seats
            for pact in work.board.pacts
        ):
            continue
        turn = work.board.turn
        work.happened(
            "AgreementMade",
            {
                "pact": f"{agreement.id}-{turn}-" + "-".join(sorted(seats)),
                "agreement": agreement.id,
                "title": agreement.title,
                "parties": dict(sorted(accord.parties.items())),
                "since": turn,
                "expires": turn + agreement.expires if agreement.expires else 0,
                "obligations": [
                    {"id": obligation.id, "by": by, "text": obligation.text}
                    for obligation in agreement.obligations
                    for by in _bound(obligation, accord.parties)
                ],
            },
        )


def _bound(obligation: Obligation, parties: Any) -> list[str]:
    """The governments that an obligation binds: a role's, or one by name if it is a party."""
    name = obligation.by[0]
    if name in parties:
        return [parties[name]]
    return [name] if name in parties.values() else []


def judge_obligations(work: TurnWork) -> None:
    """Whether each obligation was kept this turn, from the turn after it was made."""
    board = work.board
    verdicts = []
    for pact in board.pacts:
        if pact.ended or pact.since >= board.turn:
            continue
        agreement = work.ruleset.agreements[pact.agreement]
        for name, by, _ in pact.obligations:
            obligation = next(item for item in agreement.obligations if item.id == name)
            kept = bool(obligation.kept_if.run(board))
            verdicts.append((pact.id, agreement, obligation, by, kept))
    for pact_id, agreement, obligation, by, kept in verdicts:
        work.happened(
            "ObligationKept" if kept else "ObligationBroken",
            {
                "pact": pact_id,
                "agreement": agreement.id,
                "title": agreement.title,
                "obligation": obligation.id,
                "text": obligation.text,
                "by": by,
            },
            PUBLIC,
        )


def expire_agreements(work: TurnWork) -> None:
    """End the agreements whose time is over."""
    for pact in list(work.board.pacts):
        if not pact.ended and pact.expires and pact.expires <= work.board.turn:
            agreement: Agreement = work.ruleset.agreements[pact.agreement]
            work.happened(
                "AgreementExpired",
                {
                    "pact": pact.id,
                    "agreement": agreement.id,
                    "title": agreement.title,
                    "parties": dict(pact.parties),
                },
            )
