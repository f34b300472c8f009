"""Every kind of event beside the sentence that tells people what it was.

A kind that is not here cannot be appended. The sentences' braces name payload keys; a reader
that has better words (the engine's explanations, the names of governments) may use those.
"""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from django.utils.translation import gettext_lazy

LIFECYCLE: dict[str, Any] = {
    "GameCreated": gettext_lazy("The session was created."),
    "GameBranched": gettext_lazy("The session was branched from turn {turn} of another."),
    "PersonJoined": gettext_lazy("Somebody joined as {role}."),
    "PersonRemoved": gettext_lazy("Somebody was removed: {reason}"),
    "PersonMoved": gettext_lazy("Somebody was moved to {government}."),
    "SeatTaken": gettext_lazy("Somebody took a place in the delegation of {government}."),
    "SeatLeft": gettext_lazy("Somebody left the delegation of {government}."),
    "DeputyNamed": gettext_lazy("{deputy} may act for {government}."),
    "DeputyDismissed": gettext_lazy("{deputy} no longer acts for {government}."),
    "GameStarted": gettext_lazy("The game began."),
    "TurnOpened": gettext_lazy("Turn {turn} opened."),
    "PhaseOpened": gettext_lazy("The phase for {phase} opened."),
    "TimetableSet": gettext_lazy("The facilitator changed the clocks of the turns to come."),
    "OrdersSubmitted": gettext_lazy("{seat} submitted its orders."),
    "StandingOrdersSet": gettext_lazy("{seat} set its standing orders."),
    "SeatReady": gettext_lazy("{seat} is ready."),
    "SeatNotReady": gettext_lazy("{seat} is not ready any more."),
    "VoteInstructed": gettext_lazy("{seat} instructed its vote on {draft}."),
    "MessageSent": gettext_lazy("{sender} sent a message."),
    "StatementPublished": gettext_lazy("{government} published a statement."),
    "OfferMade": gettext_lazy("{proposer} made an offer."),
    "OfferCountered": gettext_lazy("{government} made a counter-offer."),
    "OfferAccepted": gettext_lazy("{government} accepted an offer."),
    "OfferDeclined": gettext_lazy("{government} declined an offer."),
    "OfferWithdrawn": gettext_lazy("{government} withdrew its offer."),
    "OfferExpired": gettext_lazy("An offer ran out."),
    "ClockPaused": gettext_lazy("The facilitator paused the clock."),
    "ClockResumed": gettext_lazy("The clock runs again."),
    "DeadlineExtended": gettext_lazy("The facilitator extended the deadline by {seconds} s."),
    "CloseCalled": gettext_lazy("The facilitator called the close of turn {turn}."),
    "TurnClosed": gettext_lazy("Turn {turn} closed."),
    "ResultsHeld": gettext_lazy("The results of turn {turn} are under review."),
    "ResultsReleased": gettext_lazy("The results of turn {turn} were released."),
    "EffectAmended": gettext_lazy("The facilitator amended an effect: {reason}"),
    "EffectAdded": gettext_lazy("The facilitator added an effect: {reason}"),
    "EffectStruck": gettext_lazy("The facilitator struck an effect: {reason}"),
    "AmendmentWithdrawn": gettext_lazy("The facilitator took an amendment back: {reason}"),
    "InjectSent": gettext_lazy("News reached the delegations: {title}"),
    "InjectScheduled": gettext_lazy("The facilitator scheduled news for turn {turn}: {title}"),
    "InjectWithdrawn": gettext_lazy(
        "The facilitator withdrew news that was scheduled for turn {turn}: {title}"
    ),
    "BroadcastSent": gettext_lazy("The facilitator told the delegations something."),
    "SeatHandedOver": gettext_lazy("{seat} is now led by {mode}."),
    "AbsencePolicySet": gettext_lazy("If {seat} is absent: {policy}."),
    "ReviewSet": gettext_lazy("The facilitator turned the review on or off."),
    "TurnReopened": gettext_lazy("Turn {turn} was reopened: {reason}"),
    "NotePinned": gettext_lazy("An observer pinned a note."),
    "ViewedAs": gettext_lazy("The facilitator viewed the game as {viewer}."),
    "GameFinished": gettext_lazy("The game ended."),
    "GameArchived": gettext_lazy("The session was archived."),
}
"""What people and the clock do to a game."""

ENGINE: dict[str, Any] = {
    "OrderAccepted": gettext_lazy("{seat} carried out an order."),
    "OrderRejected": gettext_lazy("An order was rejected: {reason}"),
    "CostPaid": gettext_lazy("{seat} paid political capital."),
    "DraftTabled": gettext_lazy("A draft resolution was tabled."),
    "DraftAmended": gettext_lazy("A draft resolution was amended."),
    "DraftWithdrawn": gettext_lazy("A draft resolution was withdrawn."),
    "DraftSponsored": gettext_lazy("A draft resolution gained a sponsor."),
    "VoteCast": gettext_lazy("{member} voted {choice}."),
    "ResolutionAdopted": gettext_lazy("A resolution was adopted."),
    "ResolutionFailed": gettext_lazy("A draft resolution failed."),
    "ResolutionVetoed": gettext_lazy("A draft resolution was vetoed."),
    "RuleFired": gettext_lazy("A rule applied."),
    "TrackChanged": gettext_lazy("An indicator moved from {before} to {after}."),
    "FactSet": gettext_lazy("A fact was established."),
    "MeasureImposed": gettext_lazy("A measure came into force."),
    "MeasureLifted": gettext_lazy("A measure was lifted."),
    "ObligationKept": gettext_lazy("A promise was kept."),
    "ObligationBroken": gettext_lazy("A promise was broken."),
    "AgreementMade": gettext_lazy("An agreement came into force."),
    "AgreementExpired": gettext_lazy("An agreement ran out."),
    "InjectHappened": gettext_lazy("Something happened outside the delegations' control."),
    "DispatchPublished": "{headline}",
    "OrderRevealed": gettext_lazy("A secret order became known."),
    "ObjectiveMeasured": gettext_lazy("An objective was measured."),
    "TurnAdjudicated": gettext_lazy("Turn {turn} was adjudicated."),
    "GameEnded": gettext_lazy("The game ended."),
}
"""What the engine's adjudication yields."""

KINDS: dict[str, Any] = LIFECYCLE | ENGINE


def sentence(kind: str, payload: dict[str, Any]) -> str:
    """The sentence of an event in the active language; a value that is missing is left as "…"."""
    values: defaultdict[str, Any] = defaultdict(lambda: "…", payload)
    return str(KINDS[kind]).format_map(values)
