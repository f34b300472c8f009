"""The promise ledger: what was promised to whom, and whether it was kept."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy

from apps.replay.names import Names

TONES = {"open": "action", "kept": "good", "broken": "bad"}
STATUS_WORDS = {
    "open": gettext_lazy("open"),
    "kept": gettext_lazy("kept"),
    "broken": gettext_lazy("broken"),
}


@dataclass(frozen=True, slots=True)
class Promise:
    """One obligation of one agreement."""

    by: str
    text: str
    agreement: str
    since: int
    status: str
    tone: str

    @property
    def words(self) -> str:
        """The status in the active language."""
        return str(STATUS_WORDS.get(self.status, self.status))


def ledger_of(view: Mapping[str, Any], document: Mapping[str, Any]) -> list[Promise]:
    """Every promise that a view shows, broken ones first."""
    names = Names(document)
    found = [
        Promise(
            by=names.short(str(obligation["by"])),
            text=str(obligation["text"]),
            agreement=str(agreement["title"]),
            since=int(agreement["since"]),
            status=str(obligation["status"]),
            tone=TONES.get(str(obligation["status"]), ""),
        )
        for agreement in view["agreements"]
        for obligation in agreement["obligations"]
    ]
    order = {"broken": 0, "open": 1, "kept": 2}
    return sorted(found, key=lambda promise: (order.get(promise.status, 3), promise.since))


def tally(promises: Iterable[Promise]) -> dict[str, int]:
    """How many promises stand in each status."""
    counts = dict.fromkeys(TONES, 0)
    for promise in promises:
        counts[promise.status] = counts.get(promise.status, 0) + 1
    return counts
