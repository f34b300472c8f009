"""Verification of a whole saved game: chain, kinds, scenario, and every turn adjudicated again.

`apps.games.verifying` holds the comparison of adjudications; this module makes sure that whatever
a file holds ends in a finding in words and never in a traceback.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from apps.engine import Ruleset, RulesetError, compile_ruleset
from apps.games.verifying import verify_records
from apps.journal.kinds import KINDS
from apps.journal.store import Record, canonical, first_break

# What a document or payload of the wrong shape raises when it is read as if it were right.
_MISSHAPEN = (
    KeyError,
    TypeError,
    ValueError,
    AttributeError,
    IndexError,
    AssertionError,
    ArithmeticError,
    RecursionError,
)


@dataclass(frozen=True, slots=True)
class Finding:
    """The first thing that is wrong: which check found it, and what it is in words."""

    check: str
    message: str

    def __str__(self) -> str:
        return self.message


def verified(records: Iterable[Record], document: Mapping[str, Any], seed: str) -> Finding | None:
    """The first finding in a whole game, or None where everything agrees."""
    records = list(records)
    return (
        chain_finding(records)
        or kinds_finding(records)
        or seed_finding(records, seed)
        or scenario_finding(document)
        or adjudication_finding(records, compile_ruleset(document))
    )


def chain_finding(records: Iterable[Record]) -> Finding | None:
    """The first record that does not follow from the one before it."""
    broken = first_break((record, canonical(record.payload)) for record in records)
    return Finding("chain", f"The chain breaks: {broken.reason}.") if broken else None


def kinds_finding(records: Iterable[Record]) -> Finding | None:
    """A kind of event that this program does not know."""
    for record in records:
        if record.kind not in KINDS:
            words = (
                f"Event {record.sequence} is of a kind that is not known here: {record.kind!r:.60}."
            )
            return Finding("kinds", words)
    return None


def seed_finding(records: list[Record], seed: str) -> Finding | None:
    """A seed that is not the one with which the game was created or branched."""
    if not records or records[0].kind != "GameCreated":
        return Finding("seed", "The journal does not begin with GameCreated.")
    seeds = [
        record.payload.get("seed")
        for record in records
        if record.kind in ("GameCreated", "GameBranched")
    ]
    if seeds[-1] != seed:
        return Finding("seed", "The seed is not the one with which the game was created.")
    return None


def scenario_finding(document: Mapping[str, Any]) -> Finding | None:
    """What keeps the scenario from compiling."""
    try:
        compile_ruleset(document)
    except RulesetError as error:
        return Finding("scenario", f"The scenario does not compile: {error}"[:600])
    except _MISSHAPEN as error:
        words = f"The scenario does not have the shape of one ({type(error).__name__}: {error})."
        return Finding("scenario", words[:400])
    return None


def adjudication_finding(records: Iterable[Record], ruleset: Ruleset) -> Finding | None:
    """The first event that the rules would not have given."""
    try:
        wrong = verify_records(ruleset, records)
    except _MISSHAPEN as error:
        words = f"An event does not fit the game before it ({type(error).__name__}: {error})."
        return Finding("adjudication", words[:400])
    if not wrong:
        return None
    return Finding("adjudication", wrong[0][:1].upper() + wrong[0][1:] + ".")
