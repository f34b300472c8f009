"""The calendar of a game: which date a turn stands for, and how many turns a span takes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from math import ceil

DAYS = {"days": 1.0, "weeks": 7.0, "months": 30.4375, "turns": 0.0}


@dataclass(frozen=True, slots=True)
class Calendar:
    """A start date and the length of a turn (`size` days, weeks or months)."""

    start: date
    unit: str
    size: int

    def date_of(self, turn: int) -> date:
        """The date on which turn `turn` (1 is the first) opens."""
        steps = (turn - 1) * self.size
        if self.unit != "months":
            return self.start + timedelta(days=steps * int(DAYS[self.unit]))
        month = self.start.month - 1 + steps
        year, month = self.start.year + month // 12, month % 12 + 1
        following = date(year + month // 12, month % 12 + 1, 1)
        last = (following - timedelta(days=1)).day
        return date(year, month, min(self.start.day, last))

    def turns_in(self, amount: float, unit: str) -> int:
        """How many turns a span of `amount` units takes, rounded up."""
        if unit == "turns":
            return ceil(amount)
        if unit == self.unit:
            return ceil(amount / self.size)
        return ceil(amount * DAYS[unit] / (DAYS[self.unit] * self.size) - 0.05)
