"""Figures as people read them: rounded, signed, and said to be better or worse."""

from __future__ import annotations

from dataclasses import dataclass

MINUS = "\N{MINUS SIGN}"


def spell(value: float, decimals: int = 0) -> str:
    """A figure with its decimals and a real minus sign: -4.0 with one decimal is "−4.0"."""
    text = f"{value:,.{decimals}f}"
    if float(text.replace(",", "")) == 0:
        text = text.lstrip("-")
    return text.replace("-", MINUS)


@dataclass(frozen=True, slots=True)
class Change:
    """How a figure moved since the last turn; `tone` is good, bad or empty."""

    amount: float
    text: str
    tone: str

    @property
    def direction(self) -> str:
        return "up" if self.amount > 0 else "down"


def change_of(before: float, after: float, *, decimals: int, better: str) -> Change | None:
    """The change from `before` to `after`, or None where it rounds to nothing."""
    # The difference of what is shown, so that "74 to 74" never comes with a change of one.
    amount = round(round(after, decimals) - round(before, decimals), decimals)
    if amount == 0:
        return None
    tone = ""
    if better in ("higher", "lower"):
        tone = "good" if (amount > 0) == (better == "higher") else "bad"
    return Change(amount, spell(abs(amount), decimals), tone)
