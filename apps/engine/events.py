"""Events: what happened in a turn, in the past tense. State is their fold."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any, NamedTuple

KINDS = (
    "OrderAccepted",
    "OrderRejected",
    "CostPaid",
    "DraftTabled",
    "DraftAmended",
    "DraftWithdrawn",
    "DraftSponsored",
    "VoteCast",
    "ResolutionAdopted",
    "ResolutionFailed",
    "ResolutionVetoed",
    "RuleFired",
    "TrackChanged",
    "FactSet",
    "MeasureImposed",
    "MeasureLifted",
    "ObligationKept",
    "ObligationBroken",
    "AgreementMade",
    "AgreementExpired",
    "InjectHappened",
    "DispatchPublished",
    "OrderRevealed",
    "ObjectiveMeasured",
    "TurnAdjudicated",
    "GameEnded",
)


class Event(NamedTuple):
    """One thing that happened.

    `audience` says who may see it at all: "public", "facilitator", "seat:NOR", or
    "seats:EST,NOR" with sorted seats. What of the payload they see is decided in
    `visibility.py`.
    """

    kind: str
    payload: Mapping[str, Any]
    audience: str = "public"

    def to_json(self) -> dict[str, Any]:
        """The event as plain JSON values."""
        return {"kind": self.kind, "payload": dict(self.payload), "audience": self.audience}

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Event:
        """The event that `to_json` wrote; an event without audience is for the facilitator."""
        payload = data.get("payload")
        return cls(
            str(data.get("kind", "")),
            dict(payload) if isinstance(payload, Mapping) else {},
            str(data.get("audience", "facilitator")),
        )


event_of: Callable[[tuple[str, Mapping[str, Any], str]], Event] = partial(tuple.__new__, Event)
"""An event of kind, payload and audience, made without a call of Python's: turns make hundreds."""
